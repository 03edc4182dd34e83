import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/model/time.ts';
import {
  demandOf,
  mayLookFirst,
  shortageOf,
  stretchAt,
  takeTurns,
  turnSpacingMs,
} from '../../../src/domain/polling/day-plan.ts';
import { type RequestsToday, requestsToday } from '../../../src/domain/polling/requests-today.ts';
import { utc } from '../../support/domain-time.ts';

const MIDNIGHT = utc('2026-01-15 00:00');
const NOON = MIDNIGHT + DAY_MS / 2;
const quota = { perDay: 10_000, reserveShare: 0.1 };

const today = (used: number, now = NOON, given: Partial<RequestsToday> = {}): RequestsToday => ({
  ...requestsToday({ used, isExhausted: false }, quota, now),
  ...given,
});

describe('The demand of all schedules', () => {
  it.each<[string, number, number, number, ReturnType<typeof shortageOf>]>([
    ['that the day holds is no shortage', 10_000, 10_000, 1, null],
    [
      'that is a little more is told in hundredths, rounded up',
      10_001,
      10_000,
      1.01,
      { perDay: 10_000, planned: 10_001, stretch: 1.01 },
    ],
    ['without a limit is no shortage', 1_000_000, 0, 1, null],
    ['of nobody is none', 0, 10_000, 1, null],
  ])('%s', (_, asked, perDay, stretch, shortage) => {
    expect(demandOf(asked, { perDay })).toEqual({ askedPerDay: asked, stretch });
    expect(shortageOf(demandOf(asked, { perDay }), { perDay })).toEqual(shortage);
  });
});

describe('What is left of a day', () => {
  it.each<[string, number, number, number]>([
    ['that goes as planned stretches as any day does', 15_000, 5_000, 1.5],
    ['that began with much used stretches more', 15_000, 7_500, 3],
    ['that holds all stretches nothing', 15_000, 2_500, 1],
    ['of which nothing is left has no poll', 15_000, 10_000, Number.POSITIVE_INFINITY],
    ['that nobody asks for stretches nothing, whatever is left', 0, 10_000, 1],
  ])('%s', (_, asked, used, stretch) => {
    expect(stretchAt(asked, today(used), NOON)).toEqual({
      today: stretch,
      later: asked === 0 ? 1 : 1.5,
      dayEndsAt: MIDNIGHT + DAY_MS,
    });
  });

  it('without a limit stretches nothing', () => {
    const free = today(1e6, NOON, { limit: null, forPolls: null });
    expect(stretchAt(1e6, free, NOON)).toMatchObject({ today: 1, later: 1 });
    expect(turnSpacingMs(1e6, free, NOON)).toBeNull();
  });

  it.each<[string, number, number, number | null]>([
    ['has no turns while every poll fits', 10_000, 5_000, null],
    ['has turns that last until midnight', 15_000, 5_000, (12 * HOUR_MS) / 5_000],
    ['has one turn left at its end', 15_000, 9_999, 12 * HOUR_MS],
    ['has none when nothing is left', 15_000, 10_000, DAY_MS],
  ])('%s', (_, asked, used, spacing) => {
    expect(turnSpacingMs(asked, today(used), NOON)).toBe(spacing);
  });

  it('is kept in part from new tenants that come by the thousand', () => {
    expect(mayLookFirst(today(7_499), NOON)).toBe(true);
    expect(mayLookFirst(today(7_500), NOON)).toBe(false);
    expect(mayLookFirst(today(9_999, NOON, { limit: null }), NOON)).toBe(true);
  });
});

describe('Turns', () => {
  const taken = (nextAt: number, spacingMs: number, wanted = 100, now = NOON) =>
    takeTurns({ nextAt }, { now, spacingMs, wanted });

  it('come one spacing apart, however seldom somebody looks', () => {
    expect(taken(NOON - SECOND_MS, 250)).toEqual({ count: 5, turns: { nextAt: NOON + 250 } });
    expect(taken(NOON, 250)).toEqual({ count: 1, turns: { nextAt: NOON + 250 } });
    expect(taken(NOON + 1, 250)).toEqual({ count: 0, turns: { nextAt: NOON + 1 } });
  });

  it('that are not wanted are kept for two seconds, and no longer', () => {
    expect(taken(NOON - SECOND_MS, 250, 2)).toEqual({ count: 2, turns: { nextAt: NOON - 500 } });
    expect(taken(NOON - HOUR_MS, 250)).toEqual({ count: 9, turns: { nextAt: NOON + 250 } });
  });

  it('come sooner at once when the spacing becomes shorter, as at midnight', () => {
    expect(taken(NOON + 12 * HOUR_MS, 250)).toEqual({ count: 0, turns: { nextAt: NOON + 250 } });
  });

  it('are never more than the time holds, whatever the spacing and however often somebody looks', () => {
    const looks = fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 5_000 }), wanted: fc.nat(50) }), {
      minLength: 1,
      maxLength: 100,
    });
    fc.assert(
      fc.property(looks, fc.integer({ min: 1, max: MINUTE_MS }), (all, spacingMs) => {
        let [now, turns, count] = [NOON, { nextAt: NOON }, 0];
        for (const { afterMs, wanted } of all) {
          now += afterMs;
          const step = takeTurns(turns, { now, spacingMs, wanted });
          [turns, count] = [step.turns, count + step.count];
        }
        expect(count).toBeLessThanOrEqual((now - NOON) / spacingMs + 1);
      }),
    );
  });
});
