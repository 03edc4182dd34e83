import type { Session } from './database.ts';
import type { Dialect } from './dialect.ts';
import type { ColumnType, Table } from './rows/table.ts';

/** Rows a statement; enough that its overhead no longer shows. */
const CHUNK = 500;

export async function insertRows<Row extends object>(
  session: Session,
  table: Table<Row>,
  rows: readonly Row[],
): Promise<void> {
  await eachChunk(session, rows, insertSql(session.dialect, table));
}

/** Inserts, or overwrites the row with the same id. */
export async function upsertRows<Row extends Readonly<{ id: string }>>(
  session: Session,
  table: Table<Row>,
  rows: readonly Row[],
): Promise<void> {
  const changed = columnNames(table).filter((name) => name !== 'id');
  const assignments = changed.map((name) => `"${name}" = excluded."${name}"`).join(', ');
  const sql = `${insertSql(session.dialect, table)} ON CONFLICT ("id") DO UPDATE SET ${assignments}`;
  await eachChunk(session, rows, sql);
}

/** Overwrites the given columns of the rows with these ids; `increment` names one that grows by one. */
export async function updateRows<Row extends Readonly<{ id: string }>>(
  session: Session,
  table: Table<Row>,
  rows: readonly Row[],
  increment?: string,
): Promise<void> {
  const assignments = columnNames(table)
    .filter((name) => name !== 'id')
    .map((name) => `"${name}" = given."${name}"`);
  if (increment !== undefined) assignments.push(`"${increment}" = "${table.name}"."${increment}" + 1`);
  const source = session.dialect.rowsFromJson(table.columns);
  const sql = `UPDATE "${table.name}" SET ${assignments.join(', ')} FROM ${source} AS given
    WHERE "${table.name}"."id" = given."id"`;
  await eachChunk(session, rows, sql);
}

/** Runs `sql` with the ids as rows of `dialect.rowsFromJson({ id: 'text' })`. */
export async function executeForIds(session: Session, sql: string, ids: readonly string[]): Promise<void> {
  await eachChunk(
    session,
    ids.map((id) => ({ id })),
    sql,
  );
}

/** `WHERE true` keeps SQLite from reading `ON CONFLICT` as a join condition. */
function insertSql<Row>(dialect: Dialect, table: Table<Row>): string {
  const names = columnNames(table)
    .map((name) => `"${name}"`)
    .join(', ');
  return `INSERT INTO "${table.name}" (${names}) SELECT ${names} FROM ${dialect.rowsFromJson(table.columns)} AS given WHERE true`;
}

async function eachChunk<Row extends object>(
  { db, dialect }: Session,
  rows: readonly Row[],
  sql: string,
): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows.slice(start, start + CHUNK).map((row) => jsonRow(dialect, row));
    await db.$executeRawUnsafe(sql, JSON.stringify(chunk));
  }
}

function jsonRow(dialect: Dialect, row: object): object {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, jsonValue(dialect, value)]));
}

function jsonValue(dialect: Dialect, value: unknown): unknown {
  if (value instanceof Date) return dialect.timeToJson(value);
  return typeof value === 'bigint' ? Number(value) : value;
}

function columnNames<Row>(table: Table<Row>): readonly string[] {
  return Object.keys(table.columns satisfies Record<string, ColumnType>);
}
