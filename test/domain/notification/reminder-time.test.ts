import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReminderHours } from '../../../src/domain/model/settings.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { nextAllowedTime } from '../../../src/domain/notification/reminder-time.ts';
import { utc } from '../../support/domain-time.ts';

const office = hours('09:00-17:00');

function hours(text: string): ReminderHours {
  const [fromMinute = 0, toMinute = 0] = text.split('-').map((time) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return hour * 60 + minute;
  });
  return { fromMinute, toMinute };
}

/** Instants in UTC; seconds where they matter. */
type Row = readonly [sentence: string, zone: string, window: string, earliest: string, allowed: string];

function check(_: string, zone: string, window: string, earliest: string, allowed: string): void {
  expect(new Date(nextAllowedTime(utc(earliest), hours(window), zone)).toISOString()).toBe(
    new Date(utc(allowed)).toISOString(),
  );
}

describe('the hours of a day', () => {
  const zone = 'America/New_York';
  it.each<Row>([
    ['within the hours it is now, to the second', zone, '09:00-17:00', '2026-01-15 15:30:12', '2026-01-15 15:30:12'],
    ['the first minute is within', zone, '09:00-17:00', '2026-01-15 14:00', '2026-01-15 14:00'],
    ['the last minute is within', zone, '09:00-17:00', '2026-01-15 21:59:59', '2026-01-15 21:59:59'],
    ['the end is not', zone, '09:00-17:00', '2026-01-15 22:00', '2026-01-16 14:00'],
    ['too early: the same morning', zone, '09:00-17:00', '2026-01-15 13:59:01', '2026-01-15 14:00'],
    ['too late: the next morning', zone, '09:00-17:00', '2026-01-16 03:17', '2026-01-16 14:00'],
    ['hours may end at 24:00', zone, '20:00-24:00', '2026-01-16 04:59', '2026-01-16 04:59'],
    ['and then midnight is out', zone, '20:00-24:00', '2026-01-16 05:00', '2026-01-17 01:00'],
    ['hours may wrap midnight: before it', zone, '22:00-06:00', '2026-01-16 03:30', '2026-01-16 03:30'],
    ['hours may wrap midnight: after it', zone, '22:00-06:00', '2026-01-16 10:59', '2026-01-16 10:59'],
    ['hours may wrap midnight: by day', zone, '22:00-06:00', '2026-01-16 11:00', '2026-01-17 03:00'],
    ['all day is any time', zone, '00:00-24:00', '2026-01-16 08:08', '2026-01-16 08:08'],
    ['from an hour to itself is any time', zone, '09:00-09:00', '2026-01-16 08:08', '2026-01-16 08:08'],
    ['one minute is enough', zone, '09:00-09:01', '2026-01-15 14:01', '2026-01-16 14:00'],
  ])('%s', check);
});

describe('time zones', () => {
  it.each<Row>([
    ['a zone with three quarters of an hour', 'Asia/Kathmandu', '09:00-17:00', '2026-01-15 20:00', '2026-01-16 03:15'],
    ['an old name, as Constant Contact uses them', 'US/Eastern', '09:00-17:00', '2026-01-15 03:00', '2026-01-15 14:00'],
    ['UTC itself', 'UTC', '09:00-17:00', '2026-01-15 03:00', '2026-01-15 09:00'],
    ['the far east', 'Pacific/Kiritimati', '09:00-17:00', '2026-01-15 03:00', '2026-01-15 19:00'],
    ['the far west', 'Pacific/Pago_Pago', '09:00-17:00', '2026-01-15 08:00', '2026-01-15 20:00'],
  ])('%s', check);
});

describe('when the clocks change', () => {
  it.each<Row>([
    [
      'New York, spring: 09:00 comes an hour sooner',
      'America/New_York',
      '09:00-17:00',
      '2026-03-08 03:00',
      '2026-03-08 13:00',
    ],
    ['New York, autumn: an hour later', 'America/New_York', '09:00-17:00', '2026-11-01 02:00', '2026-11-01 14:00'],
    ['Berlin, spring', 'Europe/Berlin', '09:00-17:00', '2026-03-28 20:00', '2026-03-29 07:00'],
    ['Berlin, autumn', 'Europe/Berlin', '09:00-17:00', '2026-10-24 20:00', '2026-10-25 08:00'],
    [
      'Lord Howe, by half an hour, spring',
      'Australia/Lord_Howe',
      '09:00-17:00',
      '2026-10-03 10:00',
      '2026-10-03 22:00',
    ],
    [
      'Lord Howe, by half an hour, autumn',
      'Australia/Lord_Howe',
      '09:00-17:00',
      '2026-04-04 10:00',
      '2026-04-04 22:30',
    ],
    [
      'a start that is skipped: at the first minute after',
      'America/New_York',
      '02:30-05:00',
      '2026-03-08 06:10',
      '2026-03-08 07:00',
    ],
    [
      'hours that are skipped altogether: the next day',
      'America/New_York',
      '02:15-02:45',
      '2026-03-08 06:10',
      '2026-03-09 06:15',
    ],
    [
      'hours that come twice: the first time',
      'America/New_York',
      '01:15-01:45',
      '2026-11-01 04:00',
      '2026-11-01 05:15',
    ],
    [
      'hours that come twice: the second time after the first',
      'America/New_York',
      '01:00-01:30',
      '2026-11-01 05:45',
      '2026-11-01 06:00',
    ],
  ])('%s', check);
});

describe('for any time, hours and zone', () => {
  const zones = [
    'America/New_York',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Africa/Casablanca',
    'UTC',
  ];
  const changes = ['2026-03-08 05:00', '2026-11-01 04:00', '2026-03-28 20:00', '2026-10-24 20:00', '2026-04-04 10:00'];
  const minute = fc.nat({ max: 1439 });
  const around = fc
    .tuple(fc.constantFrom(...changes.map(utc)), fc.integer({ min: -30 * 3600, max: 30 * 3600 }))
    .map(([change, seconds]) => change + seconds * 1000);

  it('it is the very first minute that a search minute by minute finds', () => {
    fc.assert(
      fc.property(around, minute, minute, fc.constantFrom(...zones), (earliest, fromMinute, toMinute, zone) => {
        const window = { fromMinute, toMinute };
        expect(nextAllowedTime(earliest, window, zone)).toBe(searched(earliest, window, zone));
      }),
      { seed: Number(process.env.FUZZ_SEED ?? 1), numRuns: 150 },
    );
  });

  it('it costs well under a millisecond', () => {
    const count = 2000;
    const startedAt = performance.now();
    for (let index = 0; index < count; index += 1) {
      nextAllowedTime(utc('2026-01-01 00:00') + index * 3.7 * HOUR_MS, office, zones[index % zones.length] ?? 'UTC');
    }
    expect((performance.now() - startedAt) / count).toBeLessThan(1);
  });
});

/** The plain way: look at every minute. */
function searched(earliest: number, { fromMinute, toMinute }: ReminderHours, timeZone: string): number {
  const format = new Intl.DateTimeFormat('de-DE', { timeZone, timeStyle: 'short' });
  const isAllowed = (at: number) => {
    const [hour = 0, minute = 0] = format.format(at).split(':').map(Number);
    const local = hour * 60 + minute;
    const isAfterStart = local >= fromMinute;
    const isBeforeEnd = local < toMinute;
    return fromMinute < toMinute ? isAfterStart && isBeforeEnd : isAfterStart || isBeforeEnd;
  };
  if (isAllowed(earliest)) return earliest;
  let at = Math.ceil((earliest + 1) / MINUTE_MS) * MINUTE_MS;
  while (!isAllowed(at)) at += MINUTE_MS;
  return at;
}
