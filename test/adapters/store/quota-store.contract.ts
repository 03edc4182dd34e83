import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import type { RequestPurpose } from '../../../src/monitoring/ports.ts';
import { NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';

const limits = { perDay: 100, reserveShare: 0.1 };
const MIDNIGHT = Math.ceil(NOW / DAY_MS) * DAY_MS;

export function requestQuotaContract(fresh: FreshStore): void {
  const quotaOf = async (given = limits) => {
    const { quota } = await fresh(given);
    const reserve = (count: number, purpose: RequestPurpose = 'poll', now = NOW) =>
      quota.reserve({ count, purpose, now });
    return { ...quota, reserve };
  };

  describe('the quota of requests', () => {
    it('grants what is left when more is asked for, then nothing', async () => {
      const { reserve, left } = await quotaOf();
      expect(await reserve(60)).toBe(60);
      expect(await reserve(60)).toBe(30);
      expect(await reserve(1)).toBe(0);
      expect(await left(NOW)).toBe(10);
    });

    it('keeps its reserve for re-checks, which may use all', async () => {
      const { reserve, left } = await quotaOf();
      await reserve(90);
      expect(await reserve(7, 'recheck')).toBe(7);
      expect(await reserve(7, 'recheck')).toBe(3);
      expect(await left(NOW)).toBe(0);
    });

    it('gives polls nothing, not less than nothing, when re-checks have used their share', async () => {
      const { reserve } = await quotaOf();
      await reserve(95, 'recheck');
      expect(await reserve(1)).toBe(0);
      expect(await reserve(0)).toBe(0);
    });

    it('begins anew at midnight UTC', async () => {
      const { reserve, left } = await quotaOf();
      await reserve(90);
      expect(await reserve(1, 'poll', MIDNIGHT - 1)).toBe(0);
      expect(await left(MIDNIGHT)).toBe(100);
      expect(await reserve(1, 'poll', MIDNIGHT)).toBe(1);
    });

    it('has nothing left that day when upstream says so', async () => {
      const { reserve, left, exhaust } = await quotaOf();
      await reserve(5);
      await exhaust(NOW);
      expect(await reserve(1, 'recheck', NOW + HOUR_MS)).toBe(0);
      expect(await left(NOW)).toBe(0);
      expect(await left(MIDNIGHT)).toBe(100);
    });

    it('tells what was used today, of how much', async () => {
      const { reserve, exhaust, today } = await quotaOf();
      expect(await today(NOW)).toEqual({ used: 0, limit: 100, forPolls: 90, isExhausted: false });
      await reserve(60);
      await exhaust(NOW);
      expect(await today(NOW)).toEqual({ used: 60, limit: 100, forPolls: 90, isExhausted: true });
      expect(await today(MIDNIGHT)).toMatchObject({ used: 0, isExhausted: false });
    });

    it('grants everything without a limit, until upstream has enough', async () => {
      const { reserve, left, today, exhaust } = await quotaOf({ perDay: 0, reserveShare: 0.5 });
      expect(await reserve(1_000_000)).toBe(1_000_000);
      expect(await left(NOW)).toBe(Number.POSITIVE_INFINITY);
      expect(await today(NOW)).toMatchObject({ used: 1_000_000, limit: null, forPolls: null });
      await exhaust(NOW);
      expect(await reserve(1)).toBe(0);
    });

    it('takes back what was not sent, on the day that it was reserved', async () => {
      const { quota } = await fresh({ perDay: 10, reserveShare: 0 });
      await quota.reserve({ count: 10, purpose: 'poll', now: NOW });
      await quota.giveBack({ count: 4, reservedAt: NOW });
      expect(await quota.left(NOW)).toBe(4);
      const tomorrow = NOW + 24 * HOUR_MS;
      await quota.reserve({ count: 3, purpose: 'poll', now: tomorrow });
      await quota.giveBack({ count: 2, reservedAt: NOW });
      expect([await quota.left(NOW), await quota.left(tomorrow)]).toEqual([6, 7]);
    });
  });
}
