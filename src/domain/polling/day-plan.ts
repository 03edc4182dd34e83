import type { Shortage } from '../model/digest.ts';
import { DAY_MS, type Instant, SECOND_MS } from '../model/time.ts';
import { dayEndsAt, type Quota, type RequestsToday, requestsLeft, restOfDay } from './requests-today.ts';

/** What all schedules of a key ask for on a day, and how many times longer its whole quota makes all intervals. */
export type Demand = Readonly<{ askedPerDay: number; stretch: number }>;

/**
 * How many times longer intervals are than scheduled, at least 1, so that the requests suffice: by what is left of this
 * UTC day until it ends, and by a whole day's requests from then on. Infinite where nothing is left.
 */
export type Stretch = Readonly<{ today: number; later: number; dayEndsAt: Instant }>;

export function demandOf(askedPerDay: number, { perDay }: Pick<Quota, 'perDay'>): Demand {
  return { askedPerDay, stretch: perDay === 0 ? 1 : inHundredths(stretchOf(askedPerDay, perDay)) };
}

export function stretchAt(askedPerDay: number, today: RequestsToday, now: Instant): Stretch {
  const ends = { dayEndsAt: dayEndsAt(now) };
  if (today.limit === null) return { today: 1, later: 1, ...ends };
  const untilMidnight = stretchOf(askedPerDay * restOfDay(now), requestsLeft(today));
  return { today: untilMidnight, later: stretchOf(askedPerDay, today.limit), ...ends };
}

function stretchOf(asked: number, there: number): number {
  return asked <= there ? 1 : asked / there;
}

/**
 * How far apart the turns of due tenants are, so that what is left lasts until midnight and all wait alike; null where
 * what is left holds every poll that the schedules still ask for today.
 */
export function turnSpacingMs(askedPerDay: number, today: RequestsToday, now: Instant): number | null {
  const left = requestsLeft(today);
  const rest = restOfDay(now);
  if (askedPerDay * rest <= left) return null;
  return left === 0 ? DAY_MS : (DAY_MS * rest) / left;
}

/**
 * Whether a tenant that was never asked may be asked before its turn: nothing is known of it yet. Many new ones at once
 * leave the others half of what an even day would have left.
 */
export function mayLookFirst(today: RequestsToday, now: Instant): boolean {
  return today.limit === null || requestsLeft(today) > (today.limit * restOfDay(now)) / 2;
}

/** When the next turn is, for all processes together; by their store's clock. */
export type Turns = Readonly<{ nextAt: Instant }>;

/** Turns that nobody was there to take for so long are not made good: what is left is spread anew. */
const KEPT_MS = 2 * SECOND_MS;

export type TakenTurns = Readonly<{ count: number; turns: Turns }>;

/** The turns that have come, at most so many. A spacing that has become shorter counts at once. */
export function takeTurns(
  { nextAt }: Turns,
  { now, spacingMs, wanted }: Readonly<{ now: Instant; spacingMs: number; wanted: number }>,
): TakenTurns {
  const first = Math.max(Math.min(nextAt, now + spacingMs), now - KEPT_MS);
  const come = first > now ? 0 : Math.floor((now - first) / spacingMs) + 1;
  const count = Math.min(come, wanted);
  return { count, turns: { nextAt: Math.ceil(first + count * spacingMs) } };
}

/** What the operator is told of a day that holds too few requests; null when it holds enough. */
export function shortageOf({ askedPerDay, stretch }: Demand, { perDay }: Pick<Quota, 'perDay'>): Shortage | null {
  return stretch === 1 ? null : { perDay, planned: askedPerDay, stretch };
}

/** Rounded up, for people. */
function inHundredths(stretch: number): number {
  return Math.ceil(stretch * 100 - 1e-6) / 100;
}
