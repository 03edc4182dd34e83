import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import { type DaysFigures, figuresOf } from './days-figures.ts';
import { outageFiguresOf } from './outage-figures.ts';
import { type Setup, simulateDays } from './simulate-days.ts';

/** A tenth of what a key really has: a tenth of the tenants make the same day in a tenth of the time. */
const limits = { perSecond: 4, perDay: 1_000 };

function setup(given: Partial<Setup> = {}): Setup {
  return { tenants: 10, keys: 1, workers: 3, days: 2, limits, ...given };
}

/** Joined at 09:00 with more than half of the day used, killed in the evening, some tenants in doubt. */
const hardDays: Partial<Setup> = { begin: { hour: 9, usedShare: 0.6 }, restartsAt: [8.5], suspects: 0.04 };

function expectWithinLimits(figures: DaysFigures, { perSecond, perDay } = limits): void {
  expect(figures.overLimit).toBe(0);
  expect(figures.mostInASecond).toBeLessThanOrEqual(perSecond);
  expect(figures.mostInADay).toBeLessThanOrEqual(perDay);
}

describe('Days of a fleet that its key has requests enough for', () => {
  it('ask every tenant once an hour, and no more often for what is left over', async () => {
    const figures = figuresOf(await simulateDays(setup()));
    expectWithinLimits(figures);
    // A look at the pages a day besides.
    expect(figures.usedShare).toBeCloseTo(0.25, 2);
    expect(figures.medianMs / HOUR_MS).toBeCloseTo(1, 1);
    expect(figures.worstMs).toBeLessThan(1.6 * HOUR_MS);
    expect(figures.fairness).toBeLessThan(1.1);
  });
});

describe('Days of a fleet that asks for more than its key has', () => {
  it.each([
    [42, 1, 1_000],
    [60, 1, 1_000],
    [250, 1, 1_000],
    [75, 5, 250],
  ])('use all of it, ask every tenant alike and exceed nothing: %d tenants, %d keys', async (tenants, keys, perDay) => {
    const stretch = (tenants * 24) / (keys * perDay);
    const own = { perSecond: 4, perDay };
    const days = Math.max(2, Math.ceil(stretch / 2));
    const figures = figuresOf(await simulateDays(setup({ tenants, keys, days, limits: own, ...hardDays })));
    expectWithinLimits(figures, own);
    expect(figures.usedShare).toBeGreaterThan(0.97);
    expect(figures.medianMs / (stretch * HOUR_MS)).toBeCloseTo(1, 1);
    expect(figures.worstMs / (stretch * HOUR_MS)).toBeLessThan(1.25);
    expect(figures.fairness).toBeLessThanOrEqual(1.5);
    // A tenant in doubt waits for no turn: RECHECK_AFTER, and what its request takes.
    expect(figures.doubtMs).toBeLessThan(16 * MINUTE_MS);
  });
});

describe('An hour in which Constant Contact does not answer', () => {
  it.each(['server', 'timeout'] as const)(
    'costs few requests, is noticed to be over within a minute, and is made good without a burst: %s',
    async (kind) => {
      const outages = [{ from: 10, hours: 1, kind }];
      const days = await simulateDays({ tenants: 2_500, keys: 1, workers: 3, days: 0.5, outages });
      const figures = outageFiguresOf(days);
      // A probe each half minute, and what was on its way when it began.
      expect(figures.requestsDuring).toBeLessThan(160);
      expect(figures.secondsToNotice).toBeLessThan(60);
      // Half the rate of the key, of four a second.
      expect(figures.mostInAMinute).toBeLessThanOrEqual(125);
      expect(figures.mostInASecond).toBeLessThanOrEqual(4);
    },
  );
});
