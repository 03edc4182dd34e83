import type { LongText } from './long-texts.ts';
import { crashOf, type Reader } from './reader.ts';

/** Not worth a second look: 16 times as much is read in a second or two then. */
const CHEAP_MS = 120;
/** Collecting the garbage of a large process is work as well, now and then. */
const TRIES = 6;

export type Lengths = Readonly<{ short: number; long: number }>;

/**
 * How much more work a text takes that is `long` instead of `short`, as a multiple of what a pass over it would take: 1 is
 * linear. In processor time, the least of a few tries, so that a busy machine changes little. Null where the long one is
 * read at once.
 */
export async function growthOf(reader: Reader, text: LongText, { short, long }: Lengths): Promise<number | null> {
  const [some, more] = [text.of(short), text.of(long)];
  const longWork = await workOf(reader, more);
  if (longWork < CHEAP_MS) return null;
  const growth = longWork / Math.max(1, await workOf(reader, some));
  return growth / (more.length / some.length);
}

/** In ms; no further try is made once it is cheap. */
async function workOf(reader: Reader, text: string): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let nth = 0; nth < TRIES && least >= CHEAP_MS; nth += 1) {
    const began = process.cpuUsage();
    await crashOf(reader, text);
    const { user, system } = process.cpuUsage(began);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
