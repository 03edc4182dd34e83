import type { LongText } from './long-texts.ts';
import { crashOf, type Reader } from './reader.ts';

/** Not worth a second look: 16 times as much is read in a second or two then. */
const CHEAP_MS = 120;
/** Collecting the garbage of a large process is work as well, now and then. */
const TRIES = 6;

/** Lengths of two texts, and how many times as much as its length the work of the long one may grow. */
type Limits = Readonly<{ short: number; long: number; most: number }>;

/**
 * Whether a text that is `long` instead of `short` takes far more work than a pass over it would: more than `most` times
 * as much as its length has grown, in each of a few tries. In processor time, so that a busy machine changes little; null
 * unless so, else by how many times.
 */
export async function excessOf(reader: Reader, text: LongText, { short, long, most }: Limits): Promise<number | null> {
  const [some, more] = [text.of(short), text.of(long)];
  let [leastLong, leastShort, growth] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let nth = 0; nth < TRIES && growth > most; nth += 1) {
    leastLong = Math.min(leastLong, await workOf(reader, more));
    if (leastLong < CHEAP_MS) return null;
    // Twice: a short one that a collection has made longer would hide the growth.
    leastShort = Math.min(leastShort, await workOf(reader, some), await workOf(reader, some));
    growth = leastLong / Math.max(1, leastShort) / (more.length / some.length);
  }
  return growth > most ? growth : null;
}

/** In ms. */
async function workOf(reader: Reader, text: string): Promise<number> {
  const began = process.cpuUsage();
  await crashOf(reader, text);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}
