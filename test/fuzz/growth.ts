import type { LongText } from './long-texts.ts';
import { crashOf, type Reader } from './reader.ts';

/** Not worth a second look: 16 times as much is read in a second or two then. */
const CHEAP_MS = 120;
const TRIES = 2;

export type Lengths = Readonly<{ short: number; long: number }>;

/**
 * How much more work a text takes that is `long` instead of `short`, as a multiple of what a pass over it would take: 1 is
 * linear. In processor time, the least of a few tries, so that a busy machine changes little. Null where the long one is
 * read at once.
 */
export async function growthOf(reader: Reader, text: LongText, { short, long }: Lengths): Promise<number | null> {
  const [some, more] = [text.of(short), text.of(long)];
  if ((await workOf(reader, more, 1)) < CHEAP_MS) return null;
  const growth = (await workOf(reader, more, TRIES)) / Math.max(1, await workOf(reader, some, TRIES));
  return growth / (more.length / some.length);
}

/** In ms. */
async function workOf(reader: Reader, text: string, tries: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let nth = 0; nth < tries; nth += 1) {
    const began = process.cpuUsage();
    await crashOf(reader, text);
    const { user, system } = process.cpuUsage(began);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
