import { z } from 'zod';
import type { TimeRange } from '../../domain/history.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../domain/model/time.ts';
import { firstShown, offsetAt } from '../../domain/model/zone-clock.ts';
import type { Look } from './frame.ts';

export const rangeChoices = ['day', 'week', 'month', 'year', 'own'] as const;
type Choice = (typeof rangeChoices)[number];

const lengths: Readonly<Record<Exclude<Choice, 'own'>, number>> = {
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
  year: 365 * DAY_MS,
};

/** A field of an address; what is no day of the calendar is left out. */
export const day = z.iso.date().optional().catch(undefined);
const query = z.object({ range: z.enum(rangeChoices).catch('week'), from: day, to: day });

/** The days are as the address has them, and those of the range where it has none. */
export type ChosenRange = TimeRange & Readonly<{ choice: Choice; fromDay: string; toDay: string }>;

/** The range that the address asks for: up to now, or from one day of the reader's zone to the end of another. */
export function readRange(asked: unknown, { now, zone }: Pick<Look, 'now' | 'zone'>): ChosenRange {
  const { range: choice, from: fromDay, to: toDay } = query.parse(asked);
  const own = choice === 'own' ? ownRange({ fromDay, toDay }, { now, zone }) : null;
  const length = choice === 'own' ? lengths.week : lengths[choice];
  const range = own ?? { from: now - length, to: now };
  return {
    ...range,
    choice: choice === 'own' && own === null ? 'week' : choice,
    fromDay: fromDay ?? dayOf(range.from, zone),
    toDay: toDay ?? dayOf(range.to, zone),
  };
}

/** Null when it is none: it has no beginning, or its end is not after it. */
function ownRange(
  { fromDay, toDay }: Readonly<{ fromDay: string | undefined; toDay: string | undefined }>,
  { now, zone }: Pick<Look, 'now' | 'zone'>,
): TimeRange | null {
  if (fromDay === undefined) return null;
  const from = midnightOf(fromDay, zone);
  const end = Math.min(midnightAfter(toDay ?? dayOf(now, zone), zone), now);
  return end > from ? { from, to: end } : null;
}

/** When the day begins in the zone. */
export function midnightOf(text: string, zone: string): Instant {
  return firstShown(zone, Date.parse(`${text}T00:00Z`));
}

/** When the day ends in the zone. */
export function midnightAfter(text: string, zone: string): Instant {
  return firstShown(zone, Date.parse(`${text}T00:00Z`) + DAY_MS);
}

function dayOf(at: Instant, zone: string): string {
  return localTimeOf(at, zone).slice(0, 10);
}

/** The time as the clocks of the zone show it: `2026-11-28T09:30:00.000Z` for half past nine there. */
export function localTimeOf(at: Instant, zone: string): string {
  return new Date(at + offsetAt(zone, at)).toISOString();
}

export type Tick = Readonly<{ at: Instant; label: string }>;

/** Marks of the time axis, at whole hours, days or months of the reader's zone. */
export function ticksOf({ from, to }: TimeRange, zone: string): readonly Tick[] {
  const { next, label } = stepFor(to - from);
  const ticks: Tick[] = [];
  let local = startOf(from + offsetAt(zone, from), to - from);
  while (ticks.length < MOST_TICKS) {
    const at = firstShown(zone, local);
    if (at > to) break;
    if (at >= from) ticks.push({ at, label: label(local) });
    local = next(local);
  }
  return ticks;
}

const MOST_TICKS = 40;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

type Step = Readonly<{ next(local: number): number; label(local: number): string }>;

function stepFor(spanMs: number): Step {
  const hour = (local: number) => new Date(local).toISOString().slice(11, 16);
  const date = (local: number) => `${new Date(local).getUTCDate()} ${MONTHS[new Date(local).getUTCMonth()]}`;
  if (spanMs <= 2 * DAY_MS) return { next: (local) => local + 4 * HOUR_MS, label: hour };
  if (spanMs <= 10 * DAY_MS) return { next: (local) => local + DAY_MS, label: date };
  if (spanMs <= 70 * DAY_MS) return { next: (local) => local + 7 * DAY_MS, label: date };
  const months = Math.max(1, Math.ceil(spanMs / (400 * DAY_MS)));
  return { next: (local) => monthAfter(local, months), label: (local) => monthLabel(local, months) };
}

function startOf(local: number, spanMs: number): number {
  const midnightBefore = local - (local % DAY_MS);
  return spanMs <= 70 * DAY_MS ? midnightBefore : monthAfter(local, 0);
}

function monthAfter(local: number, months: number): number {
  const date = new Date(local);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months);
}

function monthLabel(local: number, months: number): string {
  const date = new Date(local);
  const name = MONTHS[date.getUTCMonth()] ?? '';
  return months > 1 || date.getUTCMonth() === 0 ? `${name} ${date.getUTCFullYear()}` : name;
}
