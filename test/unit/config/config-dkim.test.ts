import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { configOf, problemsOf } from '../../support/config-environment.ts';

const pem = (key: ReturnType<typeof generateKeyPairSync>['privateKey']) =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString().trim();
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const key = pem(rsa);
const complete = {
  MAIL_DKIM_DOMAIN: 'example.com',
  MAIL_DKIM_SELECTOR: 'linkwatch',
  MAIL_DKIM_PRIVATE_KEY: key,
};

describe('the variables of DKIM', () => {
  it('sign mail when all three are there', () => {
    expect(configOf(complete).mail.dkim).toEqual({ domain: 'example.com', selector: 'linkwatch', privateKey: key });
  });

  it.each([
    ['with line breaks written as \\n', key.replaceAll('\n', '\\n')],
    ['in the older form of RSA keys', rsa.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ])('take a key %s', (_how, text) => {
    expect(configOf({ ...complete, MAIL_DKIM_PRIVATE_KEY: text }).mail.dkim?.privateKey).toContain('\n');
  });

  it('take the key from a file', () => {
    const { MAIL_DKIM_PRIVATE_KEY: _key, ...others } = complete;
    const env = { ...others, MAIL_DKIM_PRIVATE_KEY_FILE: '/run/dkim.pem' };
    expect(configOf(env, { readFile: () => `${key}\n` }).mail.dkim?.privateKey).toBe(key);
  });

  it.each([
    ['only one', ['MAIL_DKIM_DOMAIN'], ['MAIL_DKIM_SELECTOR', 'MAIL_DKIM_PRIVATE_KEY']],
    ['two', ['MAIL_DKIM_DOMAIN', 'MAIL_DKIM_PRIVATE_KEY'], ['MAIL_DKIM_SELECTOR']],
  ])('are a problem when %s of them is there, naming what is missing', (_how, given, missing) => {
    const env = Object.fromEntries(Object.entries(complete).filter(([name]) => given.includes(name)));
    const problems = problemsOf(env);
    expect(problems.map(({ variable }) => variable)).toEqual(missing);
    for (const { problem } of problems) expect(problem).toBe(`it is not set, and belongs to ${given.join(' and ')}`);
  });

  it('are not missing as well when one of them is bad', () => {
    const problems = problemsOf({ ...complete, MAIL_DKIM_DOMAIN: 'no domain' });
    expect(problems.map(({ variable, problem }) => [variable, problem])).toEqual([
      ['MAIL_DKIM_DOMAIN', 'it is not a domain'],
    ]);
  });

  it.each([
    ...['localhost', 'https://example.com', 'a b.example', '-a.example'].map((text) => ['MAIL_DKIM_DOMAIN', text]),
    ...['a b', '._domainkey', 'a;b', 'x'.repeat(64)].map((text) => ['MAIL_DKIM_SELECTOR', text]),
  ])('refuse %s=%j', (name, text) => {
    expect(problemsOf({ ...complete, [String(name)]: text }).map(({ variable }) => variable)).toEqual([name]);
  });

  it.each([
    ['nonsense', 'no key', 'it is not a private key that can be read'],
    ['a key cut short', key.slice(0, 200), 'it is not a private key that can be read'],
    ['a public key', '-----BEGIN PUBLIC KEY-----\nMFwwDQ==\n-----END PUBLIC KEY-----', 'it is not a private key'],
    ['a key of another kind', pem(generateKeyPairSync('ed25519').privateKey), 'it is not an RSA key'],
    ['a short key', pem(generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey), 'shorter than 1024 bits'],
    [
      'a key behind a passphrase',
      rsa.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }).toString(),
      'it is not a private key that can be read',
    ],
  ])('refuse %s as the key, and do not show it', (_what, text, problem) => {
    const problems = problemsOf({ ...complete, MAIL_DKIM_PRIVATE_KEY: text });
    expect(problems).toMatchObject([
      { variable: 'MAIL_DKIM_PRIVATE_KEY', value: '[redacted]', problem: expect.stringContaining(problem) },
    ]);
  });
});
