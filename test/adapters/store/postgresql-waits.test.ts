import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { inTransaction } from '../../../src/store/transaction.ts';
import { troubleOf } from '../../../src/store/trouble.ts';
import type { Waits } from '../../../src/store/waits.ts';
import { startWire, type Wire } from '../../support/program-wire.ts';
import { createTestDatabase, encryption, type TestDatabase } from '../../support/store-fixtures.ts';

const hasty: Waits = { connectMs: 1_000, statementMs: 400, lockMs: 200, idleMs: 400 };

describe('PostgreSQL', () => {
  let database: TestDatabase;
  let wire: Wire;
  let url: URL;
  const opened: Database[] = [];
  beforeAll(async () => {
    database = await createTestDatabase('PostgreSQL');
    url = new URL(database.url);
    wire = await startWire(Number(url.port));
    url.port = `${wire.port}`;
  });
  afterEach(async () => {
    await wire.mend();
    await Promise.all(opened.splice(0).map(({ db }) => db.$disconnect()));
  });
  afterAll(async () => {
    await wire.close();
    await database.drop();
  });

  const open = (waits: Waits, parameters = '') => {
    const through = openDatabase(`${url.href}${parameters}`, waits);
    opened.push(through);
    return through;
  };
  const setting = async ({ db }: Database, name: string) => {
    const [row] = await db.$queryRawUnsafe<readonly { ms: string }[]>(
      'SELECT setting AS ms FROM pg_settings WHERE name = $1',
      name,
    );
    return Number(row?.ms);
  };
  const kindOf = async (work: Promise<unknown>) =>
    await work.then(
      () => 'none',
      (error: unknown) => troubleOf(error, 'postgresql')?.kind ?? String(error),
    );

  it.each([
    ['statement_timeout', 400],
    ['lock_timeout', 200],
    ['idle_in_transaction_session_timeout', 400],
  ])('bounds %s itself, unless DATABASE_URL does', async (name, ms) => {
    expect(await setting(open(hasty), name)).toBe(ms);
    expect(await setting(open(hasty, `?${name}=1234`), name)).toBe(1234);
  });

  it('ends a statement that takes too long, and goes on', async () => {
    const slow = open(hasty);
    expect(await kindOf(slow.db.$queryRawUnsafe('SELECT pg_sleep(30)::text'))).toBe('slow');
    expect(await slow.db.tenant.count()).toBe(0);
  });

  it('ends the wait for a lock that another session holds', async () => {
    const ours = open(hasty);
    await inTransaction(database.raw, async ({ db }) => {
      await db.$executeRawUnsafe('LOCK TABLE "Tenant" IN ACCESS EXCLUSIVE MODE');
      expect(await kindOf(ours.db.tenant.count())).toBe('locked');
    });
    expect(await ours.db.tenant.count()).toBe(0);
  });

  it('takes back the locks of a transaction whose process is frozen', async () => {
    const frozen = open(hasty);
    const transaction = inTransaction(frozen, async ({ db }) => {
      await db.$executeRawUnsafe('LOCK TABLE "Tenant" IN ACCESS EXCLUSIVE MODE');
      expect(await database.raw.db.tenant.count()).toBe(0);
      await db.tenant.count();
    });
    expect(await kindOf(transaction)).toBe('away');
  });

  it.each(['a statement', 'a transaction', 'a commit'])(
    'gives up a connection that has frozen in the midst of %s, and works again afterwards',
    async (moment) => {
      const ours = open(hasty);
      expect(await ours.db.tenant.count()).toBe(0);
      const work = inTransaction(ours, async ({ db }) => {
        if (moment === 'a transaction') wire.freeze();
        await db.tenant.count();
        if (moment === 'a commit') wire.freeze();
      });
      if (moment === 'a statement') wire.freeze();
      const began = performance.now();
      expect(await kindOf(work)).toBe('away');
      expect(performance.now() - began).toBeLessThan(15_000);

      await wire.mend();
      for (let n = 0; n < 12; n += 1) await inTransaction(ours, async ({ db }) => db.tenant.count());
    },
  );

  it('tells within its time that no connection can be had', async () => {
    wire.freeze();
    const began = performance.now();
    expect(await kindOf(open(hasty).db.tenant.count())).toBe('away');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('says in plain words where nobody listens', async () => {
    await wire.cut();
    const store = openStores({ databaseUrl: url.href, encryption });
    await expect(store.tenants.erase('nobody')).rejects.toMatchObject({
      name: 'StoreUnavailable',
      kind: 'away',
      message: `the database cannot be reached at 127.0.0.1:${url.port}`,
    });
    await store.close();
  });
});
