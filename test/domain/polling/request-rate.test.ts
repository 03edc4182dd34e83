import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  pauseLeftMs,
  pauseRate,
  type RequestRate,
  type ReservedSlot,
  reserveSlots,
  type SlotsWanted,
  stepToSlot,
} from '../../../src/domain/polling/request-rate.ts';
import { utc } from '../../support/domain-time.ts';

const NOW = utc('2026-01-15 12:00');
const idle: RequestRate = { nextAt: 0, pausedUntil: 0 };

/** Moments are in ms from NOW. */
function reserve(nextAt: number, wanted: Partial<SlotsWanted> = {}) {
  const given = { now: NOW, perSecond: 4, wanted: 1, delayMs: 0, ...wanted };
  const reservation = reserveSlots({ nextAt: NOW + nextAt, pausedUntil: 0 }, given);
  if (reservation.kind === 'wait') return reservation;
  const { rate } = reservation;
  const slots = reservation.kind === 'reserved' ? reservation.slots.map((slot) => slot - NOW) : [];
  return { kind: reservation.kind, slots, nextAt: rate.nextAt - NOW };
}

describe('a reservation of slots', () => {
  it.each([
    ['after an idle night begins now, with nothing saved up', -8 * 3_600_000, {}, [0], 275],
    ['after an idle moment begins now', -1, { wanted: 3 }, [0, 275, 550], 825],
    ['behind other slots begins where they end', 1_100, { wanted: 2 }, [1_100, 1_375], 1_650],
    ['for one request takes one slot', 0, { wanted: 1 }, [0], 275],
    ['for many takes what two seconds hold', 0, { wanted: 16, perSecond: 1 }, [0, 1_100], 2_200],
    ['begins when the store will have saved it', 0, { delayMs: 30 }, [30], 305],
    ['does not wait for a store that once was slow for minutes', 0, { delayMs: 300_000 }, [5_000], 5_275],
    ['ends at a whole millisecond, never too early', 0, { perSecond: 3 }, [0], 367],
    ['takes only what lies within twenty seconds', 19_500, { wanted: 4 }, [19_500], 19_775],
  ])('%s', (_, nextAt, wanted, slots, next) => {
    expect(reserve(nextAt, wanted)).toEqual({ kind: 'reserved', slots, nextAt: next });
  });

  it('under another limit is spaced by that limit from the next free moment on', () => {
    expect(reserve(275, { perSecond: 2, wanted: 2 })).toMatchObject({ slots: [275, 825] });
  });

  it('waits while the next twenty seconds are taken', () => {
    expect(reserve(19_900)).toEqual({ kind: 'wait', reason: 'planned_far_ahead', ms: 1_000 });
    expect(reserve(20_000, { perSecond: 1 })).toEqual({ kind: 'wait', reason: 'planned_far_ahead', ms: 1_100 });
  });

  it('after the clock was set back starts behind every slot that was reserved before', () => {
    expect(reserve(20_001)).toEqual({ kind: 'restart', slots: [], nextAt: 20_000 });
    expect(reserve(3_600_000)).toEqual({ kind: 'restart', slots: [], nextAt: 20_000 });
  });
});

describe('a pause that upstream asked for', () => {
  it.each([
    ['moves the next slot behind it', { nextAt: 500, pausedUntil: 0 }, 3_000, { nextAt: 3_000, pausedUntil: 3_000 }],
    [
      'leaves reserved slots behind it alone',
      { nextAt: 9_000, pausedUntil: 0 },
      3_000,
      { nextAt: 9_000, pausedUntil: 3_000 },
    ],
    ['never shortens another', { nextAt: 5_000, pausedUntil: 5_000 }, 1_000, { nextAt: 5_000, pausedUntil: 5_000 }],
    ['lasts ten seconds at most', { nextAt: 0, pausedUntil: 0 }, 86_400_000, { nextAt: 10_000, pausedUntil: 10_000 }],
    [
      'replaces one from before the clock was set back',
      { nextAt: 0, pausedUntil: 3_600_000 },
      1_000,
      { nextAt: 1_000, pausedUntil: 1_000 },
    ],
  ])('%s', (_, before, ms, after) => {
    const rate = { nextAt: NOW + before.nextAt, pausedUntil: NOW + before.pausedUntil };
    expect(pauseRate(rate, NOW, ms)).toEqual({ nextAt: NOW + after.nextAt, pausedUntil: NOW + after.pausedUntil });
  });

  it.each([
    ['is over', -1, 0],
    ['lasts a little longer', 250, 250],
    ['was written before the clock was set back', 10_001, 0],
  ])('that %s is left to wait for: %s', (_, pausedUntil, left) => {
    expect(pauseLeftMs({ pausedUntil: NOW + pausedUntil }, NOW)).toBe(left);
  });
});

describe('a reserved slot', () => {
  it.each([
    ['is used at its moment', { now: 0 }, { kind: 'use' }],
    ['is used a little late', { now: 40 }, { kind: 'use' }],
    ['is lost when the process comes too late', { now: 41 }, { kind: 'lost', reason: 'too_late' }],
    ['is waited for', { now: -250.5 }, { kind: 'wait', ms: 251 }],
    ['needs a look at the rate when the last one was too long ago', { now: -100, lookedAt: -1_001 }, { kind: 'look' }],
    ['needs that look only shortly before its moment', { now: -900, lookedAt: -1_001 }, { kind: 'wait', ms: 800 }],
    ['needs that look earlier when the store is slow', { now: -900, lookedAt: -1_801, lookMs: 800 }, { kind: 'look' }],
    ['is lost in a pause', { now: -500, pausedUntil: 1 }, { kind: 'lost', reason: 'paused' }],
    ['is used at the end of a pause', { now: 0, pausedUntil: 0 }, { kind: 'use' }],
    ['is lost when the clock was set back', { now: -20_001 }, { kind: 'lost', reason: 'clock_set_back' }],
  ])('%s', (_, { now, ...given }: { now: number } & Partial<ReservedSlot>, step) => {
    const { lookedAt = now, lookMs = 0, pausedUntil = -1 } = given;
    expect(
      stepToSlot({ at: NOW, now: NOW + now, lookedAt: NOW + lookedAt, lookMs, pausedUntil: NOW + pausedUntil }),
    ).toEqual(step);
  });
});

/** What a worker does `gapMs` after the last one did something: it reserves, and uses each slot up to 40 ms late. */
type Turn = Readonly<{
  gapMs: number;
  perSecond: number;
  wanted: number;
  delayMs: number;
  latenessMs: readonly number[];
  dies: boolean;
  pauseMs: number | null;
  setBackMs: number;
}>;

const turn = (limits: fc.Arbitrary<number>): fc.Arbitrary<Turn> =>
  fc.record({
    gapMs: fc.oneof(fc.nat(50), fc.nat(3_000)),
    perSecond: limits,
    wanted: fc.integer({ min: 1, max: 20 }),
    delayMs: fc.nat(200),
    latenessMs: fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }),
    dies: fc.boolean(),
    pauseMs: fc.option(fc.nat(12_000), { freq: 8 }),
    setBackMs: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(100_000) }),
  });

/** When requests are sent, by a clock that nobody sets. */
function sentBy(turns: readonly Turn[]): readonly number[] {
  let elapsed = 0;
  let storeAhead = NOW;
  let rate = idle;
  const sent = turns.flatMap(({ gapMs, latenessMs, dies, pauseMs, setBackMs, ...given }) => {
    elapsed += gapMs;
    storeAhead -= setBackMs;
    const now = elapsed + storeAhead;
    if (pauseMs !== null) rate = pauseRate(rate, now, pauseMs);
    const reservation = reserveSlots(rate, { ...given, now });
    if (reservation.kind === 'wait') return [];
    rate = reservation.rate;
    if (reservation.kind === 'restart' || dies) return [];
    return reservation.slots.map((slot, index) => slot - storeAhead + (latenessMs[index % latenessMs.length] ?? 0));
  });
  return sent.toSorted((a, b) => a - b);
}

/** The shortest time that so many requests and one more took. */
function shortestSpanMs(times: readonly number[], count: number): number {
  return Math.min(...times.slice(count).map((time, index) => time - (times[index] ?? 0)), Number.POSITIVE_INFINITY);
}

describe('in any sliding second', () => {
  const workersAtOne = fc.integer({ min: 1, max: 50 }).chain((perSecond) =>
    fc.record({
      perSecond: fc.constant(perSecond),
      turns: fc.array(turn(fc.constant(perSecond)), { maxLength: 40 }),
    }),
  );

  it('all workers together send no more than the limit, with 60 ms to spare for the way', () => {
    fc.assert(
      fc.property(workersAtOne, ({ perSecond, turns }) => {
        expect(shortestSpanMs(sentBy(turns), perSecond)).toBeGreaterThanOrEqual(1_060 - 1e-3);
      }),
      { numRuns: 300 },
    );
  });

  it('workers with different limits together send no more than the highest of them', () => {
    fc.assert(
      fc.property(fc.array(turn(fc.integer({ min: 1, max: 8 })), { maxLength: 40 }), (turns) => {
        expect(shortestSpanMs(sentBy(turns), 8)).toBeGreaterThanOrEqual(1_060 - 1e-3);
      }),
    );
  });

  it('a flood of several workers loses little: 40 requests at 4 a second take less than 11 seconds', () => {
    let rate = idle;
    const slots = Array.from({ length: 40 }, (_, n) => {
      const reservation = reserveSlots(rate, {
        now: NOW + Math.max(0, n * 275 - 2_000),
        perSecond: 4,
        wanted: 1,
        delayMs: 0,
      });
      if (reservation.kind !== 'reserved') throw new Error(`expected slots, got ${reservation.kind}`);
      rate = reservation.rate;
      return reservation.slots;
    }).flat();
    expect((slots.at(-1) ?? 0) - NOW).toBeLessThan(11_000);
  });
});
