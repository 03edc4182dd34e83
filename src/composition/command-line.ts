import { readFileSync } from 'node:fs';
import packageJson from '../../package.json' with { type: 'json' };
import { processCli } from '../cli/process-cli.ts';
import { runCli } from '../cli/run-cli.ts';
import type { Environment } from '../config/config.ts';
import { parseDotEnv } from '../config/parse-dot-env.ts';
import { isExposed } from '../store/private-files.ts';

/** What `.env` in the working directory says; nothing without one. */
function readDotEnv(): Environment {
  try {
    const parsed = parseDotEnv(readFileSync('.env'));
    return parsed.ok ? parsed.values : refuseDotEnv(`: ${parsed.problem}`, 'Save it as UTF-8.');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    if (code === 'ENOENT') return {};
    return refuseDotEnv(` (${code})`, 'Make it a file that this user may read, or remove it.');
  }
}

function refuseDotEnv(reason: string, hint: string): never {
  process.stderr.write(`error: .env cannot be read${reason}\n${hint}\n`);
  process.exit(2);
}

const dotEnv = readDotEnv();
const cli = processCli({
  version: packageJson.version,
  env: { ...dotEnv, ...process.env },
  dotEnv: { names: Object.keys(dotEnv), isExposed: isExposed('.env') },
  // Loaded when a command needs them: `--help`, `key new` and `config` answer at once.
  openApplication: async (config, opening) => (await import('./open-application.ts')).openApplication(config, opening),
  runDemo: async (demo) => (await import('../demo/run-demo.ts')).runDemo(demo),
});

process.exitCode = await runCli(cli, process.argv.slice(2));
