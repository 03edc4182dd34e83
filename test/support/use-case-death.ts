import type { World, Wrap } from './use-case-world.ts';

export type Death = Readonly<{ wrap: Wrap; isDead(): boolean }>;

export async function liveOrDie(world: World, { wrap, isDead }: Death, lastsMs: number): Promise<void> {
  try {
    await world.restarted(wrap).live(lastsMs);
  } catch (error) {
    if (!isDead()) throw error;
  }
}

/** From its given step on, nothing the process does has an effect any more. */
export function dying(step: number, moment: 'before' | 'after'): Death {
  let steps = 0;
  const killed = new Error('the process is dead');
  const wrap: Wrap = (port) =>
    new Proxy(port, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== 'function') return value;
        return (...args: readonly unknown[]) => {
          steps += 1;
          if (steps > step || (steps === step && moment === 'before')) throw killed;
          const done: unknown = value.apply(target, args);
          if (steps < step) return done;
          if (!(done instanceof Promise)) throw killed;
          return done.then(() => Promise.reject(killed));
        };
      },
    });
  return { wrap, isDead: () => steps >= step };
}
