import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import { requestsLeft } from '../../../src/domain/polling/requests-today.ts';
import type { RequestPurpose } from '../../../src/monitoring/ports.ts';
import { NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';

const key = { key: 'key-1', perDay: 100, reserveShare: 0.1 };
const MIDNIGHT = Math.floor(NOW / DAY_MS) * DAY_MS;
const TOMORROW = MIDNIGHT + DAY_MS;

export function requestQuotaContract(fresh: FreshStore): void {
  const quotaOf = async (of = key) => {
    const { quota } = await fresh();
    return {
      reserve: (count: number, purpose: RequestPurpose = 'regular', now = MIDNIGHT) =>
        quota.reserve(of, { count, purpose, now }),
      left: async (now = MIDNIGHT) => requestsLeft(await quota.today(of, now)),
      exhaust: (now: number) => quota.exhaust(of, now),
      today: (now: number) => quota.today(of, now),
      giveBack: (count: number, reservedAt: number) => quota.giveBack(of, { count, reservedAt }),
      quota,
    };
  };

  describe('the quota of requests', () => {
    it('grants what is left when more is asked for, then nothing', async () => {
      const { reserve, left } = await quotaOf();
      expect(await reserve(60)).toBe(60);
      expect(await reserve(60)).toBe(30);
      expect(await reserve(1)).toBe(0);
      expect(await left()).toBe(10);
    });

    it('keeps its reserve for re-checks, which may use all', async () => {
      const { reserve, left } = await quotaOf();
      await reserve(90);
      expect(await reserve(7, 'priority')).toBe(7);
      expect(await reserve(7, 'priority')).toBe(3);
      expect(await left()).toBe(0);
    });

    it('keeps of its reserve what the rest of the day may need, and gives polls what re-checks have left', async () => {
      const { reserve, today } = await quotaOf();
      expect(await reserve(100)).toBe(90);
      expect(await reserve(100, 'regular', MIDNIGHT + 12 * HOUR_MS)).toBe(5);
      expect(await reserve(100, 'regular', TOMORROW - 1)).toBe(4);
      expect(await today(TOMORROW - 1)).toEqual({ used: 99, limit: 100, forPolls: 99, isExhausted: false });
    });

    it('gives polls nothing, not less than nothing, when re-checks have used their share', async () => {
      const { reserve } = await quotaOf();
      await reserve(95, 'priority');
      expect(await reserve(1)).toBe(0);
      expect(await reserve(0)).toBe(0);
    });

    it('begins anew at midnight UTC', async () => {
      const { reserve, left } = await quotaOf();
      await reserve(100, 'priority');
      expect(await reserve(1, 'regular', TOMORROW - 1)).toBe(0);
      expect(await left(TOMORROW)).toBe(100);
      expect(await reserve(1, 'regular', TOMORROW)).toBe(1);
    });

    it('has nothing left that day when upstream says so', async () => {
      const { reserve, left, exhaust } = await quotaOf();
      await reserve(5);
      await exhaust(NOW);
      expect(await reserve(1, 'priority', NOW + HOUR_MS)).toBe(0);
      expect(await left(NOW)).toBe(0);
      expect(await left(TOMORROW)).toBe(100);
    });

    it('tells what was used today, of how much', async () => {
      const { reserve, exhaust, today } = await quotaOf();
      expect(await today(MIDNIGHT)).toEqual({ used: 0, limit: 100, forPolls: 90, isExhausted: false });
      await reserve(60);
      await exhaust(MIDNIGHT);
      expect(await today(MIDNIGHT)).toEqual({ used: 60, limit: 100, forPolls: 90, isExhausted: true });
      expect(await today(TOMORROW)).toMatchObject({ used: 0, isExhausted: false });
    });

    it('grants everything without a limit, until upstream has enough', async () => {
      const { reserve, left, today, exhaust } = await quotaOf({ ...key, perDay: 0, reserveShare: 0.5 });
      expect(await reserve(1_000_000)).toBe(1_000_000);
      expect(await left()).toBe(Number.POSITIVE_INFINITY);
      expect(await today(NOW)).toMatchObject({ used: 1_000_000, limit: null, forPolls: null });
      await exhaust(NOW);
      expect(await reserve(1)).toBe(0);
    });

    it('takes back what was not sent, on the day that it was reserved', async () => {
      const { reserve, giveBack, left } = await quotaOf({ ...key, perDay: 10, reserveShare: 0 });
      await reserve(10);
      await giveBack(4, MIDNIGHT);
      expect(await left()).toBe(4);
      await reserve(3, 'regular', TOMORROW);
      await giveBack(2, MIDNIGHT);
      expect([await left(), await left(TOMORROW)]).toEqual([6, 7]);
    });

    it('counts the requests of each key by themselves', async () => {
      const { reserve, left, quota } = await quotaOf();
      const other = { key: 'key-2', perDay: 20, reserveShare: 0 };
      await reserve(90);
      expect(await quota.reserve(other, { count: 15, purpose: 'regular', now: MIDNIGHT })).toBe(15);
      await quota.exhaust(other, NOW);
      expect(await left()).toBe(10);
      expect(await reserve(1, 'priority')).toBe(1);
      expect(await quota.today(other, NOW)).toMatchObject({ used: 15, isExhausted: true });
      const unused = { ...other, key: 'never used' };
      const all = await Promise.all([other, unused].map((each) => quota.today(each, NOW)));
      expect(await quota.todayOfAll([other, unused], NOW)).toEqual(all);
    });
  });
}
