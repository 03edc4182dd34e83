import type { Instant } from '../domain/model/time.ts';
import type { Clock } from './ports.ts';

/** A time in ms, or one that depends on how long the answer took. */
type Keeping = number | ((tookMs: number) => number);

/**
 * Asks, and keeps the answer for so long; whoever asks meanwhile has the same one. A question that hangs is waited for,
 * and not asked again and again. A failure is not kept, and nothing is where the clock was set back.
 */
export function keptFor<T>(keeping: Keeping, { now }: Pick<Clock, 'now'>, ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  /** Null while the answer is waited for. */
  let answeredAt: Instant | null = null;
  let keepMs = 0;

  const isKept = () => answeredAt === null || (now() >= answeredAt && now() < answeredAt + keepMs);
  const askAnew = async () => {
    const askedAt = now();
    answeredAt = null;
    try {
      const given = await ask();
      answeredAt = now();
      keepMs = typeof keeping === 'number' ? keeping : keeping(Math.max(0, answeredAt - askedAt));
      return given;
    } catch (error) {
      answeredAt = Number.NEGATIVE_INFINITY;
      throw error;
    }
  };
  return () => {
    if (answer === null || !isKept()) answer = askAnew();
    return answer;
  };
}
