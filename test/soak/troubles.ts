import { setTimeout as pause } from 'node:timers/promises';
import { pick, type Random } from '../../src/sandbox/seeded-random.ts';
import type { DatabaseOutage } from '../support/program-outage.ts';
import type { World } from '../support/program-world.ts';
import type { Span } from './evidence.ts';

export type Trouble = Readonly<{ name: string; begin(): Promise<void> | void; end(): Promise<void> | void }>;

/** Troubles of one kind, which come and go one after the other. */
export type Track = Readonly<{
  name: string;
  troubles: readonly Trouble[];
  /** From and to, in ms: how long there is none, and how long one lasts. */
  quietMs: readonly [number, number];
  lastsMs: readonly [number, number];
}>;

export type RunningTrack = Readonly<{
  name: string;
  /** The name of the present trouble, or null. */
  now(): string | null;
  /** Those that are over, and the present one up to now. */
  spans(): readonly Span[];
  /** When the signal has ended it, and its last trouble with it. */
  ended: Promise<void>;
}>;

export function startTrack(
  { name, troubles, quietMs, lastsMs }: Track,
  random: Random,
  signal: AbortSignal,
): RunningTrack {
  const spans: Span[] = [];
  let current: Readonly<{ name: string; from: number }> | null = null;
  const between = ([from, to]: readonly [number, number]) => from + random() * (to - from);
  const run = async () => {
    while (await passed(between(quietMs), signal)) {
      const trouble = pick(random, troubles);
      current = { name: trouble.name, from: Date.now() };
      await trouble.begin();
      await passed(between(lastsMs), signal);
      await trouble.end();
      spans.push({ from: current.from, to: Date.now() });
      current = null;
    }
  };
  return {
    name,
    now: () => current?.name ?? null,
    spans: () => (current === null ? spans : [...spans, { from: current.from, to: Date.now() }]),
    ended: run(),
  };
}

/** False when the signal cut it short. */
export async function passed(ms: number, signal: AbortSignal): Promise<boolean> {
  return await pause(ms, true, { signal }).catch((error: unknown) => {
    if (signal.aborted) return false;
    throw error;
  });
}

const seconds = (from: number, to: number) => [from * 1000, to * 1000] as const;

export const DROPS = 'drops after DATA';

export function mailTroubles({ smtp, mailRoute }: World): Track {
  const end = () => smtp.heal();
  return {
    name: 'mail',
    quietMs: seconds(6, 16),
    lastsMs: seconds(4, 12),
    troubles: [
      { name: 'down', begin: () => mailRoute.cut(), end: () => mailRoute.mend() },
      { name: '451', begin: () => smtp.say('recipient', '451 4.3.0 Not now'), end },
      { name: DROPS, begin: () => smtp.drop('message'), end },
    ],
  };
}

export function upstreamTroubles({ control }: World): Track {
  const end = () => control.clearScript();
  return {
    name: 'upstream',
    quietMs: seconds(8, 20),
    lastsMs: seconds(4, 10),
    troubles: [
      { name: '503', begin: () => control.script({ answer: { kind: 'status', status: 503 } }), end },
      { name: 'hangs', begin: () => control.script({ answer: { kind: 'hang' } }), end },
      { name: 'resets', begin: () => control.script({ answer: { kind: 'reset' } }), end },
    ],
  };
}

export const AWAY_MS = 10_000;

export function databaseTroubles({ begin, end }: DatabaseOutage): Track {
  return {
    name: 'database',
    quietMs: seconds(25, 45),
    lastsMs: [AWAY_MS, AWAY_MS],
    troubles: [{ name: 'away', begin, end }],
  };
}
