import { describe, expect, it } from '@jest/globals';
import type { RateId } from '../../../src/monitoring/ports.ts';
import { NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';

const api: RateId = { key: 'key-1', endpoint: 'api' };
/** More than the clocks of a test and of a database on the same machine can differ. */
const CLOCK_DIFFERENCE_MS = 2_000;

export function requestRateContract(fresh: FreshStore): void {
  describe('the rate of requests', () => {
    const begun = async (id: RateId = api) => {
      const { rates } = await fresh();
      const { now: _, ...rate } = await rates.read(id);
      return { rates, rate };
    };

    it('of a key that never asked lies in the past', async () => {
      expect((await begun()).rate).toEqual({ nextAt: 0, pausedUntil: 0 });
    });

    it('is kept to the millisecond', async () => {
      const { rates, rate } = await begun();
      const next = { nextAt: NOW + 1, pausedUntil: NOW - 1 };
      expect(await rates.replace(api, rate, next)).toBe(true);
      expect(await rates.read(api)).toMatchObject(next);
    });

    it.each([
      ['the next free moment', { nextAt: NOW + 1, pausedUntil: NOW }],
      ['the end of a pause', { nextAt: NOW, pausedUntil: NOW + 1 }],
    ])('is not replaced when another process has changed %s meanwhile', async (_, changed) => {
      const { rates, rate } = await begun();
      const read = { nextAt: NOW, pausedUntil: NOW };
      await rates.replace(api, rate, read);
      await rates.replace(api, read, changed);
      expect(await rates.replace(api, read, { nextAt: NOW + 9, pausedUntil: NOW + 9 })).toBe(false);
      expect(await rates.read(api)).toMatchObject(changed);
    });

    it.each<RateId>([
      { key: 'key-1', endpoint: 'token' },
      { key: 'key-2', endpoint: 'api' },
      { key: '', endpoint: 'api' },
    ])('of one key and endpoint says nothing about $key and $endpoint', async (other) => {
      const { rates, rate } = await begun();
      await rates.replace(api, rate, { nextAt: NOW, pausedUntil: NOW });
      expect(await rates.read(other)).toMatchObject({ nextAt: 0, pausedUntil: 0 });
    });

    it('is begun by one of several callers who come at once', async () => {
      const { rates } = await fresh();
      const read = await Promise.all([1, 2, 3].map(() => rates.read(api)));
      expect(read).toEqual(Array(3).fill(expect.objectContaining({ nextAt: 0, pausedUntil: 0 })));
    });

    it('comes with the time of the clock that all processes share', async () => {
      const { rates } = await fresh();
      const times: number[] = [];
      for (let n = 0; n < 20; n += 1) times.push((await rates.read(api)).now);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(new Set(times.map(Number.isInteger))).toEqual(new Set([true]));
      expect(Math.abs((times.at(-1) ?? 0) - Date.now())).toBeLessThan(CLOCK_DIFFERENCE_MS);
    });
  });
}
