import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { readSchedule } from '../../../src/domain/polling/schedule.ts';
import { type ClockChange, clockChanges, everyZone } from '../../support/clock-changes.ts';
import { utc } from '../../support/domain-time.ts';
import { scheduleOf } from '../../support/schedules.ts';

function around(expression: string, zone: string, at: Instant) {
  const { numberAt, momentOf } = scheduleOf(expression, zone);
  return { previous: momentOf(numberAt(at)), next: momentOf(numberAt(at) + 1) };
}

/** The expression, the zone, a moment, the slot before or at that moment, and the slot after; all in UTC. */
type Row = readonly [sentence: string, expression: string, zone: string, at: string, previous: string, next: string];

function check(_: string, expression: string, zone: string, at: string, previous: string, next: string): void {
  expect(around(expression, zone, utc(at))).toEqual({ previous: utc(previous), next: utc(next) });
}

describe('The slots of a schedule', () => {
  it.each<Row>([
    ['each hour', '0 * * * *', 'UTC', '2026-11-22 12:34', '2026-11-22 12:00', '2026-11-22 13:00'],
    [
      'a slot that is now is the previous one',
      '0 * * * *',
      'UTC',
      '2026-11-22 12:00',
      '2026-11-22 12:00',
      '2026-11-22 13:00',
    ],
    ['with seconds', '*/10 * * * * *', 'UTC', '2026-11-22 12:00:59', '2026-11-22 12:00:50', '2026-11-22 12:01:00'],
    ['over a weekend', '0 9 * * 1-5', 'UTC', '2026-11-22 12:00', '2026-11-20 09:00', '2026-11-23 09:00'],
    ['over years', '0 0 29 2 *', 'UTC', '2026-11-22 12:00', '2024-02-29 00:00', '2028-02-29 00:00'],
    ['the last day of the month', '0 0 L * *', 'UTC', '2026-02-10 12:00', '2026-01-31 00:00', '2026-02-28 00:00'],
    ['the last Friday of the month', '0 0 * * FRIL', 'UTC', '2026-02-10 12:00', '2026-01-30 00:00', '2026-02-27 00:00'],
    [
      'the second Friday of the month',
      '0 0 * * 5#2',
      'UTC',
      '2026-02-10 12:00',
      '2026-01-09 00:00',
      '2026-02-13 00:00',
    ],
    ['Sunday is 0, 7 and SUN', '0 0 * * 7', 'UTC', '2026-02-10 12:00', '2026-02-08 00:00', '2026-02-15 00:00'],
    [
      'a day of the month or of the week',
      '0 0 1 * MON',
      'UTC',
      '2026-02-10 12:00',
      '2026-02-09 00:00',
      '2026-02-16 00:00',
    ],
    ['each quarter from minute 5', '5/15 * * * *', 'UTC', '2026-02-10 12:00', '2026-02-10 11:50', '2026-02-10 12:05'],
    [
      'before the year that slots count from',
      '0 0 1 * *',
      'UTC',
      '2019-03-10 12:00',
      '2019-03-01 00:00',
      '2019-04-01 00:00',
    ],
  ])('%s', check);

  it.each<Row>([
    [
      'New York, spring: 09:00 comes an hour sooner',
      '0 9 * * *',
      'America/New_York',
      '2026-03-07 20:00',
      '2026-03-07 14:00',
      '2026-03-08 13:00',
    ],
    [
      'New York, spring: 02:30 comes at 03:00',
      '30 2 * * *',
      'America/New_York',
      '2026-03-08 06:59',
      '2026-03-07 07:30',
      '2026-03-08 07:00',
    ],
    [
      'New York, spring: 03:00 is then the slot of the day',
      '30 2 * * *',
      'America/New_York',
      '2026-03-08 07:00',
      '2026-03-08 07:00',
      '2026-03-09 06:30',
    ],
    [
      'New York, spring: all slots of the gap come at its end, once',
      '*/15 * * * *',
      'America/New_York',
      '2026-03-08 07:01',
      '2026-03-08 07:00',
      '2026-03-08 07:15',
    ],
    [
      'New York, autumn: 01:30 comes the first time alone',
      '30 1 * * *',
      'America/New_York',
      '2026-11-01 06:30',
      '2026-11-01 05:30',
      '2026-11-02 06:30',
    ],
    [
      'New York, autumn: no slot while an hour comes again',
      '*/15 * * * *',
      'America/New_York',
      '2026-11-01 06:10',
      '2026-11-01 05:45',
      '2026-11-01 07:00',
    ],
    [
      'Cairo, where a midnight is skipped',
      '0 0 * * *',
      'Africa/Cairo',
      '2026-04-23 12:00',
      '2026-04-22 22:00',
      '2026-04-23 22:00',
    ],
    ['Cairo, the day after', '0 0 * * *', 'Africa/Cairo', '2026-04-24 12:00', '2026-04-23 22:00', '2026-04-24 21:00'],
    [
      'Cairo, where the clocks go back at midnight',
      '0 0 * * *',
      'Africa/Cairo',
      '2026-10-29 21:00',
      '2026-10-28 21:00',
      '2026-10-29 22:00',
    ],
    ['Havana', '0 0 * * *', 'America/Havana', '2026-03-08 04:59', '2026-03-07 05:00', '2026-03-08 05:00'],
    ['the Azores', '0 0 * * *', 'Atlantic/Azores', '2026-03-29 00:30', '2026-03-28 01:00', '2026-03-29 01:00'],
    ['Beirut', '0 0 * * *', 'Asia/Beirut', '2026-03-28 21:59', '2026-03-27 22:00', '2026-03-28 22:00'],
    ['Santiago', '0 0 * * *', 'America/Santiago', '2026-09-06 03:59', '2026-09-05 04:00', '2026-09-06 04:00'],
    [
      'Lord Howe, by half an hour',
      '15 2 * * *',
      'Australia/Lord_Howe',
      '2026-10-03 15:29',
      '2026-10-02 15:45',
      '2026-10-03 15:30',
    ],
    ['an old name', '0 9 * * *', 'US/Eastern', '2026-07-01 00:00', '2026-06-30 13:00', '2026-07-01 13:00'],
  ])('when the clocks change: %s', check);

  it.each([
    ['0 * * * *', HOUR_MS],
    ['0,5 * * * *', 5 * MINUTE_MS],
    ['*/7 * * * * *', 4 * 1000],
    ['0 9-17 * * *', HOUR_MS],
    ['59,0 * * * *', MINUTE_MS],
    ['30 23,0 * * *', HOUR_MS],
    ['0 9 * * 1-5', DAY_MS],
    ['0 0 1 * *', 28 * DAY_MS],
  ])('of %s are at least %d ms apart', (expression, gapMs) => {
    expect(scheduleOf(expression, 'UTC').shortestGapMs()).toBe(gapMs);
  });

  it('may be asked for between two slots, within the shortest gap', () => {
    const { numberAt, momentOf } = scheduleOf('0 9,12 * * *', 'UTC');
    const noon = numberAt(utc('2026-01-15 12:00'));
    expect(momentOf(noon + 0.5)).toBe(utc('2026-01-15 13:30'));
    expect(momentOf(noon + 0.999)).toBeLessThan(utc('2026-01-15 15:00'));
  });

  it('need a time zone that exists', () => {
    expect(readSchedule('0 * * * *', 'Mars/Olympus')).toEqual({
      ok: false,
      problem: 'Mars/Olympus is not a time zone',
    });
  });
});

/** Each expression meets one change in so many, and each change one or two expressions: all with all takes minutes. */
const CHANGES_PER_TURN = 12;

/** Whether a clock with these digits (read in UTC) shows a slot. */
type IsSlot = (minute: number, hour: number, date: Date) => boolean;

const clockRules: readonly (readonly [expression: string, isSlot: IsSlot])[] = [
  ['0 0 * * *', (minute, hour) => minute === 0 && hour === 0],
  ['0 * * * *', (minute) => minute === 0],
  ['*/15 * * * *', (minute) => minute % 15 === 0],
  ['30 2 * * *', (minute, hour) => minute === 30 && hour === 2],
  ['30 1 * * *', (minute, hour) => minute === 30 && hour === 1],
  ['0 3 * * *', (minute, hour) => minute === 0 && hour === 3],
  ['59 23 * * *', (minute, hour) => minute === 59 && hour === 23],
  ['15 0,1,2,3,23 * * *', (minute, hour) => minute === 15 && [0, 1, 2, 3, 23].includes(hour)],
  ['5-50/7 0-4 * * *', (minute, hour) => minute >= 5 && minute <= 50 && (minute - 5) % 7 === 0 && hour <= 4],
  ['20/30 */2 * * *', (minute, hour) => (minute === 20 || minute === 50) && hour % 2 === 0],
  ['45 * * MAR,APR,SEP-NOV *', (minute, _, date) => minute === 45 && [2, 3, 8, 9, 10].includes(date.getUTCMonth())],
  ['30 0-3 * * SUN', (minute, hour, date) => minute === 30 && hour <= 3 && date.getUTCDay() === 0],
  [
    '0 1 1-7 * 0',
    (minute, hour, date) => minute === 0 && hour === 1 && (date.getUTCDate() <= 7 || date.getUTCDay() === 0),
  ],
  ['30 2 * * 0#2', (minute, hour, date) => minute === 30 && hour === 2 && isNthSunday(date, 2)],
  [
    '30 1 * * 0L',
    (minute, hour, date) => minute === 30 && hour === 1 && date.getUTCDay() === 0 && isWithinLast(date, 7),
  ],
  ['30 0-2 L * *', (minute, hour, date) => minute === 30 && hour <= 2 && isWithinLast(date, 1)],
];

function isNthSunday(date: Date, nth: number): boolean {
  return date.getUTCDay() === 0 && Math.ceil(date.getUTCDate() / 7) === nth;
}

function isWithinLast(date: Date, days: number): boolean {
  return new Date(date.getTime() + days * DAY_MS).getUTCMonth() !== date.getUTCMonth();
}

const AROUND_CHANGE_MS = 3 * HOUR_MS;

/** Minute by minute: a slot comes when the clock shows it, or has just skipped it, and never when it shows it again. */
function slotsByClock(isSlot: IsSlot, { at, before, after }: ClockChange): readonly Instant[] {
  const slots: Instant[] = [];
  let shown = at - AROUND_CHANGE_MS + before - MINUTE_MS;
  for (let now = at - AROUND_CHANGE_MS; now <= at + AROUND_CHANGE_MS; now += MINUTE_MS) {
    const shows = now + (now < at ? before : after);
    const news = Array.from(
      { length: Math.max(0, (shows - shown) / MINUTE_MS) },
      (_, index) => shows - index * MINUTE_MS,
    );
    shown = Math.max(shown, shows);
    const isDue = news
      .map((time) => new Date(time))
      .some((date) => isSlot(date.getUTCMinutes(), date.getUTCHours(), date));
    if (isDue) slots.push(now);
  }
  return slots;
}

/** Each slot after the one before it, as they are numbered. Slots of a gap come at the same moment. */
function slotsByNumber(expression: string, { zone, at }: ClockChange): readonly Instant[] {
  const { numberAt, momentOf } = scheduleOf(expression, zone);
  const first = numberAt(at - AROUND_CHANGE_MS - 1) + 1;
  const last = numberAt(at + AROUND_CHANGE_MS);
  const slots = Array.from({ length: last - first + 1 }, (_, index) => momentOf(first + index));
  return [...new Set(slots)];
}

/** What is wrong with the neighbours of a moment. */
function strangersAround(expression: string, { zone }: ClockChange, at: Instant): readonly string[] {
  const { numberAt, momentOf } = scheduleOf(expression, zone);
  const previous = momentOf(numberAt(at));
  const next = momentOf(numberAt(at) + 1);
  const rules = {
    'previous <= at < next': previous <= at && at < next,
    'the next of previous is next': momentOf(numberAt(previous) + 1) === next,
    'the slot at next is next': momentOf(numberAt(next)) === next,
    'the previous of just before next is previous': momentOf(numberAt(next - 1)) === previous,
  };
  const broken = Object.entries(rules).filter(([, holds]) => !holds);
  return broken.map(([rule]) => `${expression} in ${zone} at ${new Date(at).toISOString()}: ${rule}`);
}

describe('A schedule in every zone, over every change of its clocks in ten years', () => {
  const changes = clockChanges(utc('2024-01-01 00:00'), utc('2034-01-01 00:00'));

  it('is asked about changes of all kinds', () => {
    expect(everyZone.length).toBeGreaterThan(430);
    expect(changes.length).toBeGreaterThan(500);
  });

  it.each(clockRules)('%s: its slots are those of the clock', (expression, isSlot) => {
    const own = clockRules.findIndex(([other]) => other === expression);
    for (const change of changes.filter((_, index) => (index + own) % CHANGES_PER_TURN === 0)) {
      expect(slotsByNumber(expression, change).join()).toBe(slotsByClock(isSlot, change).join());
      const moments = [-DAY_MS, -1, 0, 30 * MINUTE_MS, DAY_MS].map((ms) => change.at + ms);
      expect(moments.flatMap((at) => strangersAround(expression, change, at))).toEqual([]);
    }
  });
});
