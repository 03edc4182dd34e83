import { batchesOf } from '../monitoring/batches.ts';
import type { Session } from './database.ts';
import type { Dialect } from './dialect.ts';
import type { ColumnType, Plain, Table } from './rows/table.ts';

/** Rows a statement; enough that its overhead no longer shows. */
const CHUNK = 500;

export async function insertRows<Row extends object>(
  session: Session,
  table: Table<Row>,
  rows: readonly Plain<Row>[],
): Promise<void> {
  await executeForRows(session, table, rows, insertSql(session.dialect, table));
}

/** Inserts, or overwrites the row with the same id. */
export async function upsertRows<Row extends Readonly<{ id: string }>>(
  session: Session,
  table: Table<Row>,
  rows: readonly Plain<Row>[],
): Promise<void> {
  const changed = columnNames(table).filter((name) => name !== 'id');
  const assignments = changed.map((name) => `"${name}" = excluded."${name}"`).join(', ');
  const sql = `${insertSql(session.dialect, table)} ON CONFLICT ("id") DO UPDATE SET ${assignments}`;
  await executeForRows(session, table, rows, sql);
}

/** Overwrites the given columns of the rows with these ids; `increment` names one that grows by one. */
export async function updateRows<Row extends Readonly<{ id: string }>>(
  session: Session,
  table: Table<Row>,
  rows: readonly Plain<Row>[],
  increment?: string,
): Promise<void> {
  const assignments = columnNames(table)
    .filter((name) => name !== 'id')
    .map((name) => `"${name}" = given."${name}"`);
  if (increment !== undefined) assignments.push(`"${increment}" = "${table.name}"."${increment}" + 1`);
  const source = session.dialect.rowsFromJson(table.columns);
  const sql = `UPDATE "${table.name}" SET ${assignments.join(', ')} FROM ${source} AS given
    WHERE "${table.name}"."id" = given."id"`;
  await executeForRows(session, table, rows, sql);
}

const idTable: Table<Readonly<{ id: string }>> = { name: '', columns: { id: 'text' } };

/** Runs `sql` with the ids as rows of `dialect.rowsFromJson({ id: 'text' })`. */
export async function executeForIds(session: Session, sql: string, ids: readonly string[]): Promise<void> {
  const rows = ids.map((id) => ({ id }));
  await executeForRows(session, idTable, rows, sql);
}

/** `WHERE true` keeps SQLite from reading `ON CONFLICT` as a join condition. */
function insertSql<Row>(dialect: Dialect, table: Table<Row>): string {
  const names = columnNames(table)
    .map((name) => `"${name}"`)
    .join(', ');
  return `INSERT INTO "${table.name}" (${names}) SELECT ${names} FROM ${dialect.rowsFromJson(table.columns)} AS given WHERE true`;
}

/** Runs `sql` with some of the rows at a time, as `dialect.rowsFromJson` gives them. */
export async function executeForRows<Row>(
  { db, dialect }: Session,
  { columns }: Table<Row>,
  rows: readonly Plain<Row>[],
  sql: string,
): Promise<void> {
  const types = Object.entries<ColumnType>(columns);
  const jsonRow = (row: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(types.map(([name, type]) => [name, jsonValue(dialect, type, row[name])]));
  for (const chunk of batchesOf(rows, CHUNK)) await db.$executeRawUnsafe(sql, JSON.stringify(chunk.map(jsonRow)));
}

/** Durations exceed 32 bits after 24 days; a stretched interval need not be a whole number. */
function jsonValue({ timeToJson }: Dialect, type: ColumnType, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (type === 'time') return timeToJson(value);
  return type === 'bigint' ? Math.round(value) : value;
}

function columnNames<Row>(table: Table<Row>): readonly string[] {
  return Object.keys(table.columns satisfies Record<string, ColumnType>);
}
