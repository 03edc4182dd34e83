import { describe, expect, it } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';

const write = { id: 'key-1 first', request: 'sha-1' };
const answer = { status: 201, contentType: 'application/json; charset=utf-8', body: '{"key":"lw_…“\u2028"}' };

export function apiWriteStoreContract(fresh: FreshStore): void {
  describe('the store of writes that a program may repeat', () => {
    it('gives a write to whoever begins it first, and what is known of it to the others', async () => {
      const { apiWrites } = await fresh();
      expect(await apiWrites.begin(write, NOW)).toBeNull();
      const again = await apiWrites.begin({ ...write, request: 'sha-2' }, NOW + MINUTE_MS);
      expect(again).toEqual({ request: 'sha-1', beganAt: NOW, answer: null });
      expect(await apiWrites.begin({ ...write, id: 'key-2 first' }, NOW)).toBeNull();
    });

    it('gives the answer, letter by letter, for a day, and not longer', async () => {
      const { apiWrites } = await fresh();
      await apiWrites.begin(write, NOW);
      await apiWrites.finish(write.id, answer);
      const known = { request: 'sha-1', beganAt: NOW, answer };
      expect(await apiWrites.begin(write, NOW + DAY_MS)).toEqual(known);
      expect(await apiWrites.begin(write, NOW + DAY_MS + 1)).toBeNull();
    });

    it('gives an empty answer as well', async () => {
      const { apiWrites } = await fresh();
      await apiWrites.begin(write, NOW);
      await apiWrites.finish(write.id, { ...answer, status: 204, body: '' });
      expect(await apiWrites.begin(write, NOW)).toMatchObject({ answer: { status: 204, body: '' } });
    });

    it('lets a write of which nothing came be begun again, and keeps one that is answered', async () => {
      const { apiWrites } = await fresh();
      await apiWrites.begin(write, NOW);
      await apiWrites.forget(write.id);
      expect(await apiWrites.begin(write, NOW)).toBeNull();
      await apiWrites.finish(write.id, answer);
      await apiWrites.forget(write.id);
      expect(await apiWrites.begin(write, NOW)).toMatchObject({ answer });
    });

    it('lets a write be begun again whose process has died', async () => {
      const { apiWrites } = await fresh();
      await apiWrites.begin(write, NOW);
      expect(await apiWrites.begin(write, NOW + 2 * MINUTE_MS)).toMatchObject({ answer: null });
      expect(await apiWrites.begin(write, NOW + 2 * MINUTE_MS + 1)).toBeNull();
    });
  });

  describe('the store of requests that API keys make', () => {
    it('counts each key by itself, anew in each minute', async () => {
      const { apiUses } = await fresh();
      expect(await apiUses.count('key-1', NOW, 3)).toBe(3);
      expect(await apiUses.count('key-1', NOW, 4)).toBe(7);
      expect(await apiUses.count('key-2', NOW, 1)).toBe(1);
      expect(await apiUses.count('key-1', NOW + MINUTE_MS, 5)).toBe(5);
    });

    it('counts what a process with a slow clock adds in the minute that has begun', async () => {
      const { apiUses } = await fresh();
      await apiUses.count('key-1', NOW + MINUTE_MS, 5);
      expect(await apiUses.count('key-1', NOW, 2)).toBe(7);
    });
  });
}
