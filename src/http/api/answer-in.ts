import { SECOND_MS } from '../../domain/model/time.ts';
import type { Clock } from '../../monitoring/ports.ts';
import { ApiProblem } from './api-problem.ts';

/** What the work gives, or a 504 when that takes longer. The work itself goes on. */
export async function answerIn<T>(ms: number, work: Promise<T>, { sleep }: Clock): Promise<T> {
  const isDone = new AbortController();
  const tooLong = sleep(ms, isDone.signal).then(() => {
    throw new ApiProblem(504, `There was no answer within ${ms / SECOND_MS} s. What was asked for may still be done.`);
  });
  return await Promise.race([work, tooLong]).finally(() => isDone.abort());
}
