import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDatabaseCopies } from '../../../src/store/copies/database-copies.ts';
import { copyInto, openRaw } from '../../../src/store/copies/sqlite-file.ts';
import { fileOf, openDatabase } from '../../../src/store/database.ts';
import { MOVE_UNFINISHED } from '../../../src/store/migrate.ts';
import { fillEveryTable } from '../../support/store-every-table.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';

const ROWS = 1_203;
const model = readFileSync(join(import.meta.dirname, '../../../prisma/schema.prisma'), 'utf8');
const tablesOfModel = [...model.matchAll(/^model (\w+)/gm)].map(([, name]) => name).toSorted();

describe('moving an SQLite file to PostgreSQL', () => {
  let made: TestDatabase;
  let target: TestDatabase;
  let copies = 0;
  beforeEach(async () => {
    made = await createTestDatabase('SQLite');
    target = await createTestDatabase('PostgreSQL', { migrated: false });
  });
  afterEach(async () => {
    await made.drop();
    await target.drop();
  });
  /** A file like the one that was made, which this process has never had open. */
  const aFile = () => {
    const file = `${fileOf(made.url)}-${copies++}`;
    copyInto(openRaw(fileOf(made.url)), file);
    return file;
  };
  const move = async (file = aFile(), onProgress: (rows: number, total: number) => void = () => undefined) => {
    const from = createDatabaseCopies(openDatabase(`file:${file}`), `file:${file}`);
    return await from.move({ url: target.url, onProgress });
  };

  it('takes every row of every table of the model, and nothing is lost or changed on the way', async () => {
    expect([...fillEveryTable(made.url, ROWS)].toSorted()).toEqual(tablesOfModel);
    const seen: number[] = [];
    const { tables, begunAnew } = await move(aFile(), (rows) => void seen.push(rows));
    expect(begunAnew).toBe(false);
    expect(tables.map(({ table }) => table).toSorted()).toEqual(tablesOfModel);
    for (const { table, rows } of tables) {
      expect({ table, rows }).toEqual({ table, rows: table === 'EventFeed' ? ROWS : expect.any(Number) });
      expect(rows).toBeGreaterThanOrEqual(ROWS);
    }
    expect(seen.at(-1)).toBe(tables.reduce((sum, { rows }) => sum + rows, 0));
    const { db } = target.raw;
    expect(await db.poll.findFirst({ where: { id: 1 } })).toMatchObject({
      tenantId: 'row 1',
      at: new Date(1_700_000_001_001),
      failureKind: 'failureKind 1 “Zoë’s” \\N \t\n {"a":"b"} 🥐',
    });
    expect(await db.tenant.findUnique({ where: { id: 'row 3' } })).toMatchObject({
      intervalMs: 9_007_199_254_740_003n,
      pagesWanted: true,
      schedule: null,
    });
    expect(await db.application.findUnique({ where: { id: 'row 4' } })).toMatchObject({ reserveShare: 4 / 7 });
    // Rows that PostgreSQL counts itself go on behind those that came.
    const added = await db.poll.create({
      data: { tenantId: 'row 1', at: new Date(), durationMs: 1, outcome: 'observed' },
    });
    expect(added.id).toBe(ROWS + 1);
    expect(await target.open().migrate()).toEqual([]);
  });

  it('refuses a target that holds a tenant, and changes nothing in it', async () => {
    const open = target.open();
    await open.migrate();
    await target.raw.db.tenant.create({ data: aTenantRow });
    await open.close();
    await target.raw.db.$disconnect();
    await expect(move()).rejects.toThrow(/is not empty: it holds 1 tenant/);
    expect(await target.raw.db.tenant.count()).toBe(1);
    expect(await target.open().migrate()).toEqual([]);
  });

  it('refuses while a Linkwatch has the file open, or is connected to the target', async () => {
    const file = aFile();
    const open = openRaw(file);
    open.exec('PRAGMA journal_mode = WAL; SELECT 1 FROM "Tenant"');
    await expect(move(file)).rejects.toThrow(/is in use: Linkwatch, or another program, has it open/);
    await target.raw.db.$queryRawUnsafe('SELECT 1');
    await expect(move()).rejects.toThrow(/is in use: Linkwatch is connected to it from/);
  });

  it('that breaks off leaves a database with which no Linkwatch starts, and can be begun anew', async () => {
    fillEveryTable(made.url, 700);
    const breaksOff = move(aFile(), (rows) => {
      if (rows > 3_000) throw new Error('The power fails.');
    });
    await expect(breaksOff).rejects.toThrow('The power fails.');
    const halfway = target.open();
    await expect(halfway.migrate()).rejects.toThrow('A move into this database was begun and not finished');
    await halfway.close();
    await target.raw.db.$disconnect();
    expect(await move()).toMatchObject({ begunAnew: true });
    expect(await target.raw.db.notification.count()).toBe(700);
    const ledger = await target.raw.db.$queryRawUnsafe<readonly object[]>(
      'SELECT "migration_name" FROM "_prisma_migrations"',
    );
    expect(ledger).not.toContainEqual({ migration_name: MOVE_UNFINISHED });
  });

  it('only reads the file', async () => {
    fillEveryTable(made.url, 5);
    const file = aFile();
    const before = readFileSync(file);
    await move(file);
    const incidents = (place: string) => openRaw(place).prepare('SELECT * FROM "Incident"').all();
    expect(incidents(file)).toEqual(incidents(fileOf(made.url)));
    expect(readFileSync(file)).toHaveLength(before.length);
  });

  it('begins with an SQLite file alone, whose tables are up to date', async () => {
    const server = createDatabaseCopies(target.raw, target.url);
    await expect(server.move({ url: target.url, onProgress: () => undefined })).rejects.toThrow(
      /PostgreSQL server already/,
    );
    const file = aFile();
    const older = `${file}-older`;
    const raw = openRaw(file);
    raw.exec(`DELETE FROM "_prisma_migrations" WHERE "migration_name" LIKE '0018%'`);
    copyInto(raw, older);
    await expect(move(older)).rejects.toThrow('The tables of the SQLite file are of another version');
    await expect(move(`${file}-none`)).rejects.toThrow(/no database of Linkwatch to move/);
  });
});

const aTenantRow = {
  id: 't',
  name: 'Bakery',
  state: 'active',
  timezone: 'UTC',
  locale: 'en',
  createdAt: new Date(),
  intervalMs: 3_600_000,
};
