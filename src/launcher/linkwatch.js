#!/usr/bin/env -S node --
/**
 * The command `linkwatch`. Linkwatch is TypeScript that Node.js 24 runs as it is. This file is the part that an older
 * Node.js understands as well: it goes on in its own process where that can be, else in the Node.js that was installed
 * with the packages. Behind `--`, Node.js leaves our `--env-file` to us (its issue 54232).
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The first with proxies for its HTTP agents, and without a warning that stripping types is experimental. */
const OLDEST = '24.5';
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const start = join(root, 'src/launcher/start.js');
const installed = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (isFit(process.versions.node)) import(pathToFileURL(start).href);
else if (existsSync(installed)) runWith(installed);
else refuse();

function isFit(version) {
  const [major, minor] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST.split('.').map(Number);
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/** A parent that only waits: it passes on the signals that ask to stop, and ends as its child ends. */
function runWith(node) {
  const child = spawn(node, ['--', start, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', refuse);
  child.on('exit', (code, signal) => process.exit(code === null ? 128 + constants.signals[signal] : code));
}

function refuse() {
  process.stderr.write(
    `error: Linkwatch runs on Node.js ${OLDEST} or newer; this is ${process.versions.node}, and the one that is installed with the packages is missing or does not run here\n` +
      `Run npm ci --omit=dev in ${root} with install scripts allowed, or put a newer Node.js first on the PATH.\n`,
  );
  process.exit(2);
}
