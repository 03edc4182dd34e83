import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '../../../src/monitoring/store-unavailable.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import type { Prisma } from '../../../src/store/model.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { inTransaction } from '../../../src/store/transaction.ts';
import { SHORT_WAITS } from '../../../src/store/waits.ts';
import { aTenant, NOW } from '../../support/builders.ts';
import { fillHistory } from '../../support/fill-history.ts';
import { createTestDatabase, encryption, type TestDatabase } from '../../support/store-fixtures.ts';
import { findTenant, firstPage } from '../../support/store-records.ts';
import { until } from '../../support/until.ts';

describe('opening a database', () => {
  it('is refused when the URL names neither kind', () => {
    expect(() => openDatabase('mysql://localhost/linkwatch')).toThrow('neither file: nor postgresql://');
  });

  it.each(['file:/proc/linkwatch/data/linkwatch.db', 'file:/dev/null/data/linkwatch.db'])(
    'is refused where no folder can be made: %s',
    async (url) => {
      const { db } = openDatabase(url);
      await expect(db.tenant.count()).rejects.toThrow(
        /DATABASE_URL must name a place .+; the folder .+ cannot be made/,
      );
    },
  );

  it('tells in plain words that a file cannot be opened, and keeps the cause', async () => {
    const store = openStores({ databaseUrl: 'file:/proc/x.db', encryption });
    const failure = await store.migrate().then(
      () => null,
      (error: StoreUnavailable) => error,
    );
    expect(failure).toBeInstanceOf(StoreUnavailable);
    expect(failure?.message).toBe('the database file /proc/x.db cannot be opened');
    expect(failure?.hint).toBe('Check DATABASE_URL, and that this user may read and write the file and /proc.');
    expect(String(failure?.cause)).toContain('ConnectionFailed');
    await store.close();
  });

  it('tells in plain words that the server cannot be reached, and keeps the cause', async () => {
    const store = openStores({ databaseUrl: 'postgresql://a:secret@127.0.0.1:1/x', encryption });
    for (const work of [store.migrateExisting, store.migrate]) {
      const failure = await work().catch((error: unknown) => error);
      expect(failure).toMatchObject({
        message: 'the database cannot be reached at 127.0.0.1:1',
        cause: expect.any(Error),
      });
    }
    await store.close();
  });
});

describe('SQLite', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase('SQLite');
  });
  afterAll(() => database.drop());

  const pragma = async (name: string) => {
    const [row] = await database.raw.db.$queryRawUnsafe<readonly Record<string, unknown>[]>(`PRAGMA ${name}`);
    return Number(Object.values(row ?? {})[0]) || Object.values(row ?? {})[0];
  };

  it('waits for others, survives a power cut and keeps references whole', async () => {
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('busy_timeout')).toBe(50);
  });

  it('finds a file by a relative address, with or without an escaped space', async () => {
    const file = fileURLToPath(new URL(database.url.replaceAll(' ', '%20')));
    const relative = `file:./${file.replace(/^\//, '../../../../../../../../../')}`;
    for (const url of [
      relative,
      relative.replaceAll(' ', '%20'),
      `file:${file}`,
      `file://${file.replaceAll(' ', '%20')}`,
    ]) {
      const { db } = openDatabase(url);
      expect(await db.tenant.count()).toBe(0);
      await db.$disconnect();
    }
    expect(existsSync(file)).toBe(true);
  });

  it('opens no file for a transaction that it does not close', async () => {
    const openFiles = () => readdirSync('/proc/self/fd').length;
    const touch = () => inTransaction(database.raw, ({ db }) => db.tenant.updateMany({ data: { name: 'x' } }));
    await touch();
    const before = openFiles();
    for (let n = 0; n < 50; n += 1) await touch();
    // Files of earlier tests may be closed meanwhile.
    expect(openFiles()).toBeLessThanOrEqual(before);
  });

  it('prepares a statement that reads all columns anew, so that it finds a new one', async () => {
    const { db } = database.raw;
    await db.$executeRawUnsafe('CREATE TABLE "Scratch" ("id" TEXT, "size" INTEGER)');
    const insert = () => db.$executeRawUnsafe('INSERT INTO "Scratch" ("id", "size") VALUES ($1, $2)', 'a', 2 ** 40);
    const read = () => db.$queryRawUnsafe('SELECT * FROM "Scratch"');
    await insert();
    expect(await read()).toEqual([{ id: 'a', size: 2 ** 40 }]);
    await db.$executeRawUnsafe(`ALTER TABLE "Scratch" ADD COLUMN "name" TEXT DEFAULT 'none'`);
    await insert();
    expect(await read()).toEqual(Array(2).fill({ id: 'a', size: 2 ** 40, name: 'none' }));
    await db.$executeRawUnsafe('DROP TABLE "Scratch"');
    await expect(read()).rejects.toThrow('no such table');
  });

  it('lets go of statements that are not used any more, and of what they read', async () => {
    const { db } = database.raw;
    const numbers = Array.from({ length: 600 }, (_, n) => n);
    for (const round of [1, 2]) {
      for (const n of numbers) expect(await db.$queryRawUnsafe(`SELECT ${n} * $1 AS "product"`, round)).toHaveLength(1);
    }
    // A statement that still read would keep the log from being emptied.
    const [checkpoint] = await db.$queryRawUnsafe<readonly unknown[]>('PRAGMA wal_checkpoint(TRUNCATE)');
    expect(checkpoint).toMatchObject({ busy: 0 });
  });

  it('takes transactions that overlap in one process one after the other', async () => {
    await database.raw.db.tenant.deleteMany();
    const { tenants, records } = database.open();
    await tenants.add([{ tenant: aTenant({ intervalMs: 0 }), contacts: [], grant: null }]);
    const increments = Array.from({ length: 30 }, () =>
      inTransaction(database.raw, async ({ db }) => {
        const { intervalMs } = await db.tenant.findUniqueOrThrow({ where: { id: 'tenant-1' } });
        await db.tenant.updateMany({ data: { intervalMs: intervalMs + 1n } });
      }),
    );
    await Promise.all(increments);
    const read = await records.read(['tenant-1']);
    expect(read.map(({ tenant }) => tenant.intervalMs)).toEqual([30]);
  });

  it('gives up after a bounded number of attempts when another process never ends', async () => {
    const impatient = openDatabase(database.url, { ...SHORT_WAITS, connectMs: 10 });
    const blocked = inTransaction(database.raw, async () => {
      const failure = await inTransaction(impatient, async () => 'got through').catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'P1008' });
    });
    await blocked;
    expect(await inTransaction(impatient, async () => 'got through')).toBe('got through');
    await impatient.db.$disconnect();
  });
});

describe('PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase('PostgreSQL');
  });
  afterAll(() => database.drop());

  it('goes on after the server has cut its connections', async () => {
    const store = database.open();
    expect(await findTenant(store, 'nobody')).toBeNull();
    await database.raw.db.$executeRawUnsafe(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    // Whoever asks before the client has noticed is told, for each of the pool's connections; then it has new ones.
    await until('a new connection', async () => (await findTenant(store, 'nobody').catch(() => 'away')) === null);
    expect(await findTenant(store, 'nobody')).toBeNull();
  });

  describe('that keeps statements', () => {
    const open = (preparesStatements: boolean) =>
      openDatabase(database.url, SHORT_WAITS, { connections: 1, preparesStatements });
    const keptBy = async ({ db }: Database) =>
      (await db.$queryRawUnsafe<readonly { statement: string }[]>('SELECT statement FROM pg_prepared_statements')).map(
        ({ statement }) => statement,
      );

    it('prepares what is asked often, and nothing where that is not wanted', async () => {
      for (const [preparesStatements, kept] of [
        [true, ['SELECT $1::int + 1']],
        [false, []],
      ] as const) {
        const own = open(preparesStatements);
        for (let n = 0; n < 8; n += 1) {
          expect(await own.db.$queryRawUnsafe('SELECT $1::int + 1', n)).toEqual([{ '?column?': n + 1 }]);
        }
        await own.db.$queryRawUnsafe('SELECT $1::int + 2', 1);
        expect(await keptBy(own)).toEqual(kept);
        await own.db.$disconnect();
      }
    });

    it('goes on after a statement of them has failed, within a transaction and without', async () => {
      const own = open(true);
      const divide = (db: Prisma.TransactionClient, by: number) =>
        db.$queryRawUnsafe('SELECT 6 / $1::int AS share', by);
      for (let n = 0; n < 8; n += 1) {
        await expect(divide(own.db, 0)).rejects.toThrow('division by zero');
        await expect(inTransaction(own, ({ db }) => divide(db, 0))).rejects.toThrow('division by zero');
        expect(await inTransaction(own, ({ db }) => divide(db, 2))).toEqual([{ share: 3 }]);
      }
      expect(await keptBy(own)).toContain('SELECT 6 / $1::int AS share');
      await own.db.$disconnect();
    });

    it('answers as before while a newer program adds a column', async () => {
      const own = open(true);
      await own.db.$executeRawUnsafe('CREATE TABLE "Scratch" ("id" TEXT, "size" INTEGER)');
      await own.db.$executeRawUnsafe(`INSERT INTO "Scratch" ("id", "size") VALUES ('a', 1)`);
      const all = 'SELECT * FROM "Scratch" WHERE "id" = $1';
      const joined = 'SELECT s."id" FROM (SELECT r.* FROM "Scratch" r WHERE r."id" = $1 OFFSET 0) s';
      const ask = async () => [await own.db.$queryRawUnsafe(all, 'a'), await own.db.$queryRawUnsafe(joined, 'a')];
      for (let n = 0; n < 8; n += 1) expect(await ask()).toEqual([[{ id: 'a', size: 1 }], [{ id: 'a' }]]);
      await own.db.$executeRawUnsafe(`ALTER TABLE "Scratch" ADD COLUMN "name" TEXT DEFAULT 'none'`);
      expect(await ask()).toEqual([[{ id: 'a', size: 1, name: 'none' }], [{ id: 'a' }]]);
      expect(await keptBy(own)).toContain(joined);
      await own.db.$executeRawUnsafe('DROP TABLE "Scratch"');
      await own.db.$disconnect();
    });
  });

  it('repeats a transaction that was the victim of a deadlock', async () => {
    const { tenants } = database.open();
    const both = ['a', 'b'].map((id) => ({ tenant: aTenant({ id, name: '' }), contacts: [], grant: null }));
    await tenants.add(both);
    const bothHoldOne = meetingOf(2);
    let attempts = 0;
    const nameInOrder = (ids: readonly string[], name: string) =>
      inTransaction(database.raw, async ({ db }) => {
        attempts += 1;
        for (const id of ids) {
          await db.tenant.update({ where: { id }, data: { name } });
          await bothHoldOne();
        }
      });
    await Promise.all([nameInOrder(['a', 'b'], 'first'), nameInOrder(['b', 'a'], 'second')]);
    expect(attempts).toBe(3);
    const listed = await tenants.list({ ...firstPage, now: 0 });
    const names = listed.items.map(({ tenant }) => tenant.name);
    expect(new Set(names).size).toBe(1);
  });
});

/** Resolves for everybody once `count` have come. */
function meetingOf(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let missing = count;
  return () => {
    missing -= 1;
    if (missing === 0) resolve();
    return promise;
  };
}

describe.each(['SQLite', 'PostgreSQL'] as const)('closing a database of %s', (name) => {
  it('ends what still reads the fleet in the background', async () => {
    const database = await createTestDatabase(name);
    try {
      await fillHistory(database.raw, 300, NOW);
      const { monitor, close } = database.open();
      expect(await monitor.connections(NOW)).not.toEqual([]);
      const counting = monitor.connections(NOW).then(
        () => 'done',
        (error: unknown) => error,
      );
      await Promise.all([close(), counting]);
      expect(await counting).toMatchObject({ name: 'AbortError' });
    } finally {
      await database.drop();
    }
  });
});
