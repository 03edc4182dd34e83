import { setTimeout as wait } from 'node:timers/promises';
import { type Child, startChild } from '../support/program-child.ts';
import { until } from '../support/until.ts';
import type { BenchFleet } from './bench-fleet.ts';
import { processorMs } from './measured-process.ts';

/** A round that goes on and on, at the pace that a dozen keys of Constant Contact allow together. */
export const LASTING_ROUND = {
  POLL_SCHEDULE: '* * * * * *',
  POLL_SPREAD: 'off',
  CONSTANT_CONTACT_REQUESTS_PER_SECOND: '50',
} as const;

/** The daemon, over the fleet; `options` of `linkwatch start`. */
export function startDaemon(
  { folder, env }: BenchFleet,
  settings: Readonly<Record<string, string>> = {},
  options: readonly string[] = [],
): Child {
  return startChild(['start', ...options], { cwd: folder, env: { ...env, LOG_LEVEL: 'warn', ...settings } });
}

export async function listening(daemon: Child): Promise<string> {
  return await until('the daemon listens', () => {
    if (!daemon.isRunning()) throw new Error(`the daemon ended: ${daemon.stderr()}`);
    return /listens on (\S+)/.exec(daemon.stdout())?.[1];
  });
}

export async function end(daemon: Child): Promise<void> {
  daemon.kill('SIGTERM');
  await daemon.ended;
}

/** The processor time that a process takes while something else happens, or for so long. */
export async function processorMsDuring(pid: number, during: number | Promise<unknown>): Promise<number> {
  const before = processorMs(pid);
  await (typeof during === 'number' ? wait(during) : during);
  return processorMs(pid) - before;
}
