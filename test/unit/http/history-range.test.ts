import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { readRange, ticksOf } from '../../../src/http/dashboard/history-range.ts';
import { NOW } from '../../support/builders.ts';

const zone = 'America/New_York';
const look = { now: NOW, zone };

describe('the range that an address asks for', () => {
  it.each<[string, object, number]>([
    ['a week without a word', {}, 7],
    ['a day', { range: 'day' }, 1],
    ['a month', { range: 'month' }, 30],
    ['a year', { range: 'year' }, 365],
    ['nothing that there is', { range: 'century' }, 7],
    ['days that are in no calendar', { range: 'own', from: '2026-02-31', to: 'x' }, 7],
    ['an end before the beginning', { range: 'own', from: '2026-01-10', to: '2026-01-01' }, 7],
    ['days to come', { range: 'own', from: '2027-01-10' }, 7],
  ])('%s', (_, asked, days) => {
    const { from, to } = readRange(asked, look);
    expect([from, to]).toEqual([NOW - days * DAY_MS, NOW]);
  });

  it('from the midnight of one day to that after another, in the reader’s zone', () => {
    const { from, to } = readRange({ range: 'own', from: '2026-01-01', to: '2026-01-02' }, look);
    expect([from, to]).toEqual([Date.UTC(2026, 0, 1, 5), Date.UTC(2026, 0, 3, 5)]);
  });

  it('ends now when its last day is not over', () => {
    expect(readRange({ range: 'own', from: '2026-01-15', to: '2026-01-15' }, look).to).toBe(NOW);
  });

  it('begins an hour after midnight where the clocks skip midnight', () => {
    const inCairo = { now: NOW, zone: 'Africa/Cairo' };
    const { from } = readRange({ range: 'own', from: '2025-04-25', to: '2025-04-26' }, inCairo);
    expect(from).toBe(Date.UTC(2025, 3, 24, 22));
  });
});

describe('the marks of the time axis', () => {
  const labels = (asked: object) => ticksOf(readRange(asked, look), zone).map(({ label }) => label);

  it('are hours of the reader’s day', () => {
    expect(labels({ range: 'day' })).toEqual(['08:00', '12:00', '16:00', '20:00', '00:00', '04:00']);
  });

  it('are days, weeks and months', () => {
    expect(labels({ range: 'week' })).toEqual(['9 Jan', '10 Jan', '11 Jan', '12 Jan', '13 Jan', '14 Jan', '15 Jan']);
    expect(labels({ range: 'month' })).toEqual(['23 Dec', '30 Dec', '6 Jan', '13 Jan']);
    expect(labels({ range: 'year' })).toEqual([
      'Feb',
      'Mar',
      'Apr',
      'May',
      'Jun',
      'Jul',
      'Aug',
      'Sep',
      'Oct',
      'Nov',
      'Dec',
      'Jan 2026',
    ]);
  });

  it('stay midnights when the clocks change', () => {
    const range = readRange({ range: 'own', from: '2025-10-31', to: '2025-11-04' }, look);
    const hours = ticksOf(range, zone).map(({ at }) => new Date(at).getUTCHours());
    expect(hours).toEqual([4, 4, 4, 5, 5, 5]);
  });

  it('are few, however long the range is', () => {
    expect(labels({ range: 'own', from: '1970-01-01', to: '2026-01-01' }).length).toBeLessThanOrEqual(40);
    expect(labels({ range: 'own', from: '0001-01-01', to: '2026-01-01' }).length).toBeLessThanOrEqual(40);
  });
});
