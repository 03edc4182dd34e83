import { setTimeout as pause } from 'node:timers/promises';
import { pick, type Random } from '../../src/sandbox/seeded-random.ts';
import type { Child } from '../support/program-child.ts';
import type { Span } from './evidence.ts';
import { passed } from './troubles.ts';

export type FleetUnderFire = Readonly<{
  kills: readonly number[];
  freezes: readonly Span[];
  /** What workers said last that ended although nobody had killed them. */
  deaths: readonly string[];
}>;

type FireOptions = Readonly<{
  start(): Child;
  workers: number;
  random: Random;
  killEveryMs: number;
  freezeMs: number;
  /** When no worker is killed or frozen any more; the workers that are alive then live on. */
  signal: AbortSignal;
}>;

const RESTART_MS = 1_000;
const LAST_WORDS = 600;

/**
 * Keeps so many workers alive. Under fire one is killed (-9) again and again, and each time another one takes its place;
 * another one is frozen for a while, goes on, and after as long a while one is frozen again.
 */
export function keepUnderFire({ start, workers, random, killEveryMs, freezeMs, signal }: FireOptions) {
  const alive = new Set<Child>();
  const killed = new WeakSet<Child>();
  const [kills, freezes, deaths]: [number[], Span[], string[]] = [[], [], []];
  let frozen: Child | null = null;
  let isOver = false;

  function begin(): void {
    const worker = start();
    alive.add(worker);
    void worker.ended.then(async ({ exitCode, signal: by, stderr }) => {
      alive.delete(worker);
      if (isOver) return;
      if (!killed.has(worker)) deaths.push(`ended with ${exitCode ?? by}: …${stderr.trim().slice(-LAST_WORDS)}`);
      await pause(RESTART_MS);
      begin();
    });
  }

  async function killOften(): Promise<void> {
    while (await passed(killEveryMs, signal)) {
      const others = [...alive].filter((worker) => worker !== frozen);
      if (others.length === 0) continue;
      const victim = pick(random, others);
      killed.add(victim);
      kills.push(Date.now());
      victim.kill('SIGKILL');
    }
  }

  async function freezeOften(): Promise<void> {
    while (await passed(freezeMs / 2, signal)) {
      frozen = pick(random, [...alive]);
      const from = Date.now();
      frozen.kill('SIGSTOP');
      await passed(freezeMs, signal);
      frozen.kill('SIGCONT');
      freezes.push({ from, to: Date.now() });
      frozen = null;
      await passed(freezeMs / 2, signal);
    }
  }

  for (let worker = 0; worker < workers; worker += 1) begin();
  return {
    /** Kills and freezes until the signal. */
    fire: async (): Promise<FleetUnderFire> => {
      await Promise.all([killOften(), freezeOften()]);
      return { kills, freezes, deaths };
    },
    /** Tells all of them to stop; how each ended. */
    stop: async () => {
      isOver = true;
      const last = [...alive];
      for (const worker of last) worker.kill('SIGTERM');
      return await Promise.all(last.map(({ ended }) => ended));
    },
  };
}
