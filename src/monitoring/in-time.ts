import { SECOND_MS } from '../domain/model/time.ts';
import type { Clock } from './ports.ts';

/** What the work gives, or an error when that takes longer, or the signal aborts. The work itself goes on. */
export async function inTime<T>(work: Promise<T>, ms: number, { sleep }: Clock, signal?: AbortSignal): Promise<T> {
  const isDone = new AbortController();
  const either = signal === undefined ? isDone.signal : AbortSignal.any([isDone.signal, signal]);
  const tooLong = sleep(ms, either).then(() => {
    throw new Error(`there was no answer within ${ms / SECOND_MS} s`);
  });
  return await Promise.race([work, tooLong]).finally(() => isDone.abort());
}
