import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimSlot, createRequestSlots, slotSpacingMs } from '../../../src/constant-contact/request-slots.ts';
import { runningClock } from '../../support/sandbox-clock.ts';

const START = Date.UTC(2026, 2, 1);

/** The most of the times that lie within one second, both ends included. */
function mostWithinASecond(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((time) => time >= from && time <= from + 1000).length));
}

async function timesOf(count: number, requestsPerSecond: number): Promise<readonly number[]> {
  const clock = runningClock(START);
  const slots = createRequestSlots(requestsPerSecond, clock);
  const turns = Array.from({ length: count }, () => slots.take().then(() => clock.now()));
  return clock.run(Promise.all(turns));
}

describe('request slots', () => {
  it('lets at most 4 requests through in any second when 40 want to go at once', async () => {
    const times = await timesOf(40, 4);
    expect(mostWithinASecond(times)).toBe(4);
  });

  it('loses little of the limit: 40 requests at 4 a second take no longer than 11 seconds', async () => {
    const times = await timesOf(40, 4);
    expect(Math.max(...times) - START).toBeLessThanOrEqual(11_000);
  });

  it('lets everything through at once when there is no limit', async () => {
    expect(new Set(await timesOf(100, 0))).toEqual(new Set([START]));
  });

  it('gives turns in the order they were asked for', async () => {
    const clock = runningClock(START);
    const slots = createRequestSlots(2, clock);
    const order: number[] = [];
    await clock.run(Promise.all([1, 2, 3, 4].map((nth) => slots.take().then(() => order.push(nth)))));
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it('does not make up for a stall with a burst', async () => {
    const clock = runningClock(START);
    const slots = createRequestSlots(4, clock);
    const times: number[] = [];
    const turns = Promise.all(Array.from({ length: 12 }, () => slots.take().then(() => times.push(clock.now()))));
    await clock.advance(5_000);
    await clock.run(turns);
    expect(mostWithinASecond(times)).toBeLessThanOrEqual(4);
  });

  it('holds everybody back for as long as upstream asked', async () => {
    const clock = runningClock(START);
    const slots = createRequestSlots(4, clock);
    slots.pause(3_000);
    await clock.run(slots.take());
    expect(clock.now() - START).toBe(3_000);
  });

  it('never pauses longer than 10 seconds, whatever upstream asked', async () => {
    const clock = runningClock(START);
    const slots = createRequestSlots(0, clock);
    slots.pause(24 * 60 * 60 * 1000);
    await clock.run(slots.take());
    expect(clock.now() - START).toBe(10_000);
  });

  it('goes on when a sleep fails', async () => {
    let calls = 0;
    const slots = createRequestSlots(1, {
      now: () => START,
      sleep: async () => {
        calls += 1;
        throw new Error('woken up');
      },
    });
    await slots.take();
    await expect(slots.take()).rejects.toThrow('woken up');
    await expect(slots.take()).rejects.toThrow('woken up');
    expect(calls).toBe(2);
  });

  it('does not wait for hours after the clock was set back', () => {
    const slot = { beginsAt: START + 3_600_000, spacingMs: 275 };
    expect(claimSlot(slot, START)).toEqual({ nextBeginsAt: START + 275 });
  });

  it('keeps to the limit however requests arrive', () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), arrivals, (perSecond, gaps) => {
        const times = claimAll(perSecond, gaps);
        expect(mostWithinASecond(times)).toBeLessThanOrEqual(perSecond);
      }),
    );
  });
});

/** Each request arrives a gap after the one before was sent, and waits for its slot. */
function claimAll(perSecond: number, gaps: readonly number[]): readonly number[] {
  const spacingMs = slotSpacingMs(perSecond);
  let now = START;
  let beginsAt = Number.NEGATIVE_INFINITY;
  return gaps.map((gap) => {
    now += gap;
    let claim = claimSlot({ beginsAt, spacingMs }, now);
    while ('waitMs' in claim) {
      now += Math.ceil(claim.waitMs);
      claim = claimSlot({ beginsAt, spacingMs }, now);
    }
    beginsAt = claim.nextBeginsAt;
    return now;
  });
}
