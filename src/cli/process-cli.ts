import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { WriteStream } from 'node:tty';
import type { Environment } from '../config/config.ts';
import { MOST_BYTES, readBounded, TOO_LARGE } from '../config/read-bounded.ts';
import { SECOND_MS } from '../domain/model/time.ts';
import type { Cli, Output } from './context.ts';
import { EXIT_FAILED, WrongUsage } from './failure.ts';

/** npm repeats a Ctrl-C that the terminal has sent already: only a later signal asks to stop at once. */
const SAME_SIGNAL_MS = SECOND_MS;
const PARENT_WATCH_MS = 500;
/** 20 s are promised. A request that still hangs by then must not keep the process: the next start goes on with it. */
const LONGEST_STOP_MS = 18 * SECOND_MS;

type Given = Pick<Cli, 'version' | 'env' | 'dotEnv' | 'keepHeapSmall' | 'openApplication' | 'runDemo'> &
  Readonly<{
    /** Where the command was given; the process itself may have gone elsewhere. */
    cwd: string;
  }>;

/** The command line of this process. */
export function processCli({ cwd, ...given }: Given): Cli {
  return {
    ...given,
    stdout: outputOf(process.stdout, given.env, failOnceUnlessClosed()),
    // There is no other place to say that this one is full.
    stderr: outputOf(process.stderr, given.env, () => undefined),
    now: Date.now,
    readStdin,
    readStdinBytes: (most) => stdinBytes(most, { isDrained: true }),
    confirm,
    pathOf: (path) => resolve(cwd, path),
    readFile: (path) => readBounded(resolve(cwd, path)).toString(),
    readHomeFile: (path) => readBounded(path).toString(),
    stopSignal: () => stopSignal(given.env),
  };
}

async function confirm(question: string): Promise<boolean | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

async function readStdin(): Promise<string> {
  const bytes = await stdinBytes(MOST_BYTES, { isDrained: false });
  if (bytes === null) throw new WrongUsage(`What comes on stdin is too large: ${TOO_LARGE}.`, 'Give it in parts.');
  return bytes.toString();
}

/**
 * Null when there are more than `most`. `isDrained`: all are read in any case, so that the writer comes to its end;
 * otherwise nothing more is read then, since there may be no end.
 */
async function stdinBytes(most: number, { isDrained }: Readonly<{ isDrained: boolean }>): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
    else if (isDrained) chunks.length = 0;
    else break;
  }
  return size <= most ? Buffer.concat(chunks) : null;
}

function outputOf(stream: WriteStream, env: Environment, onError: (error: NodeJS.ErrnoException) => void): Output {
  stream.on('error', onError);
  return {
    stream,
    write: (chunk) => stream.write(chunk),
    isTerminal: stream.isTTY === true,
    hasColour: wantsColour(env) ?? (stream.isTTY === true && env.TERM !== 'dumb'),
    columns: stream.columns ?? null,
  };
}

/**
 * `linkwatch history … | head` closes stdout early; the command still finishes its work. An answer that is lost
 * otherwise, on a full disk for one, is a failure, of which one sentence is enough.
 */
function failOnceUnlessClosed(): (error: NodeJS.ErrnoException) => void {
  let hasFailed = false;
  return ({ code, message }) => {
    if (code === 'EPIPE' || hasFailed) return;
    hasFailed = true;
    process.stderr.write(
      `error: The answer could not be written to stdout: ${message}\n` +
        'What the command has changed stays changed; if it has made a secret, that is lost: revoke it, or make another.\n',
    );
    process.once('exit', () => {
      process.exitCode = EXIT_FAILED;
    });
  };
}

/** See no-color.org and force-color.org; null when the environment does not say. */
function wantsColour({ NO_COLOR: no = '', FORCE_COLOR: force = '' }: Environment): boolean | null {
  if (no !== '') return false;
  return force === '' ? null : force !== '0';
}

function stopSignal(env: Environment): AbortSignal {
  const controller = new AbortController();
  let stoppedAt = Number.NEGATIVE_INFINITY;
  const stop = (name: NodeJS.Signals, number: number): void => {
    if (!controller.signal.aborted) {
      stoppedAt = Date.now();
      controller.abort(name);
      setTimeout(() => process.exit(), LONGEST_STOP_MS).unref();
    } else if (Date.now() - stoppedAt > SAME_SIGNAL_MS) {
      process.exit(128 + number);
    }
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  if (env.npm_command !== undefined) whenParentEnds(() => controller.abort());
  return controller.signal;
}

/** A signal to npm ends npm and its shell but never reaches this process, which only sees that its parent is gone. */
function whenParentEnds(stop: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, PARENT_WATCH_MS).unref();
}
