import { type Instant, MINUTE_MS } from '../domain/model/time.ts';
import type { Clock } from './ports.ts';

/** A time in ms, or one that depends on how long the answer took. */
type Keeping = number | ((tookMs: number) => number);

/**
 * `freshMs`: the answer is kept for so long; whoever asks meanwhile has the same one. `oldMs`: after that, and for so
 * long, whoever asks has it as well, while it is asked for anew: a reader is not kept waiting for what takes long.
 */
export type Kept = Readonly<{ freshMs: Keeping; oldMs?: Keeping }>;

/**
 * Asks, and keeps the answer. A question that hangs is waited for, and not asked again and again. A failure is not
 * kept, and nothing is where the clock was set back.
 */
export function keptFor<T>(
  keeping: Keeping | Kept,
  { now }: Pick<Clock, 'now'>,
  ask: () => Promise<T>,
): () => Promise<T> {
  const { freshMs, oldMs = 0 } = typeof keeping === 'object' ? keeping : { freshMs: keeping };
  let last: Readonly<{ value: T; at: Instant; freshUntil: Instant; oldUntil: Instant }> | null = null;
  let asked: Promise<T> | null = null;

  const askAnew = async () => {
    const askedAt = now();
    const value = await ask();
    const at = now();
    const tookMs = Math.max(0, at - askedAt);
    const freshUntil = at + inMs(freshMs, tookMs);
    last = { value, at, freshUntil, oldUntil: freshUntil + inMs(oldMs, tookMs) };
    return value;
  };
  return async () => {
    const at = now();
    const known = last !== null && at >= last.at ? last : null;
    if (known !== null && at < known.freshUntil) return known.value;
    asked ??= askAnew().finally(() => {
      asked = null;
    });
    if (known === null || at >= known.oldUntil) return await asked;
    // Whoever asks when this answer is too old hears of a failure that lasts.
    asked.catch(() => undefined);
    return known.value;
  };
}

function inMs(keeping: Keeping, tookMs: number): number {
  return typeof keeping === 'number' ? keeping : keeping(tookMs);
}

/**
 * Counting reads a whole fleet, so of each count it takes at most this share of the time, however often it is asked.
 */
const BUSY_SHARE = 0.05;

/** For how long an answer is kept that took so long. */
export function seldom(tookMs: number): number {
  return tookMs / BUSY_SHARE;
}
/** Answers that are kept at most; the one that was first asked for longest ago goes first. */
const MOST_KEPT = 100;

/** Where an answer takes so long, an older one serves while it is made anew. */
const SLOW_MS = 30;
const oldFor = (tookMs: number) => (tookMs < SLOW_MS ? 0 : MINUTE_MS);

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
    const answer = keptFor({ freshMs: seldom, oldMs: oldFor }, clock, () => ask(subject));
    kept.set(name, answer);
    const [oldest] = kept.size > MOST_KEPT ? kept.keys() : [];
    if (oldest !== undefined) kept.delete(oldest);
    return answer();
  };
}
