import packageJson from '../../package.json' with { type: 'json' };
import { takeEnvFile } from '../cli/env-file-option.ts';
import { EXIT_WRONG_USAGE } from '../cli/failure.ts';
import { processCli } from '../cli/process-cli.ts';
import { refusalText } from '../cli/report-failure.ts';
import { runCli } from '../cli/run-cli.ts';
import type { Environment } from '../config/config.ts';
import { codeOf } from '../config/error-code.ts';
import { envFileOf, homeOf, type Whereabouts } from '../config/home.ts';
import { parseDotEnv } from '../config/parse-dot-env.ts';
import { readBounded } from '../config/read-bounded.ts';
import { isExposed } from '../store/private-files.ts';
import { keepHeapSmallFromNow } from './small-heap.ts';

const given = process.argv.slice(2);
const cwd = process.cwd();
const option = takeEnvFile(given);
if (!option.ok) refuse(option.problem, 'Write --env-file FILE, once.');
const whereabouts = { envFile: option.envFile, env: process.env, cwd };
const dotEnvFile = envFileOf(whereabouts);
const dotEnv = readDotEnv(dotEnvFile, whereabouts);
enterHome(homeOf(whereabouts, dotEnv));

const cli = processCli({
  version: packageJson.version,
  cwd,
  env: { ...dotEnv, ...process.env },
  dotEnv: { file: nameOf(dotEnvFile, whereabouts), names: Object.keys(dotEnv), isExposed: isExposed(dotEnvFile) },
  keepHeapSmall: keepHeapSmallFromNow,
  // Loaded when a command needs them: `--help`, `key new` and `config` answer at once.
  openApplication: async (config, opening) => (await import('./open-application.ts')).openApplication(config, opening),
  runDemo: async (demo) => (await import('../demo/run-demo.ts')).runDemo(demo),
});

process.exitCode = await runCli(cli, option.args);

/** Nothing without a file, unless it was named. */
function readDotEnv(file: string, asked: Whereabouts): Environment {
  const name = nameOf(file, asked);
  try {
    const parsed = parseDotEnv(readBounded(file));
    return parsed.ok ? parsed.values : refuse(`${name} cannot be read: ${parsed.problem}`, 'Save it as UTF-8.');
  } catch (error) {
    const code = codeOf(error);
    // Of a home folder that is none, `enterHome` says what is wrong.
    if (['ENOENT', 'ENOTDIR'].includes(code) && asked.envFile === null) return {};
    const instead = asked.envFile === null ? 'or remove it' : 'or name another with --env-file';
    return refuse(`${name} cannot be read (${code})`, `Make it a file that this user may read, ${instead}.`);
  }
}

/** The file's name as the user knows it; `.env` alone means the one in the working directory. */
function nameOf(file: string, { envFile, env }: Whereabouts): string {
  return envFile ?? (env.LINKWATCH_HOME === undefined ? '.env' : file);
}

/**
 * Every relative path in a variable belongs to the home folder, also those that only a database's driver reads. Paths
 * on the command line still belong to where the command was given (`cwd`).
 */
function enterHome(home: string): void {
  try {
    process.chdir(home);
  } catch (error) {
    refuse(`LINKWATCH_HOME ${home} cannot be entered (${codeOf(error)})`, 'Make it a folder that this user may use.');
  }
}

function refuse(message: string, hint: string): never {
  process.stderr.write(`${refusalText(given, message, hint)}\n`);
  process.exit(EXIT_WRONG_USAGE);
}
