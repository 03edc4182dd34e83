import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/model/time.ts';
import { createWorkerClock } from '../../../src/monitoring/work/worker-clock.ts';
import { createQuotaStore } from '../../../src/store/quota-store.ts';
import { NOW } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';

/* Three minutes before midnight by the database's clock; the machine's own may be another. */
const TOMORROW = (Math.floor(NOW / DAY_MS) + 1) * DAY_MS;
const LATE = TOMORROW - 3 * MINUTE_MS;
const key = { key: 'key-1', perDay: 100, reserveShare: 0 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase('SQLite');
});
afterAll(async () => await database.drop());

/** @param aheadMs how far the machine's clock is ahead of the database's */
function aWorker(aheadMs: number) {
  const clock = createWorkerClock({ now: () => LATE + aheadMs, sleep: async () => undefined });
  return { clock, quota: createQuotaStore(database.raw, async () => LATE, clock) };
}

const machines = [
  ['as the database’s', 0],
  ['half a second behind', -SECOND_MS / 2],
  ['five minutes behind', -5 * MINUTE_MS],
  ['five minutes ahead', 5 * MINUTE_MS],
  ['plainly wrong, hours ahead', 5 * HOUR_MS],
] as const;

it.each(machines)(
  'a key whose day is used up has the next day’s requests, by a clock that is %s',
  async (_, aheadMs) => {
    for (const isCompared of [false, true]) {
      await database.empty();
      const { clock, quota } = aWorker(aheadMs);
      if (isCompared) clock.compare(aheadMs);
      await quota.reserve(key, { count: 1, purpose: 'regular', now: clock.now() });
      await quota.exhaust(key, clock.now());
      const rows = await database.raw.db.requestDay.findMany();
      const today = new Date(LATE).toISOString().slice(0, 10);
      expect(rows).toEqual([{ key: 'key-1', day: today, used: 1, isExhausted: true }]);
    }
  },
);

it('keeps to the database’s day when the worker’s clock is corrected meanwhile', async () => {
  await database.empty();
  const { clock, quota } = aWorker(5 * MINUTE_MS);
  await quota.reserve(key, { count: 1, purpose: 'regular', now: clock.now() });
  clock.compare(5 * MINUTE_MS);
  await quota.reserve(key, { count: 2, purpose: 'regular', now: clock.now() });
  expect(await database.raw.db.requestDay.findMany()).toMatchObject([{ used: 3 }]);
});
