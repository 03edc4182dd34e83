import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import {
  planRegularPoll,
  requestsPerDay,
  type Slots,
  shareOf,
  stretchFor,
} from '../../../src/domain/polling/poll-plan.ts';
import { ms, utc } from '../../support/domain-time.ts';

const NOON = utc('2026-01-15 12:00');
const even = { spread: false, stretch: 1 };
const ids = (count: number, prefix = 'tenant-') => Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

function hourly(at: number): Slots {
  const previousAt = at - (at % HOUR_MS);
  return { previousAt, nextAt: previousAt + HOUR_MS, shortestGapMs: HOUR_MS };
}

describe('a regular poll', () => {
  it('is at the next slot when polls are not spread', () => {
    const planned = planRegularPoll('tenant-1', NOON + ms('1m'), hourly(NOON), even);
    expect(planned).toEqual({ nextPollAt: NOON + ms('1h'), intervalMs: ms('1h') });
  });

  it('at a slot is the slot after', () => {
    expect(planRegularPoll('tenant-1', NOON, hourly(NOON), even).nextPollAt).toBe(NOON + ms('1h'));
  });

  it('when spread keeps its own minute from one hour to the next', () => {
    const offset = Math.floor(shareOf('tenant-1') * HOUR_MS);
    const first = planRegularPoll('tenant-1', NOON + offset, hourly(NOON + offset), { spread: true, stretch: 1 });
    const second = planRegularPoll('tenant-1', first.nextPollAt, hourly(first.nextPollAt), {
      spread: true,
      stretch: 1,
    });
    expect(first.nextPollAt).toBe(NOON + ms('1h') + offset);
    expect(second.nextPollAt).toBe(NOON + ms('2h') + offset);
  });

  it('that was made early comes at its own minute of the same hour', () => {
    const offset = Math.floor(shareOf('tenant-1') * HOUR_MS);
    expect(planRegularPoll('tenant-1', NOON, hourly(NOON), { spread: true, stretch: 1 }).nextPollAt).toBe(
      NOON + offset,
    );
  });

  it('on uneven slots is spread over the shortest gap alone', () => {
    const slots = { previousAt: NOON, nextAt: NOON + ms('21h'), shortestGapMs: ms('3h') };
    const share = shareOf('tenant-1');
    const { nextPollAt, intervalMs } = planRegularPoll('tenant-1', NOON + ms('3h'), slots, {
      spread: true,
      stretch: 1,
    });
    expect(nextPollAt).toBe(NOON + ms('21h') + Math.floor(share * ms('3h')));
    expect(intervalMs).toBe(ms('21h'));
  });

  it.each([1, 1.5, 2, 3.7])('stretched %d times comes that much later, and speaks for that much longer', (stretch) => {
    const { nextPollAt, intervalMs } = planRegularPoll('tenant-1', NOON, hourly(NOON), { spread: false, stretch });
    expect(nextPollAt - NOON).toBe(intervalMs);
    expect(intervalMs).toBe(Math.round(stretch * HOUR_MS));
  });
});

describe('a fleet on one schedule', () => {
  const offsets = (tenantIds: readonly string[]) =>
    tenantIds.map((id) => planRegularPoll(id, NOON, hourly(NOON), { spread: true, stretch: 1 }).nextPollAt - NOON);

  it.each([
    ['counted names', ids(1000)],
    ['names with a long common part', ids(1000, '01890a5d-ac96-774b-bcce-b302099a')],
    ['numbers', ids(1000, '')],
  ])('is spread evenly over the hour: %s', (_, tenantIds) => {
    const perMinute = Array.from({ length: 60 }, () => 0);
    for (const offset of offsets(tenantIds)) {
      const minute = Math.floor((offset % HOUR_MS) / MINUTE_MS);
      perMinute[minute] = (perMinute[minute] ?? 0) + 1;
    }
    // 1,000 over 60 minutes: 16.7 each; a fair die stays well within these bounds.
    expect(Math.max(...perMinute)).toBeLessThan(36);
    expect(Math.min(...perMinute)).toBeGreaterThan(3);
  });

  it('never asks many tenants within one second', () => {
    const perSecond = new Map<number, number>();
    for (const offset of offsets(ids(1000))) {
      const second = Math.floor(offset / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(5);
  });

  it('gives every tenant the same share each time, from 0 up to 1', () => {
    for (const id of ids(1000)) {
      expect(shareOf(id)).toBe(shareOf(id));
      expect(shareOf(id)).toBeGreaterThanOrEqual(0);
      expect(shareOf(id)).toBeLessThan(1);
    }
  });
});

describe('when the quota does not hold the schedule', () => {
  it.each<[string, number, number, number, number]>([
    ['it stays as it is while there is room', 8000, 10_000, 0.1, 1],
    ['it stays when it just fits beside the reserve', 9000, 10_000, 0.1, 1],
    ['it stretches by as much as is missing', 18_000, 10_000, 0.1, 2],
    ['no limit stretches nothing', 1_000_000, 0, 0.1, 1],
    ['nothing planned stretches nothing', 0, 10_000, 0.1, 1],
  ])('%s', (_, planned, quota, reserve, stretch) => {
    expect(stretchFor(planned, quota, reserve)).toBeCloseTo(stretch, 10);
  });

  it('stretched plans fit beside the reserve', () => {
    const tenants = 2000;
    const stretch = stretchFor(tenants * requestsPerDay(HOUR_MS), 10_000, 0.1);
    expect(tenants * requestsPerDay(stretch * HOUR_MS)).toBeCloseTo(9000, 6);
  });
});
