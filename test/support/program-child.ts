import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export const MAIN = join(import.meta.dirname, '../../src/launcher/start.js');
/** Compiled sources are kept between processes: it saves each of them a third of its start. */
export const withCompileCache = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/linkwatch-e2e'),
};

export type Ended = Readonly<{
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}>;

export type ChildOptions = Readonly<{
  /** Where it looks for `.env`; a folder of its own, so that it finds none but the story's. */
  cwd: string;
  /** The whole environment. */
  env: Readonly<Record<string, string>>;
  stdin?: string;
}>;

export type Child = Readonly<{
  pid: number;
  stdout(): string;
  stderr(): string;
  isRunning(): boolean;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<Ended>;
}>;

/** The real program, in a process of its own. */
export function startChild(args: readonly string[], options: ChildOptions): Child {
  return startProgram(MAIN, args, options);
}

/** Any program of the project, by its file. */
export function startProgram(file: string, args: readonly string[], { cwd, env, stdin = '' }: ChildOptions): Child {
  const child = spawn(process.execPath, [file, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', TZ: process.env.TZ ?? 'UTC', ...withCompileCache, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  // A program that never reads closes its end.
  child.stdin.on('error', () => {}).end(stdin);
  const ended = once(child, 'close').then(([exitCode, signal]): Ended => ({ exitCode, signal, stdout, stderr }));
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
