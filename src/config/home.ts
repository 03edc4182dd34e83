import { dirname, join, resolve } from 'node:path';
import type { Environment } from './read-variables.ts';

/** What decides where Linkwatch's files are. */
export type Whereabouts = Readonly<{
  /** `--env-file`; null when it is not given. */
  envFile: string | null;
  env: Environment;
  /** Where the command was given. */
  cwd: string;
}>;

/** The `.env`: the file that was named, else the one in LINKWATCH_HOME, else the one in the working directory. */
export function envFileOf({ envFile, env, cwd }: Whereabouts): string {
  return envFile === null ? join(resolve(cwd, homeIn(env) ?? ''), '.env') : resolve(cwd, envFile);
}

/**
 * The folder to which relative paths in variables belong, `data/` among them: LINKWATCH_HOME, of the environment or
 * else of the `.env`, else the folder of the file that was named, else the working directory.
 */
export function homeOf(whereabouts: Whereabouts, dotEnv: Environment): string {
  const { env, cwd } = whereabouts;
  const ofEnvironment = homeIn(env);
  return ofEnvironment === null
    ? resolve(dirname(envFileOf(whereabouts)), homeIn(dotEnv) ?? '')
    : resolve(cwd, ofEnvironment);
}

function homeIn({ LINKWATCH_HOME: home = '' }: Environment): string | null {
  return home.trim() === '' ? null : home.trim();
}
