/**
 * Writes what a database of each version may hold, once for every migration that has no such file yet:
 *
 *     node test/support/write-stored-databases.ts
 *
 * The files are what upgrades are tested from. One that is there is never written again: it stays as the version of its time
 * would have stored it. Of versions before these files came, it is what that version's tables have place for.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sourceTables } from '../../src/store/copies/source-tables.ts';
import { openRaw, type RawSqlite } from '../../src/store/copies/sqlite-file.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createEncryption } from '../../src/store/encryption.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { migrationsOf } from './store-migrations.ts';
import { fillAsToday } from './store-of-today.ts';
import { type StoredRow, storedFile } from './stored-databases.ts';

const folder = mkdtempSync(join(tmpdir(), 'linkwatch-stored-'));
const migrations = migrationsOf('SQLite');
try {
  const today = `${join(folder, 'today.db')}`;
  const encryption = createEncryption([Buffer.alloc(32, 7)]);
  const store = openStores({ databaseUrl: `file:${today}`, encryption });
  await store.migrate();
  await fillAsToday(store);
  for (const [index, { name }] of migrations.entries()) {
    if (existsSync(storedFile(name))) continue;
    const then = join(folder, `${name}.db`);
    const database = openDatabase(`file:${then}`);
    await migrate(database, migrations.slice(0, index + 1));
    writeFileSync(storedFile(name), `${JSON.stringify(rowsFor(openRaw(then), openRaw(today)), null, 1)}\n`);
    console.log(storedFile(name));
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** Of every table of that time, today's rows, as far as they have a place there. */
function rowsFor(then: RawSqlite, now: RawSqlite): Readonly<Record<string, readonly StoredRow[]>> {
  const today = new Map(sourceTables(now).map((table) => [table.name, table]));
  return Object.fromEntries(
    sourceTables(then).map(({ name }) => {
      const columns = then.prepare(`PRAGMA table_info("${name}")`).all() as readonly Column[];
      const rows = today.has(name) ? (now.prepare(`SELECT * FROM "${name}"`).all() as readonly Raw[]) : [{}];
      return [
        name,
        rows.map((row) => Object.fromEntries(columns.map((column) => [column.name, valueFor(column, row)]))),
      ];
    }),
  );
}

type Column = Readonly<{ name: string; type: string; notnull: 0 | 1 }>;
type Raw = Readonly<Record<string, string | number | null>>;

/** A column that later versions no longer have gets something of its type. */
function valueFor({ name, type, notnull }: Column, row: Raw): StoredRow[string] {
  const value = name in row ? (row[name] ?? null) : notnull === 1 ? (type === 'TEXT' ? name : 1) : null;
  if (value === null) return null;
  if (type === 'DATETIME') return new Date(Number(value)).toISOString();
  return type === 'BOOLEAN' ? value === 1 : value;
}
