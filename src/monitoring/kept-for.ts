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

/** Counting reads a whole fleet, so of each count it takes at most this share of the time, however often it is asked. */
const BUSY_SHARE = 0.05;
/** Answers that are kept at most; the one that was first asked for longest ago goes first. */
const MOST_KEPT = 100;

/** Keeps the answer about each subject, by all that names it, twenty times as long as it took. */
export function keptByName<Subject, T>(
  clock: Pick<Clock, 'now'>,
  ask: (subject: Subject) => Promise<T>,
): (subject: Subject) => Promise<T> {
  const kept = new Map<string, () => Promise<T>>();
  return (subject) => {
    const name = JSON.stringify(subject);
    const known = kept.get(name);
    if (known !== undefined) return known();
    const answer = keptFor(
      (tookMs) => tookMs / BUSY_SHARE,
      clock,
      () => ask(subject),
    );
    kept.set(name, answer);
    const [oldest] = kept.size > MOST_KEPT ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    return answer();
  };
}
