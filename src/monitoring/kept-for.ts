import type { Instant } from '../domain/model/time.ts';
import type { Clock } from './ports.ts';

/**
 * Asks, and keeps the answer for so long; whoever asks meanwhile has the same one. A question that hangs is waited for,
 * and not asked again and again. A failure is not kept, and nothing is where the clock was set back.
 */
export function keptFor<T>(ms: number, { now }: Pick<Clock, 'now'>, ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  /** Null while the answer is waited for. */
  let answeredAt: Instant | null = null;

  const isKept = () => answeredAt === null || (now() >= answeredAt && now() < answeredAt + ms);
  const askAnew = async () => {
    answeredAt = null;
    try {
      const given = await ask();
      answeredAt = now();
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
