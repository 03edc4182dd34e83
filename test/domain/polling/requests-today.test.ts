import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import {
  dayEndsAt,
  isRefusedEarly,
  isUsedUp,
  type RequestsToday,
  requestsLeft,
  requestsToday,
} from '../../../src/domain/polling/requests-today.ts';

const today: RequestsToday = { used: 412, limit: 10_000, forPolls: 9000, isExhausted: false };

describe('The requests of the day', () => {
  it.each<[string, boolean, Partial<RequestsToday>]>([
    ['are left', false, {}],
    ['are left, one of them for polls', false, { used: 8999 }],
    ['are used up when the rest is kept for re-checks', true, { used: 9000 }],
    ['are used up when Constant Contact says so, whatever our count', true, { isExhausted: true }],
    ['have no limit', false, { used: 1_000_000, limit: null, forPolls: null }],
    ['are used up without a limit of ours, too', true, { limit: null, forPolls: null, isExhausted: true }],
  ])('%s: %s', (_, expected, given) => {
    expect(isUsedUp({ ...today, ...given })).toBe(expected);
  });

  it.each([
    [0, 0.1, 9_000],
    [6, 0.1, 9_250],
    [18, 0.1, 9_750],
    [12, 0, 10_000],
    [0, 1, 0],
    [12, 1, 5_000],
  ])(
    'leave polls all but what re-checks may need: at %d o’clock, of a reserve of %d',
    (hour, reserveShare, forPolls) => {
      const now = Date.UTC(2026, 0, 15, hour);
      const counted = { used: 412, isExhausted: false };
      expect(requestsToday(counted, { perDay: 10_000, reserveShare }, now)).toEqual({
        ...counted,
        limit: 10_000,
        forPolls,
      });
      expect(dayEndsAt(now)).toBe(now + (24 - hour) * HOUR_MS);
    },
  );

  it('leave polls as many as they like without a limit', () => {
    const counted = { used: 412, isExhausted: true };
    expect(requestsToday(counted, { perDay: 0, reserveShare: 0.1 }, 0)).toEqual({
      ...counted,
      limit: null,
      forPolls: null,
    });
  });

  it.each<[number, Partial<RequestsToday>]>([
    [9_588, {}],
    [0, { used: 10_000 }],
    [0, { used: 10_001 }],
    [0, { isExhausted: true }],
    [Number.POSITIVE_INFINITY, { limit: null, forPolls: null }],
    [0, { limit: null, forPolls: null, isExhausted: true }],
  ])('are %d more for whatever purpose: %j', (left, given) => {
    expect(requestsLeft({ ...today, ...given })).toBe(left);
  });

  it.each<[string, boolean, Partial<RequestsToday>]>([
    ['with some left by our count', true, { isExhausted: true }],
    ['with the last one used', false, { used: 10_000, isExhausted: true }],
    ['not at all', false, {}],
    ['without a limit to compare with', false, { limit: null, forPolls: null, isExhausted: true }],
  ])('are refused %s: early %s', (_, expected, given) => {
    expect(isRefusedEarly({ ...today, ...given })).toBe(expected);
  });
});
