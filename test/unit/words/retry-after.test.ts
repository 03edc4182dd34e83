import { describe, expect, it } from '@jest/globals';
import { parseRetryAfter } from '../../../src/words/retry-after.ts';

const NOW = Date.UTC(2026, 9, 21, 7, 28, 0);
const DAY_MS = 86_400_000;

describe('Retry-After', () => {
  it.each([
    ['is not there', undefined, null],
    ['is empty', ' ', null],
    ['is not a number', 'soon', null],
    ['is negative', '-5', null],
    ['is a fraction', '1.5', null],
    ['is zero', '0', 0],
    ['gives seconds', '120', 120_000],
    ['gives seconds with spaces', ' 7 ', 7_000],
    ['gives a later date', 'Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
    ['gives a date that is past', 'Wed, 21 Oct 2026 07:00:00 GMT', 0],
    ['gives more than a day', '99999999999999999999', DAY_MS],
    ['gives a date in years', 'Wed, 21 Oct 2099 07:28:00 GMT', DAY_MS],
  ])('that %s', (_, header, expected) => {
    expect(parseRetryAfter(header, NOW)).toBe(expected);
  });
});
