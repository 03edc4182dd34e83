import { describe, expect, it } from '@jest/globals';
import { unknownVariables } from '../../../src/config/config.ts';
import { completeEnv, configOf, problemsOf } from '../../support/config-environment.ts';

const named = (env: Record<string, string>, dotEnvNames: readonly string[] = []) =>
  unknownVariables(env, dotEnvNames).map(({ name, nearest }) => [name, nearest]);

describe('a name in .env that no variable has', () => {
  it.each([
    ['MAIL_FORM', 'MAIL_FROM'],
    ['POLL_SCHEDULES', 'POLL_SCHEDULE'],
    ['MAIL_FROM_ADDRESS', 'MAIL_FROM'],
    ['SMTP', 'SMTP_URL'],
    ['smtp_url', 'SMTP_URL'],
    ['SMTP-URL', 'SMTP_URL'],
    ['LINKWATCH_SMTP_URL', 'SMTP_URL'],
    ['CONSTANT_CONTACT_SECRET', 'CONSTANT_CONTACT_CLIENT_SECRET'],
    ['CONSTANT_CONTACT_ID', 'CONSTANT_CONTACT_CLIENT_ID'],
    ['DB_URL', 'DATABASE_URL'],
    ['ENCRYPTION_KEYS_FILE', 'ENCRYPTION_KEY_FILE'],
    ['FOO', null],
    ['NODE_OPTIONS', null],
    ['X', null],
  ])('%s is told, and %s is the nearest', (name, nearest) => {
    expect(named({ [name]: '' }, [name])).toEqual([[name, nearest]]);
  });
});

describe('a name in the environment that no variable has', () => {
  it.each([
    ['ENCRIPTION_KEY', 'ENCRYPTION_KEY'],
    ['ENCRYPTION_KYE', 'ENCRYPTION_KEY'],
    ['OPERATOR_MAIL', 'OPERATOR_EMAIL'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['SMPT_URL', 'SMTP_URL'],
    ['SMTP_URL_FIEL', 'SMTP_URL_FILE'],
    ['smtp_url', 'SMTP_URL'],
    ['POLL_INTERVAL', 'POLL_SPREAD'],
    ['FLEET_SIZE', 'FLEET_SHARE'],
    ['LINKWATCH_PUBLIC_URL', 'PUBLIC_URL'],
    ['CONSTANT_CONTACT_APIKEY', 'CONSTANT_CONTACT_API_URL'],
  ])('and looks like ours: %s is told with %s', (name, nearest) => {
    expect(named({ [name]: 'x' })).toEqual([[name, nearest]]);
  });

  it.each([
    'PATH',
    'HOME',
    'HOSTNAME',
    'USER',
    'LOGNAME',
    'SHELL',
    'PWD',
    'TERM',
    'LANG',
    'MAIL',
    'TZ',
    'EDITOR',
    'CI',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'http_proxy',
    'NO_COLOR',
    'FORCE_COLOR',
    'NODE_ENV',
    'NODE_OPTIONS',
    'SMTP_HOST',
    'SMTP_PORT',
    'SMTP_PORT_25_TCP',
    'DATABASE_HOST',
    'MAIL_HOST',
    'MAIL_TO',
    'LOG_FILE',
    'PORT',
    'npm_command',
    'npm_config_registry',
    'KUBERNETES_PORT',
    'PGHOST',
    'AWS_REGION',
    'INVOCATION_ID',
    'HTTP_USER',
    'LINKWATCH_HOME',
    ...Object.keys(completeEnv),
    'SMTP_URL_FILE',
    'HTTP_PORT_FILE',
  ])('and is another program\u2019s, or known: %s is not told', (name) => {
    expect(named({ [name]: 'x' })).toEqual([]);
  });
});

it('unknown names are no problem: the configuration holds them, for a warning', () => {
  const env = { ...completeEnv, MAIL_FORM: 'x', FOO: 'y' };
  const options = { purpose: 'start', dotEnvNames: ['FOO', 'SMTP_URL'] } as const;
  expect(problemsOf(env, options)).toEqual([]);
  expect(configOf(env, options).unknown).toEqual([
    { name: 'MAIL_FORM', from: 'environment', nearest: 'MAIL_FROM' },
    { name: 'FOO', from: '.env', nearest: null },
  ]);
});
