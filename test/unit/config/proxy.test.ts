import { describe, expect, it } from '@jest/globals';
import { unknownVariables } from '../../../src/config/config.ts';
import { completeEnv, configOf, problemsOf } from '../../support/config-environment.ts';

const proxyOf = (env: Readonly<Record<string, string>>) => configOf({ ...completeEnv, ...env }).proxy;

describe('The proxy', () => {
  it.each([
    [{}, {}],
    [{ HTTPS_PROXY: 'http://proxy.example.com:3128' }, { HTTPS_PROXY: 'http://proxy.example.com:3128/' }],
    [{ https_proxy: 'http://proxy.example.com:3128' }, { HTTPS_PROXY: 'http://proxy.example.com:3128/' }],
    [
      { HTTPS_PROXY: 'http://ours.example', https_proxy: 'http://other.example' },
      { HTTPS_PROXY: 'http://ours.example/' },
    ],
    [{ HTTPS_PROXY: ' ', https_proxy: 'http://other.example' }, { HTTPS_PROXY: 'http://other.example/' }],
    [{ HTTP_PROXY: 'proxy.example.com:3128' }, { HTTP_PROXY: 'http://proxy.example.com:3128/' }],
    [{ no_proxy: 'localhost,.example.com' }, { NO_PROXY: 'localhost,.example.com' }],
    [{ HTTPS_PROXY: 'http://u:p%40ss@10.0.0.1:3128' }, { HTTPS_PROXY: 'http://u:p%40ss@10.0.0.1:3128/' }],
  ])('of %j is %j', (env, proxy) => {
    expect(proxyOf(env)).toEqual(proxy);
    expect(unknownVariables(env, Object.keys(env))).toEqual([]);
  });

  it('that a file holds goes before that of other programs', () => {
    const env = { ...completeEnv, HTTPS_PROXY_FILE: '/run/secrets/proxy', https_proxy: 'http://other.example' };
    const { proxy } = configOf(env, { readFile: () => 'http://ours.example' });
    expect(proxy).toEqual({ HTTPS_PROXY: 'http://ours.example/' });
  });

  it.each(['socks5://proxy.example.com:1080', 'ftp://proxy.example.com', 'http://', 'http://u:p@ss/w@proxy:3128'])(
    '%s is refused aloud',
    (text) => {
      for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY']) {
        expect(problemsOf({ ...completeEnv, [name]: text })).toMatchObject([{ variable: name.toUpperCase() }]);
      }
    },
  );
});
