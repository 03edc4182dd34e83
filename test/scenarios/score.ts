import { HOUR_MS } from '../../src/domain/model/time.ts';
import { inOrder } from './at-expected-minute.ts';
import { accountOf, type ToldMail } from './told-mail.ts';

/** How well mail fits what was expected. Expected mail is told, late or missed; other mail is false or doubled. */
export type Score = Readonly<{
  /** Expected, and it came in time. */
  told: number;
  /** Expected, and it never came, or not with all it had to say. */
  missed: number;
  /** Nobody expected it: no such problem, or the wrong instruction or person. */
  false: number;
  /** A second mail to the same person for what one mail told, or should have told. */
  doubled: number;
  /** Expected, and it came when it was of less use. */
  late: number;
}>;

export const NO_SCORE: Score = { told: 0, missed: 0, false: 0, doubled: 0, late: 0 };

/** What came earlier than this before it was expected was about something else. */
const EARLIEST_MS = 8 * HOUR_MS;

/** One thing that one mail says to one person. */
type Item = Readonly<{ mail: ToldMail; key: string }>;

/** Counts any policy's mail against what a story expects. Up to `lateAfterMs` after its time a mail is in time. */
export function scoreOf(told: readonly ToldMail[], expected: readonly ToldMail[], lateAfterMs: number): Score {
  const said = itemsOf(told);
  const due = itemsOf(expected);
  const pairs = pair(due, said);
  const paired = new Set(pairs.values());
  const served = expected.map((mail) => scoreExpected(mail, due, pairs, lateAfterMs));
  const unexpected = said.filter((item) => !paired.has(item)).map(({ mail }) => mail);
  const rest = [...new Set(unexpected)].map((mail) =>
    saysAgain(mail, inOrder(told)) ? { ...NO_SCORE, doubled: 1 } : { ...NO_SCORE, false: 1 },
  );
  return [...served, ...rest].reduce(addScores, NO_SCORE);
}

export function addScores(a: Score, b: Score): Score {
  return {
    told: a.told + b.told,
    missed: a.missed + b.missed,
    false: a.false + b.false,
    doubled: a.doubled + b.doubled,
    late: a.late + b.late,
  };
}

export function isPerfect(score: Score): boolean {
  return score.missed + score.false + score.doubled + score.late === 0;
}

function itemsOf(mails: readonly ToldMail[]): readonly Item[] {
  return inOrder(mails).flatMap((mail) =>
    mail.about.map((topic) => ({ mail, key: `${mail.kind} to ${mail.to}: ${topic}` })),
  );
}

/** To each thing that is due the nearest mail that says it, between the time before and the time after it is due. */
function pair(due: readonly Item[], said: readonly Item[]): ReadonlyMap<Item, Item> {
  const pairs = new Map<Item, Item>();
  for (const item of due) {
    const others = due.filter((other) => other.key === item.key && other !== item).map(({ mail }) => mail.at);
    const from = Math.max(item.mail.at - EARLIEST_MS, ...others.filter((at) => at < item.mail.at));
    const before = Math.min(...others.filter((at) => at > item.mail.at), Number.POSITIVE_INFINITY);
    const taken = new Set(pairs.values());
    const distance = ({ mail }: Item) => Math.abs(mail.at - item.mail.at);
    const [nearest] = said
      .filter((other) => other.key === item.key && !taken.has(other))
      .filter(({ mail: { at } }) => at >= from && at < before)
      .toSorted((a, b) => distance(a) - distance(b));
    if (nearest !== undefined) pairs.set(item, nearest);
  }
  return pairs;
}

function scoreExpected(
  mail: ToldMail,
  due: readonly Item[],
  pairs: ReadonlyMap<Item, Item>,
  lateAfterMs: number,
): Score {
  const items = due.filter((item) => item.mail === mail);
  const servers = new Set(items.flatMap((item) => pairs.get(item)?.mail ?? []));
  // Where several mails say what one was to say, the first was enough.
  const doubled = Math.max(0, servers.size - 1);
  if (items.some((item) => !pairs.has(item))) return { ...NO_SCORE, missed: 1, doubled };
  const isLate = [...servers].some(({ at }) => at > mail.at + lateAfterMs);
  return isLate ? { ...NO_SCORE, late: 1, doubled } : { ...NO_SCORE, told: 1, doubled };
}

/** The last mail to the same person about the same account said the same. */
function saysAgain(mail: ToldMail, inTime: readonly ToldMail[]): boolean {
  const accounts = mail.about.map(accountOf);
  const earlier = inTime.slice(0, inTime.indexOf(mail));
  const last = earlier.findLast(
    ({ to, about }) => to === mail.to && about.some((t) => accounts.includes(accountOf(t))),
  );
  return last !== undefined && last.kind === mail.kind && last.about.some((topic) => mail.about.includes(topic));
}
