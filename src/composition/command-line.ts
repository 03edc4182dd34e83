import { readFileSync } from 'node:fs';
import dotenv from 'dotenv';
import packageJson from '../../package.json' with { type: 'json' };
import { processCli } from '../cli/process-cli.ts';
import { runCli } from '../cli/run-cli.ts';

/** What `.env` in the working directory says; nothing without one. */
function readDotEnv(): Readonly<Record<string, string>> {
  try {
    return dotenv.parse(readFileSync('.env', 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    if (code === 'ENOENT') return {};
    process.stderr.write(
      `error: .env cannot be read (${code})\nMake it a file that this user may read, or remove it.\n`,
    );
    process.exit(2);
  }
}

const cli = processCli({
  version: packageJson.version,
  env: { ...readDotEnv(), ...process.env },
  // Loaded when a command needs them: `--help`, `key new` and `config` answer at once.
  openApp: async (config, use) => (await import('./open-application.ts')).openApp(config, use),
  runDemo: async (demo) => (await import('../demo/run-demo.ts')).runDemo(demo),
});

process.exitCode = await runCli(cli, process.argv.slice(2));
