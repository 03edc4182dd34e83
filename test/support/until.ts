import { setTimeout as pause } from 'node:timers/promises';

const BETWEEN_LOOKS_MS = 40;
/** Far more than anything here takes, so that a busy machine fails no test. */
const PATIENCE_MS = 120_000;

/** Looks again and again until there is something to see, and gives that. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > giveUpAt) throw new Error(`It never came to this: ${what}.`);
    await pause(BETWEEN_LOOKS_MS);
  }
}
