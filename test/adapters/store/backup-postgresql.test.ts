import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createDatabaseCopies } from '../../../src/store/copies/database-copies.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { aContact, aNotification, anOperatorNotification, anUpdate, aTenant, NOW } from '../../support/builders.ts';
import type { DatabaseServer } from '../../support/database-server.ts';
import { packagedPostgres, startPackagedPostgres } from '../../support/packaged-postgres.ts';
import { createTestDatabase, encryption } from '../../support/store-fixtures.ts';
import { migrationsOf } from '../../support/store-migrations.ts';
import { save, storeOperatorMail } from '../../support/store-records.ts';

const programs = packagedPostgres();
const [hour, later] = [3_600_000, NOW + 24 * 3_600_000];
const PATH = process.env.PATH;

describe('a copy of PostgreSQL where pg_dump', () => {
  let folder = '';
  let server: DatabaseServer;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'linkwatch-dump-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const place = (name: string) => join(folder, name);
  afterAll(async () => {
    process.env.PATH = PATH;
    if (programs !== null) await server.stop();
  });

  it('is not there says what to install, and what to run', async () => {
    const database = await createTestDatabase('PostgreSQL');
    process.env.PATH = '/nowhere';
    const copies = createDatabaseCopies(database.raw, database.url);
    await expect(copies.backUp({ file: place('a'), replace: false, now: NOW })).rejects.toMatchObject({
      message: 'pg_dump is not on this machine',
      hint: expect.stringContaining('pg_dump --format=custom'),
    });
    process.env.PATH = PATH;
    expect(statSync(place('a'), { throwIfNoEntry: false })).toBeUndefined();
    await database.drop();
  });

  (programs === null ? describe.skip : describe)('is there', () => {
    beforeAll(async () => {
      process.env.PATH = `${programs}:${PATH}`;
      server = await startPackagedPostgres(programs ?? '');
    });
    const empty = () =>
      withDatabase(server.url, async ({ db }) => {
        await db.$executeRawUnsafe('DROP SCHEMA public CASCADE');
        await db.$executeRawUnsafe('DROP SCHEMA IF EXISTS linkwatch_replaced_20260116120000 CASCADE');
        await db.$executeRawUnsafe('CREATE SCHEMA public');
        await db.$executeRawUnsafe('CREATE TABLE "SomebodyElses" ("id" TEXT)');
      });
    const backUp = (name: string) =>
      withDatabase(server.url, (database) =>
        createDatabaseCopies(database, server.url).backUp({ file: place(name), replace: false, now: NOW + hour }),
      );
    const restore = (name: string, replace: boolean) =>
      createDatabaseCopies(openDatabase(server.url), server.url).restore({
        file: place(name),
        replace,
        now: later,
        holdId: 'hold-1',
      });

    it('brings all back, holds what may have been sent, and keeps what was replaced', async () => {
      await empty();
      await fill(server.url);
      await backUp('copy');
      expect(statSync(place('copy')).mode & 0o777).toBe(0o600);
      await withDatabase(server.url, ({ db }) => db.tenant.updateMany({ data: { name: 'Later' } }));
      await expect(restore('copy', false)).rejects.toThrow(/holds 1 tenant, and is not replaced/);

      const done = await restore('copy', true);
      expect(done).toMatchObject({ tenants: 1, held: 1, takenAt: NOW + hour, restoredAt: later, migrations: [] });
      await withDatabase(server.url, async ({ db }) => {
        expect(await db.tenant.findMany()).toMatchObject([{ name: "Jane's Bakery" }]);
        expect(await db.notification.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
          { id: 'mail', state: 'held', reason: 'held_restored' },
          { id: 'mail of tomorrow', state: 'pending' },
          { id: 'operator', state: 'cancelled' },
        ]);
        expect(await db.hold.findMany()).toMatchObject([{ kind: 'restored', openKey: 'restored' }]);
        const former = await db.$queryRawUnsafe(`SELECT "name" FROM "${done.keptAs}"."Tenant"`);
        expect(former).toEqual([{ name: 'Later' }]);
      });
      const store = storesAt(server.url);
      expect(await store.migrate()).toEqual([]);
      await store.close();
    });

    it('brings an older copy up to date', async () => {
      await empty();
      const older = migrationsOf('PostgreSQL').slice(0, -1);
      await withDatabase(server.url, (database) => migrate(database, older));
      await backUp('older');
      const store = storesAt(server.url);
      await store.migrate();
      await store.close();
      const latest = migrationsOf('PostgreSQL').at(-1)?.name;
      expect(await restore('older', false)).toMatchObject({ migrations: [latest], tenants: 0, held: 0 });
    });

    it('leaves the database as it was when the copy is torn, or a Linkwatch is connected', async () => {
      await empty();
      await fill(server.url);
      await backUp('torn');
      truncateSync(place('torn'), statSync(place('torn')).size - 2_000);
      await expect(restore('torn', true)).rejects.toThrow(/pg_restore failed|is damaged/);
      await withDatabase(server.url, async ({ db }) => {
        expect(await db.tenant.findMany()).toMatchObject([{ name: "Jane's Bakery" }]);
        const kept = await db.$queryRawUnsafe(`SELECT 1 FROM pg_namespace WHERE nspname LIKE 'linkwatch_replaced%'`);
        expect(kept).toEqual([]);
      });
      await backUp('whole');
      const daemon = storesAt(server.url);
      await daemon.holds.active();
      await expect(restore('whole', true)).rejects.toThrow(/is in use: Linkwatch is connected to it from/);
      await daemon.close();
    });
  });
});

async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.db.$disconnect();
  }
}

function storesAt(databaseUrl: string) {
  return openStores({ databaseUrl, encryption });
}

async function fill(url: string): Promise<void> {
  const store = storesAt(url);
  await store.migrate();
  await store.tenants.add([{ tenant: aTenant({ name: "Jane's Bakery" }), contacts: [aContact()], grant: null }]);
  const mail = aNotification({ id: 'mail', topics: [], createdAt: NOW - hour });
  const tomorrow = aNotification({ id: 'mail of tomorrow', topics: [], dueAt: later + 1, createdAt: NOW - hour });
  await save(store, anUpdate({ notifications: [mail, tomorrow] }));
  await storeOperatorMail(store, anOperatorNotification({ id: 'operator', createdAt: NOW - hour }));
  await store.close();
}
