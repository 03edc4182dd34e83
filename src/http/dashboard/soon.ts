import { setTimeout as wait } from 'node:timers/promises';

/** Far longer than to count a small fleet takes, and short enough to wait for. */
const PATIENCE_MS = 100;

/** Once a count was late, the fleet is a large one: the next count will hardly be there sooner. */
const PATIENCE_WITH_LARGE_FLEET_MS = 20;

/**
 * What a page shows if it is there in time, else null: to count a large fleet for the first time takes seconds. The
 * counting goes on, so that a later page has it; until then no page waits for the same again.
 */
export function soon<Asked extends readonly unknown[], T>(
  count: (...asked: Asked) => Promise<T>,
): (...asked: Asked) => Promise<T | null> {
  const late = new Set<string>();
  let patienceMs = PATIENCE_MS;
  return async (...asked) => {
    const counting = count(...asked);
    const name = JSON.stringify(asked);
    const isDone = new AbortController();
    const tooLong = wait(late.has(name) ? 0 : patienceMs, null, { signal: isDone.signal });
    const counted = await Promise.race([counting, tooLong]).finally(() => isDone.abort());
    if (counted === null) {
      patienceMs = PATIENCE_WITH_LARGE_FLEET_MS;
      late.add(name);
      counting.finally(() => late.delete(name)).catch(() => undefined);
    }
    return counted;
  };
}
