import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { fileOf } from '../../../src/store/database.ts';
import type { OpenStores } from '../../../src/store/open-stores.ts';
import { NOW } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';
import { addFleet, liveADay } from '../../support/store-years.ts';

/** One day stands for its week. */
const WEEK_MS = 7 * DAY_MS;
const WEEKS = 4 * 52;
const [POLLS_KEPT_MS, HISTORY_KEPT_MS] = [30 * DAY_MS, 400 * DAY_MS];

describe('an SQLite file over the years', () => {
  let database: TestDatabase;
  let store: OpenStores;
  beforeAll(async () => {
    database = await createTestDatabase('SQLite');
    store = database.open();
  });
  afterAll(() => database.drop());

  it('grows until history is erased for the first time, and no more in the years after', async () => {
    await addFleet(store, NOW);
    const sizes: number[] = [];
    for (let week = 0; week < WEEKS; week += 1) {
      const now = NOW + week * WEEK_MS;
      await liveADay(store, now);
      const [pollsBefore, historyBefore] = [now - POLLS_KEPT_MS, now - HISTORY_KEPT_MS];
      const { incidents } = await store.retention.prune({ pollsBefore, historyBefore, writesBefore: now - DAY_MS });
      if (incidents > 0 && week % 8 === 0) sizes.push(await sizeOf(database));
    }
    const [early, late] = [sizes.slice(0, sizes.length / 2), sizes.slice(sizes.length / 2)];
    expect(early.length).toBeGreaterThan(7);
    // A page more or less is how full pages happen to be.
    expect(Math.max(...late)).toBeLessThanOrEqual(Math.max(...early) * 1.02);
    expect(Math.max(...late)).toBeLessThan((sizes[0] ?? 0) * 1.1);
  });
});

/** In bytes, everything that was written being in the one file. */
async function sizeOf({ url, raw }: TestDatabase): Promise<number> {
  await raw.db.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)');
  return statSync(fileOf(url)).size;
}
