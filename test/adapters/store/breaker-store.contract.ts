import { describe, expect, it } from '@jest/globals';
import { CLOSED } from '../../../src/domain/polling/breaker.ts';
import { NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';

export function breakerStoreContract(fresh: FreshStore): void {
  describe('whether Constant Contact answers', () => {
    it('is so until somebody finds that it does not, and again when somebody finds that it does', async () => {
      const { breakers } = await fresh();
      expect(await breakers.read()).toEqual(CLOSED);
      expect(await breakers.open('timeout', NOW)).toBe(true);
      expect(await breakers.read()).toEqual({ openSince: NOW, failure: 'timeout', closedAt: null });
      expect(await breakers.close(NOW, NOW + 5)).toBe(true);
      expect(await breakers.read()).toEqual({ openSince: null, failure: 'timeout', closedAt: NOW + 5 });
      expect(await breakers.open('dns', NOW + 9)).toBe(true);
      expect(await breakers.read()).toEqual({ openSince: NOW + 9, failure: 'dns', closedAt: NOW + 5 });
    });

    it('is noted by one of several processes', async () => {
      const { breakers } = await fresh();
      const opened = await Promise.all([1, 2, 3].map((n) => breakers.open('server', NOW + n)));
      expect(opened.filter(Boolean)).toHaveLength(1);
      const { openSince } = await breakers.read();
      expect(await breakers.close((openSince ?? 0) + 1, NOW)).toBe(false);
      const closed = await Promise.all([1, 2].map(() => breakers.close(openSince ?? 0, NOW + 9)));
      expect(closed.filter(Boolean)).toHaveLength(1);
    });
  });
}
