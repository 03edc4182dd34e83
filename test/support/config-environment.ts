import {
  type Config,
  type ConfigOptions,
  type Environment,
  loadConfig,
  type Problem,
} from '../../src/config/config.ts';

export const A_KEY = Buffer.alloc(32, 7).toString('base64');

/** What `start` needs, and nothing else. */
export const completeEnv: Environment = {
  ENCRYPTION_KEY: A_KEY,
  CONSTANT_CONTACT_CLIENT_ID: 'an-api-key',
  SMTP_URL: 'smtp://mail.example.com:587',
  MAIL_FROM: 'Linkwatch <linkwatch@example.com>',
  OPERATOR_EMAIL: 'operator@example.com',
};

export const noFiles = (path: string): string => {
  throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
};

const defaults: ConfigOptions = { readFile: noFiles, purpose: 'read', isTerminal: false };

export function configOf(env: Environment, options: Partial<ConfigOptions> = {}): Config {
  const loaded = loadConfig(env, { ...defaults, ...options });
  if (!loaded.ok) throw new Error(`unexpected problems: ${JSON.stringify(loaded.problems)}`);
  return loaded.config;
}

export function problemsOf(env: Environment, options: Partial<ConfigOptions> = {}): readonly Problem[] {
  const loaded = loadConfig(env, { ...defaults, ...options });
  return loaded.ok ? [] : loaded.problems;
}
