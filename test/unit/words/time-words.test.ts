import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { timeWords } from '../../../src/words/time-words.ts';

const NOW = Date.UTC(2026, 10, 19, 15, 5);

const english = (timeZone: string, locale = 'en-US') => timeWords({ locale, timeZone, now: NOW });

describe('a moment', () => {
  it.each([
    ['America/New_York', 'Thursday, November 19, 2026 at 10:05 AM EST'],
    ['US/Eastern', 'Thursday, November 19, 2026 at 10:05 AM EST'],
    ['UTC', 'Thursday, November 19, 2026 at 3:05 PM UTC'],
    ['Pacific/Auckland', 'Friday, November 20, 2026 at 4:05 AM GMT+13'],
    ['No/Such_Zone', 'Thursday, November 19, 2026 at 3:05 PM UTC'],
  ])('in %s is said as %s', (timeZone, text) => {
    expect(english(timeZone).moment(NOW)).toBe(text);
  });

  it('before the clocks change is said in the time of then', () => {
    const { moment } = english('America/New_York');
    expect(moment(Date.UTC(2026, 10, 1, 5, 30))).toContain('1:30 AM EDT');
    expect(moment(Date.UTC(2026, 10, 1, 6, 30))).toContain('1:30 AM EST');
  });

  it('follows the customs of the locale', () => {
    expect(english('Europe/London', 'en-GB').moment(NOW)).toContain('19 November 2026 at 15:05 GMT');
  });
});

describe('how long something lasted', () => {
  it.each([
    [0, '1 minute'],
    [25 * MINUTE_MS, '25 minutes'],
    [2 * HOUR_MS - 1, '119 minutes'],
    [2 * HOUR_MS, '2 hours'],
    [2 * DAY_MS - 1, '47 hours'],
    [2 * DAY_MS + 5 * HOUR_MS, '2 days'],
    [400 * DAY_MS, '400 days'],
  ])('%d ms is %s', (ms, text) => {
    const { lasting, ago } = english('UTC');
    expect(lasting(ms)).toBe(text);
    expect(ago(NOW - ms)).toBe(`${text} ago`);
  });

  it('has only plain spaces', () => {
    const { moment, lasting, ago } = english('UTC');
    expect([moment(NOW), lasting(1), ago(0)].join('')).not.toMatch(/[^\S ]/u);
  });
});
