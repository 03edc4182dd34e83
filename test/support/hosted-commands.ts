import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { withCompileCache } from './program-child.ts';

/** A command for the host; its folder is where relative paths begin. */
export type HostedCommand = Readonly<{
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  stdin: string;
}>;

export type HostedAnswer = Readonly<{ exitCode: number; stdout: string; stderr: string }>;

export type CommandHost = Readonly<{ url: string; stop(): Promise<void> }>;

/** Before the first test; `TEST_COMMAND_HOST` tells the tests where it is. */
export async function startCommandHost(): Promise<CommandHost> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'command-host.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, TZ: 'UTC', ...withCompileCache },
  });
  // The log of its commands, of interest where it dies of one.
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log = (log + chunk).slice(-10_000);
  });
  const ended = once(child, 'exit').then(([code]) => {
    if (code !== null) console.error(`The host of commands ended with ${code}:\n${log}`);
  });
  const listens = once(child.stdout.setEncoding('utf8'), 'data') as Promise<[string]>;
  const port = await Promise.race([listens.then(([text]) => text), ended]);
  if (port === undefined) throw new Error('The host of commands did not start.');
  return {
    url: `http://127.0.0.1:${port.trim()}`,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

/** What a process of its own would be started for may not be asked of the host: another clock, say. */
export function mayBeHosted({ env }: Pick<HostedCommand, 'env'>): boolean {
  return env.NODE_OPTIONS === undefined;
}

export async function runHosted(command: HostedCommand): Promise<HostedAnswer> {
  const answer = await fetch(process.env.TEST_COMMAND_HOST ?? '', { method: 'POST', body: JSON.stringify(command) });
  return (await answer.json()) as HostedAnswer;
}
