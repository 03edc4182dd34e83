import { setTimeout as rest } from 'node:timers/promises';

/** Rows that one transaction erases. */
const CHUNK = 250;

/**
 * Erases a little, then rests for as long as that took, and so on until nothing is left or the signal aborts: however
 * much there is to erase, no other work waits for more than one chunk, in this process and in any other. Returns rows.
 */
export async function eraseInChunks(erase: (limit: number) => Promise<number>, signal?: AbortSignal): Promise<number> {
  for (let erased = 0; ; ) {
    if (signal?.aborted) return erased;
    const startedAt = performance.now();
    const count = await erase(CHUNK);
    erased += count;
    if (count < CHUNK) return erased;
    await rest(performance.now() - startedAt);
  }
}
