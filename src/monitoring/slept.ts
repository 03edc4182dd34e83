import type { Clock } from './ports.ts';

/** Waits. False when the signal cut the wait short, or had aborted before. */
export async function slept({ sleep }: Clock, ms: number, signal?: AbortSignal): Promise<boolean> {
  if (signal?.aborted) return false;
  return await sleep(ms, signal).then(
    () => !signal?.aborted,
    () => false,
  );
}
