import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { momentChoice, pastAddress, readAskedPast } from '../../../src/http/dashboard/asked-past.ts';
import type { Look } from '../../../src/http/dashboard/frame.ts';
import { NOW } from '../../support/builders.ts';

const look = { now: NOW, zone: 'America/New_York', base: '/base' } as Look;
const iso = (at: number) => new Date(at).toISOString();

describe('the moment of the past that an address asks for', () => {
  it.each([
    ['a moment is the same in every zone', { at: '2026-01-10T09:30:00Z' }, '2026-01-10T09:30:00.000Z'],
    ['an offset counts', { at: '2026-01-10T09:30:00+02:00' }, '2026-01-10T07:30:00.000Z'],
    [
      'day and time are what the clocks of the reader show',
      { day: '2026-01-10', time: '09:30' },
      '2026-01-10T14:30:00.000Z',
    ],
    ['a day alone is its midnight', { day: '2026-01-10' }, '2026-01-10T05:00:00.000Z'],
    [
      'a time that the clocks skip is the next one that they show',
      { day: '2025-03-09', time: '02:30' },
      '2025-03-09T07:00:00.000Z',
    ],
    [
      'a time that they show twice is the first of the two',
      { day: '2025-11-02', time: '01:30' },
      '2025-11-02T05:30:00.000Z',
    ],
    ['no day of the calendar is left out', { day: '2025-02-30', time: '09:30' }, iso(NOW - DAY_MS)],
    ['no time is left out', { at: 'noon', time: '25:00' }, iso(NOW - DAY_MS)],
  ])('%s', (_, given, expected) => {
    expect(iso(readAskedPast(given, look).at)).toBe(expected);
  });

  it('is a day ago, to the minute, when none is asked for', () => {
    expect(readAskedPast({}, { ...look, now: NOW + 90_000 }).at).toBe(NOW + MINUTE_MS - DAY_MS);
  });

  it('stands in the address with the filter, and as the reader’s clocks show it in the form', () => {
    const asked = readAskedPast({ at: iso(NOW - DAY_MS), q: 'bak', health: 'broken', order: 'worst' }, look);
    expect(pastAddress(look, asked)).toBe('/base/at?at=2026-01-14T12%3A00%3A00.000Z&q=bak&health=broken&order=worst');
    expect(momentChoice(asked, look)).toMatchObject({ day: '2026-01-14', time: '07:00', lastDay: '2026-01-15' });
  });

  it('leads to no moment that is yet to come', () => {
    const stepsFrom = (at: number) =>
      momentChoice(readAskedPast({ at: iso(at) }, look), look).steps.map(({ label }) => label);
    expect(stepsFrom(NOW - DAY_MS)).toEqual(['a day earlier', 'an hour earlier', 'an hour later', 'a day later']);
    expect(stepsFrom(NOW - HOUR_MS)).toEqual(['a day earlier', 'an hour earlier', 'an hour later']);
    expect(stepsFrom(NOW)).toEqual(['a day earlier', 'an hour earlier']);
  });
});
