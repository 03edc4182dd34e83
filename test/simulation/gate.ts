import { type StoreTrouble, StoreUnavailable } from '../../src/monitoring/store-unavailable.ts';
import type { SimClock } from './sim-clock.ts';
import type { WeatherNow } from './weather.ts';

/** Whether a process goes on: what it does passes here, and what it gets. */
export type Gate = Readonly<{
  /** Resolves when the process may go on; never, once it is dead. */
  pass(): Promise<void>;
  freezeUntil(thawed: Promise<void>): void;
  kill(): void;
  isDead(): boolean;
}>;

export function openGate(): Gate {
  let [thawed, dead]: [Promise<void> | null, boolean] = [null, false];
  const never = new Promise<void>(() => {});
  return {
    pass: async () => {
      while (thawed !== null && !dead) await thawed;
      if (dead) await never;
    },
    freezeUntil: (until) => {
      const own = until.then(() => {
        if (thawed === own) thawed = null;
      });
      thawed = own;
    },
    kill: () => {
      dead = true;
    },
    isDead: () => dead,
  };
}

type Method = (...args: readonly unknown[]) => unknown;

/** The same port, whose asynchronous methods pass the gate on their way out and back. */
export function throughGate<Port extends object>(port: Port, gate: Gate, sync: readonly string[] = []): Port {
  return withMethods(port, (name, method) =>
    sync.includes(name)
      ? method
      : async (...args) => {
          await gate.pass();
          try {
            return await method(...args);
          } finally {
            await gate.pass();
          }
        },
  );
}

/** What a full disk still does. */
const READS =
  /^(read|due|is|find|list|count|active|open|today|left|pollable|schedules|pageLook|refusal|own|held|end|names|idle|tenants|held)/;

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

function withMethods<Port extends object>(port: Port, around: (name: string, method: Method) => Method): Port {
  return Object.fromEntries(
    Object.entries(port).map(([name, value]) => [
      name,
      typeof value === 'function' ? around(name, value as Method) : value,
    ]),
  ) as Port;
}
