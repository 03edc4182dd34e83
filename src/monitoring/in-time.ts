import { SECOND_MS } from '../domain/model/time.ts';
import type { Clock } from './ports.ts';

/** What the work gives, or an error when that takes longer. The work itself goes on. */
export async function inTime<T>(work: Promise<T>, ms: number, { sleep }: Clock): Promise<T> {
  const isDone = new AbortController();
  const tooLong = sleep(ms, isDone.signal).then(() => {
    throw new Error(`there was no answer within ${ms / SECOND_MS} s`);
  });
  return await Promise.race([work, tooLong]).finally(() => isDone.abort());
}
