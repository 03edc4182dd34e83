#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import dotenv from 'dotenv';
import packageJson from '../package.json' with { type: 'json' };
import { processCli } from './cli/process-cli.ts';
import { runCli } from './cli/run-cli.ts';

/** `.env` of the working directory; the environment wins. */
function readEnvironment(): Readonly<Record<string, string | undefined>> {
  return { ...dotenv.parse(readDotEnv()), ...process.env };
}

function readDotEnv(): string {
  try {
    return readFileSync('.env', 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

const cli = processCli({
  version: packageJson.version,
  env: readEnvironment(),
  // Loaded when a command needs them: `--help`, `key new` and `config` answer at once.
  openApp: async (config, use) => (await import('./app.ts')).openApp(config, use),
  runDemo: async (demo) => (await import('./demo.ts')).runDemo(demo),
});

process.exitCode = await runCli(cli, process.argv.slice(2));
