import { SECOND_MS } from '../../domain/model/time.ts';
import type { Clock } from '../../monitoring/ports.ts';
import { TooBusyError } from '../bulkhead.ts';
import { ApiProblem } from './api-problem.ts';

type Waiting = Readonly<{
  clock: Clock;
  /** Aborted when the process is to end. */
  signal: AbortSignal;
}>;

/** What the work gives, or a 504 when that takes longer; a 503 when the process is to end. The work itself goes on. */
export async function answerIn<T>(ms: number, work: Promise<T>, { clock, signal }: Waiting): Promise<T> {
  const isDone = new AbortController();
  const tooLong = clock.sleep(ms, AbortSignal.any([isDone.signal, signal])).then(
    () => {
      throw new ApiProblem(
        504,
        `There was no answer within ${ms / SECOND_MS} s. What was asked for may still be done.`,
      );
    },
    () => {
      throw new TooBusyError('Linkwatch is ending.');
    },
  );
  return await Promise.race([work, tooLong]).finally(() => isDone.abort());
}

type Stopping = Waiting &
  Readonly<{
    /** What is thrown instead when the work throws because it took too long. */
    tooLong?: ApiProblem;
  }>;

/** What the work gives, which is told by its signal to stop when that takes longer, or the process is to end. */
export async function stopIn<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  { clock, signal, tooLong }: Stopping,
): Promise<T> {
  const [late, isDone] = [new AbortController(), new AbortController()];
  clock.sleep(ms, isDone.signal).then(
    () => late.abort(),
    () => undefined,
  );
  try {
    return await work(AbortSignal.any([signal, late.signal]));
  } catch (error) {
    if (signal.aborted) throw new TooBusyError('Linkwatch is ending.');
    throw (late.signal.aborted ? tooLong : undefined) ?? error;
  } finally {
    isDone.abort();
  }
}
