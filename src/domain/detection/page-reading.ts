import { healthOf, withUnreachablePages } from '../model/condition.ts';
import type { Reading } from '../model/connection.ts';
import { countOf, type PagesSeen, type UnreachablePages } from '../model/pages.ts';
import { DAY_MS, type Instant } from '../model/time.ts';

/** The witness is asked once a day, so that a look speaks for twice that time, as a poll does for its interval. */
export const PAGES_SPEAK_FOR_MS = 2 * DAY_MS;

/** What a poll knows of a connection with its pages, and how it knows about them. */
export type PageReading = Readonly<{
  reading: Reading;
  unreachablePages: UnreachablePages | null;
  /** `remembered`: this poll saw nothing of the pages, and an earlier look still counts. */
  pages: 'not_asked' | 'accessible' | 'unreachable' | 'remembered';
}>;

type Look = Readonly<{ before: UnreachablePages | null; seen: PagesSeen | null; at: Instant }>;

/** Puts the second witness's word beside what the status of the connection says. */
export function readPages(reading: Reading, { before, seen, at }: Look): PageReading {
  if (seen === null) return withoutLook(reading, before, at);
  if (countOf(seen.unreachable) === 0) {
    return { reading, unreachablePages: null, pages: seen.accessible > 0 ? 'accessible' : 'not_asked' };
  }
  // Pages that were the cause remain so while the status is unclear; a break of the connection explains them instead.
  const isCause = reading.health === 'healthy' || (before?.isCause === true && reading.health !== 'broken');
  return {
    reading: withPages(reading),
    unreachablePages: { ...seen.unreachable, seenAt: at, isCause },
    pages: 'unreachable',
  };
}

/** Pages that a broken connection explained are kept until the next look; a healthy reading ignores them until then. */
function withoutLook(reading: Reading, before: UnreachablePages | null, at: Instant): PageReading {
  if (before === null || !before.isCause || reading.health !== 'healthy') {
    return { reading, unreachablePages: before, pages: 'not_asked' };
  }
  const isStillTrue = at - before.seenAt <= PAGES_SPEAK_FOR_MS;
  const known: Reading = isStillTrue ? withPages(reading) : { ...reading, health: 'unobserved' };
  return { reading: known, unreachablePages: before, pages: 'remembered' };
}

function withPages(reading: Reading): Reading {
  const conditions = withUnreachablePages(reading.conditions, reading.status);
  return { ...reading, conditions, health: healthOf(conditions, reading.status) };
}
