import { join } from 'node:path';
import type { Environment } from './program-places.ts';
import type { World } from './program-world.ts';

/** The workers of a world, as `linkwatch workers --json` gives them. */
export type WorkersAnswer = Readonly<{
  workers: readonly Readonly<{
    id: string;
    pid: number;
    version: string;
    roles: readonly string[];
    startedAt: string;
    lastSeenAt: string;
    isAlive: boolean;
    clockAheadMs: number;
    done: Readonly<Record<'polls' | 'mails' | 'webhooks', number>>;
  }>[];
}>;

export async function workersOf({ json }: World): Promise<WorkersAnswer['workers']> {
  return (await json<WorkersAnswer>(['workers'])).workers;
}

/** The environment of a process whose machine's clock is so far ahead. */
export function clockAhead(ms: number): Environment {
  const preload = join(import.meta.dirname, 'clock-ahead.ts');
  return { NODE_OPTIONS: `--import=${preload}`, CLOCK_AHEAD_MS: String(ms) };
}
