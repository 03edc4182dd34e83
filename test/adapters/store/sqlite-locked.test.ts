import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenStores } from '../../../src/store/open-stores.ts';
import { aGrant, aTenant, NOW } from '../../support/builders.ts';
import { lockFile } from '../../support/locked-file.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';

const PLAIN = 'the database is locked: another program has been writing to it for too long';
const KEY = { key: 'key-1', perDay: 0, reserveShare: 0 };
const oneRequest = { count: 1, purpose: 'regular', now: NOW } as const;

describe('an SQLite file that another program has locked', () => {
  let database: TestDatabase;
  let store: OpenStores;
  let release = () => {};
  beforeAll(async () => {
    database = await createTestDatabase('SQLite');
    store = database.open();
    await store.tenants.add([{ tenant: aTenant(), contacts: [], grant: aGrant() }]);
  });
  afterEach(() => release());
  afterAll(() => database.drop());

  const lock = () => {
    ({ release } = lockFile(database.url));
  };

  it('is waited for in turns with all other work, and then named in plain words', async () => {
    lock();
    const turns = countTurns();
    const began = performance.now();
    const refusal = await store.quota.reserve(KEY, oneRequest).catch((error: unknown) => error);
    const [lastedMs, taken] = [performance.now() - began, turns.stop()];

    expect(refusal).toMatchObject({ name: 'StoreUnavailable', kind: 'locked', message: PLAIN });
    expect(lastedMs).toBeGreaterThan(4_500);
    expect(lastedMs).toBeLessThan(9_000);
    // Where the whole process waits, a timer has a turn or two.
    expect(taken).toBeGreaterThan(20);
  });

  it('is waited for once by however many that want to write', async () => {
    lock();
    const began = performance.now();
    const reservations = Array.from({ length: 40 }, () => store.quota.reserve(KEY, oneRequest));
    const changes = Array.from({ length: 10 }, () =>
      store.records.change(['tenant-1'], () => ({ updates: [], result: 1 })),
    );
    const outcomes = await Promise.allSettled([...reservations, ...changes]);

    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('can be read all the same, and its tables are found up to date', async () => {
    lock();
    const began = performance.now();
    expect(await store.migrate()).toEqual([]);
    expect(await store.records.read(['tenant-1'])).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('is written to as soon as it is free, and no file stays open', async () => {
    const openFiles = () => readdirSync('/proc/self/fd').length;
    await store.quota.reserve(KEY, oneRequest);
    const before = openFiles();
    for (let round = 0; round < 5; round += 1) {
      lock();
      const reserved = store.quota.reserve(KEY, oneRequest);
      await pause(300);
      release();
      expect(await reserved).toBe(1);
    }
    expect(openFiles()).toBeLessThanOrEqual(before + 1);
  });
});

/** How often a timer has its turn. */
function countTurns() {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 10);
  return {
    stop: () => {
      clearInterval(timer);
      return turns;
    },
  };
}
