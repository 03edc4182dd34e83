import type { Instant } from '../../src/domain/model/time.ts';
import { type StoreTrouble, StoreUnavailable } from '../../src/monitoring/store-unavailable.ts';
import type { Port } from './plan.ts';
import type { SimClock } from './sim-clock.ts';
import type { WeatherNow } from './weather.ts';

/** Whether a process goes on: what it does passes here, and what it gets. */
export type Gate = Readonly<{
  /** Resolves when the process may go on; never, once it is dead. */
  pass(port?: Port): Promise<void>;
  /** Something happens to the process at that pass of a port, counted from now on; `now` lets it happen at once. */
  strikeAt(port: Port, step: number, strike: () => void): Readonly<{ now(): void }>;
  freezeUntil(thawed: Promise<void>): void;
  kill(): void;
  isDead(): boolean;
  /** Whether it froze, thawed or died since then. */
  struckSince(at: Instant): boolean;
}>;

type Strike = { readonly port: Port; readonly strike: () => void; left: number };

export function openGate(now: () => Instant): Gate {
  let [thawed, dead]: [Promise<void> | null, boolean] = [null, false];
  const never = new Promise<void>(() => {});
  const struckAt: Instant[] = [];
  const strikes = new Set<Strike>();
  const fall = (one: Strike) => {
    if (strikes.delete(one)) one.strike();
  };
  return {
    strikeAt: (port, left, strike) => {
      const one = { port, left, strike };
      strikes.add(one);
      return { now: () => fall(one) };
    },
    pass: async (port) => {
      for (const one of [...strikes].filter((each) => each.port === port)) {
        one.left -= 1;
        if (one.left <= 0) fall(one);
      }
      while (thawed !== null && !dead) await thawed;
      if (dead) await never;
    },
    freezeUntil: (until) => {
      struckAt.push(now());
      const own = until.then(() => {
        struckAt.push(now());
        if (thawed === own) thawed = null;
      });
      thawed = own;
    },
    kill: () => {
      struckAt.push(now());
      dead = true;
    },
    isDead: () => dead,
    struckSince: (at) => struckAt.some((moment) => moment >= at),
  };
}

type Method = (...args: readonly unknown[]) => unknown;

/** The same port, whose asynchronous methods pass the gate on their way out and back. */
export function throughGate<T extends object>(given: T, gate: Gate, port: Port, sync: readonly string[] = []): T {
  return withMethods(given, (name, method) =>
    sync.includes(name)
      ? method
      : async (...args) => {
          await gate.pass(port);
          try {
            return await method(...args);
          } finally {
            await gate.pass(port);
          }
        },
  );
}

/** What a full disk still does. */
const READS =
  /^(read|due|is|find|list|count|active|open|today|left|pollable|schedules|pageLook|refusal|own|held|end|names|idle|tenants)/;

/** The same store by the weather: it refuses, or does what it is asked and its answer is lost. */
export function inWeather<Store extends object>(store: Store, clock: SimClock, weather: WeatherNow): Store {
  return withMethods(store, (name, method) => async (...args) => {
    const does = weather.at('store');
    if (does === 'take its time') await clock.wakeAt(clock.now() + Math.min(9_000, weather.delayMs()));
    if (does === 'refuse') throw trouble('away', false);
    if (does === 'be full' && !READS.test(name)) throw trouble('full', false);
    const done = await method(...args);
    if (does === 'lose answers') throw trouble('away', true);
    return done;
  });
}

function trouble(kind: StoreTrouble, mayBeDone: boolean): StoreUnavailable {
  return new StoreUnavailable(kind, `the simulated store is ${kind}`, { hint: '', cause: null, mayBeDone });
}

function withMethods<T extends object>(given: T, around: (name: string, method: Method) => Method): T {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === 'function' ? around(name, value as Method) : value,
    ]),
  ) as T;
}
