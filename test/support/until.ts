import { setTimeout as pause } from 'node:timers/promises';

const BETWEEN_LOOKS_MS = 40;
/** Far more than most things here take, so that a busy machine fails no test. */
const PATIENCE_MS = 120_000;

/** What takes long to look at, such as a command, leaves twice that time to what it waits for, within reason. */
const [REST, LONGEST_REST_MS] = [2, 3_000];

/** Looks again and again until there is something to see, and gives that. `patienceMs`: for what takes longer than most. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const lookedAt = performance.now();
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > giveUpAt) throw new Error(`It never came to this: ${what}.`);
    const rest = Math.min(REST * (performance.now() - lookedAt), LONGEST_REST_MS);
    await pause(Math.max(BETWEEN_LOOKS_MS, rest));
  }
}
