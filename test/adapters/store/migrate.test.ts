import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { databaseClock } from '../../../src/store/lease-clock.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { inTransaction } from '../../../src/store/transaction.ts';
import { aContact, aGrant, aTenant, NOW } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';
import { migrationsOf } from '../../support/store-migrations.ts';
import { startProcesses } from '../../support/store-processes.ts';
import { findTenant } from '../../support/store-records.ts';

const prismaFolder = join(import.meta.dirname, '../../../prisma');

describe.each(['SQLite', 'PostgreSQL'] as const)('migrating %s', (name) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase(name, { migrated: false });
  });
  afterEach(() => database.drop());

  const tenant = { tenant: aTenant(), contacts: [aContact()], grant: aGrant() };

  it('refuses a database that a newer program wrote, and says what to do', async () => {
    const all = await migrate(database.raw);
    await database.raw.db.$executeRawUnsafe(`UPDATE "_prisma_migrations" SET "migration_name" = '9999_of_tomorrow'`);
    expect(all).not.toEqual([]);
    await expect(database.open().migrate()).rejects.toMatchObject({
      name: 'OutdatedProgram',
      hint: expect.stringContaining('Start the version that wrote it'),
      message: expect.stringMatching(/database is newer than this program: it has 9999_of_tomorrow/),
    });
  });

  describe('by a newer program while this one works', () => {
    const table = 'CREATE TABLE "Tomorrow" ("id" TEXT NOT NULL);';
    const compatible = { name: '9000_compatible', sql: `-- Compatible: nobody else knows this table.\n${table}` };
    const breaking = { name: '9001_breaking', sql: `-- Breaking: for the sake of a test.\n${table}` };
    const unmarked = { name: '9002_unmarked', sql: table };
    const isDue = { ...tenant, tenant: aTenant({ nextPollAt: NOW }) };
    const claim = { now: NOW, holder: 'me', leaseMs: 1000, limit: 10, applicationId: null, which: 'due' } as const;
    const nothing = () => ({ updates: [], result: null });

    it('leaves it at work, and lets it be started, where the migration says that it may', async () => {
      const store = database.open();
      await store.migrate();
      await store.tenants.add([isDue]);
      expect(await migrate(database.raw, [...migrationsOf(name), compatible])).toEqual(['9000_compatible']);
      expect(await store.polls.claimDueTenants(claim)).toEqual(['tenant-1']);
      expect(await database.open().migrate()).toEqual([]);
      expect(await database.open().migrateExisting()).toEqual([]);
    });

    it.each([breaking, unmarked])('lets it write nothing more where it does not: $name', async (migration) => {
      const store = database.open();
      await store.migrate();
      await store.tenants.add([isDue]);
      await migrate(database.raw, [...migrationsOf(name), migration]);
      const refusal = {
        name: 'OutdatedProgram',
        message: expect.stringMatching(
          /^The database is newer than this program: it needs one that knows migration 900[12]/,
        ),
      };
      const tries = [
        () => store.polls.claimDueTenants(claim),
        () => store.records.change(['tenant-1'], nothing),
        () => store.outbox.dueMail(NOW, 1),
        () => store.webhookDeliveries.claim('endpoint', NOW, 1000),
        () => store.grants.lockRefresh({ tenantId: 'tenant-1', holder: 'me', leaseMs: 1000 }),
        () => database.open().migrate(),
        () => database.open().migrateExisting(),
      ];
      for (const attempt of tries) await expect(attempt()).rejects.toMatchObject(refusal);
      const { pollLeaseBy } = await database.raw.db.tenant.findUniqueOrThrow({ where: { id: 'tenant-1' } });
      expect(pollLeaseBy).toBeNull();
    });

    it('waits for what it has begun, and shuts out what it begins later', async () => {
      const store = database.open();
      await store.migrate();
      await store.tenants.add([isDue]);
      const [order, other]: [string[], Database] = [[], openDatabase(database.url)];
      const migrated = await inTransaction(database.raw, async (session) => {
        await databaseClock(session);
        const migrating = migrate(other, [...migrationsOf(name), breaking]);
        const done = migrating.then(() => order.push('migrated'));
        // Far longer than a migration that waits for nobody takes.
        for (let n = 0; n < 100; n += 1) await session.db.tenant.count();
        order.push('written');
        return { done };
      });
      await migrated.done;
      await other.db.$disconnect();
      expect(order).toEqual(['written', 'migrated']);
      await expect(store.records.change(['tenant-1'], nothing)).rejects.toThrow('newer than this program');
    });
  });

  it('does all of it or nothing, and names the migration that failed', async () => {
    const broken = [
      { name: '0001_good', sql: 'CREATE TABLE "Good" ("id" TEXT NOT NULL);' },
      { name: '0002_broken', sql: '-- A comment; with a semicolon\nCREATE TABLE "Half" ("id" TEXT);\n\nNONSENSE;\n' },
    ];
    const failure = await migrate(database.raw, broken).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: 'Migration 0002_broken failed at: NONSENSE', cause: expect.any(Error) });
    expect(await migrate(database.raw, broken.slice(0, 1))).toEqual(['0001_good']);
  });

  it('is done by one of several processes that start at once; the others wait for it', async () => {
    const processes = await startProcesses(database.url);
    const applied = await processes.together('migrate');
    await processes.stop();
    const names = readdirSync(join(prismaFolder, 'migrations', name.toLowerCase())).toSorted();
    expect(applied.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([[], [], names]);
    const store = database.open();
    await store.tenants.add([tenant]);
    expect(await store.migrate()).toEqual([]);
    expect(await findTenant(store, 'tenant-1')).not.toBeNull();
  });

  it('keeps every row when a later migration copies a table', async () => {
    const store = database.open();
    await store.migrate();
    await store.tenants.add([tenant]);
    const copy = { name: '9000_copy', sql: await copyOfTenants(database) };
    expect(await migrate(database.raw, [...migrationsOf(name), copy])).toEqual(['9000_copy']);
    const found = await findTenant(store, 'tenant-1');
    expect(found?.contacts).toEqual([aContact()]);
    expect(await store.grants.read('tenant-1')).toMatchObject(aGrant());
    expect(await store.tenants.erase('tenant-1')).toBe(true);
    expect(await store.grants.read('tenant-1')).toBeNull();
  });
});

describe('the migrations', () => {
  it('lead to the model: `node prisma/new-migration.ts NAME` writes the missing one', () => {
    const [model, latest] = ['schema.prisma', 'migrations/schema.prisma'].map((file) =>
      readFileSync(join(prismaFolder, file), 'utf8'),
    );
    expect(latest).toBe(model);
  });

  it('make the tables of the model, and nothing is left to do for Prisma’s own engine', async () => {
    const database = await createTestDatabase('SQLite');
    const drift = join(import.meta.dirname, '../../support/store-drift.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--disable-warning=ExperimentalWarning',
      drift,
      database.url,
    ]);
    await database.drop();
    expect(JSON.parse(stdout)).toEqual({ applied: [], difference: '-- This is an empty migration.' });
  });

  it('say from 0019 on whether a program can live with them that does not know them', () => {
    for (const database of ['SQLite', 'PostgreSQL'] as const) {
      for (const { name, sql } of migrationsOf(database).filter((migration) => migration.name >= '0019')) {
        expect({ name, begins: sql.split('\n')[0] }).toEqual({
          name,
          begins: expect.stringMatching(/^-- (Compatible|Breaking): [A-Z0-9a-z].*\.$/),
        });
      }
    }
  });

  it('are the same for both databases, by name', () => {
    const [sqlite, postgresql] = ['sqlite', 'postgresql'].map((folder) =>
      readdirSync(join(prismaFolder, 'migrations', folder)),
    );
    expect(sqlite).toEqual(postgresql);
  });
});

/** What Prisma writes for SQLite when a column changes; PostgreSQL can change a column in place. */
async function copyOfTenants({ raw: { db, dialect } }: TestDatabase): Promise<string> {
  if (dialect.name === 'postgresql') return 'ALTER TABLE "Tenant" ALTER COLUMN "name" SET DEFAULT 0;\n';
  const [row] = await db.$queryRawUnsafe<readonly { sql: string }[]>(
    `SELECT "sql" FROM "sqlite_master" WHERE "name" = 'Tenant'`,
  );
  return [
    'PRAGMA defer_foreign_keys=ON;',
    'PRAGMA foreign_keys=OFF;',
    `${row?.sql.replace('"Tenant"', '"new_Tenant"')};`,
    'INSERT INTO "new_Tenant" SELECT * FROM "Tenant";',
    'DROP TABLE "Tenant";',
    'ALTER TABLE "new_Tenant" RENAME TO "Tenant";',
    'PRAGMA foreign_keys=ON;',
    'PRAGMA defer_foreign_keys=OFF;',
  ].join('\n');
}
