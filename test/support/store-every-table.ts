import { sourceTables } from '../../src/store/copies/source-tables.ts';
import { openRaw, type RawSqlite } from '../../src/store/copies/sqlite-file.ts';
import { fileOf } from '../../src/store/database.ts';

type Column = Readonly<{ name: string; type: string; notnull: 0 | 1; pk: number }>;
type Reference = Readonly<{ from: string; table: string }>;

/**
 * Puts rows into every table that the file has, whatever they mean: with signs of all kinds, with nothing where that may be,
 * and with references to rows of other tables. Gives the names of the tables.
 */
export function fillEveryTable(databaseUrl: string, rows: number): readonly string[] {
  const raw = openRaw(fileOf(databaseUrl));
  const tables = sourceTables(raw);
  raw.exec('BEGIN');
  for (const { name } of tables) fillTable(raw, name, rows);
  raw.exec('COMMIT');
  raw.close();
  return tables.map(({ name }) => name);
}

function fillTable(raw: RawSqlite, table: string, rows: number): void {
  const columns = raw.prepare(`PRAGMA table_info("${table}")`).all() as readonly Column[];
  const references = raw.prepare(`PRAGMA foreign_key_list("${table}")`).all() as readonly Reference[];
  const listed = columns.map(({ name }) => `"${name}"`).join(', ');
  const insert = raw.prepare(
    `INSERT OR REPLACE INTO "${table}" (${listed}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  for (let n = 1; n <= rows; n += 1) insert.run(...columns.map((column) => anyValue(column, references, n)));
}

function anyValue(
  { name, type, notnull, pk }: Column,
  references: readonly Reference[],
  n: number,
): string | number | null {
  const isKey = references.some(({ from }) => from === name);
  if (isKey) return notnull === 1 || n % 2 === 1 ? `row ${n}` : null;
  if (notnull === 0 && n % 3 === 0) return null;
  switch (type) {
    case 'DATETIME':
      return 1_700_000_000_000 + n * 1_001;
    case 'BOOLEAN':
      return n % 2;
    case 'BIGINT':
      return 9_007_199_254_740_000 + n;
    case 'INTEGER':
      return n;
    case 'REAL':
      return n / 7;
    default:
      return pk > 0 || name === 'id' ? `row ${n}` : `${name} ${n} “Zoë’s” \\N \t\n {"a":"b"} 🥐`;
  }
}
