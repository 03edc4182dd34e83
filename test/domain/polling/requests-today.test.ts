import { describe, expect, it } from '@jest/globals';
import { isRefusedEarly, isUsedUp, type RequestsToday } from '../../../src/domain/polling/requests-today.ts';

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

  it.each<[string, boolean, Partial<RequestsToday>]>([
    ['with some left by our count', true, { isExhausted: true }],
    ['with the last one used', false, { used: 10_000, isExhausted: true }],
    ['not at all', false, {}],
    ['without a limit to compare with', false, { limit: null, forPolls: null, isExhausted: true }],
  ])('are refused %s: early %s', (_, expected, given) => {
    expect(isRefusedEarly({ ...today, ...given })).toBe(expected);
  });
});
