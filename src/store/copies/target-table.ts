import type { Session } from '../database.ts';
import type { SourceRow, SourceTable } from './source-tables.ts';

/** A value as both databases are compared by it, and as JSON carries it. */
type Value = string | number | boolean | null;

type Kind = 'time' | 'boolean' | 'bigint' | 'integer' | 'real' | 'text';

const kinds: Readonly<Record<string, Kind>> = {
  'timestamp without time zone': 'time',
  boolean: 'boolean',
  bigint: 'bigint',
  integer: 'integer',
  'double precision': 'real',
  text: 'text',
};

const types: Readonly<Record<Kind, string>> = {
  time: 'timestamp(3)',
  boolean: 'boolean',
  bigint: 'bigint',
  integer: 'integer',
  real: 'double precision',
  text: 'text',
};

/** A table of the PostgreSQL database, with the kinds of its columns in the order that the SQLite file has them in. */
export type TargetTable = Readonly<{ source: SourceTable; kindOf: readonly Kind[] }>;

export async function targetTable({ db }: Session, source: SourceTable): Promise<TargetTable> {
  const rows = await db.$queryRawUnsafe<readonly { column_name: string; data_type: string }[]>(
    `SELECT "column_name", "data_type" FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1`,
    source.name,
  );
  const kindOf = source.columns.map((column) => {
    const type = rows.find(({ column_name }) => column_name === column)?.data_type;
    const kind = type === undefined ? undefined : kinds[type];
    if (kind === undefined) throw new Error(`"${source.name}"."${column}" has no place in PostgreSQL (${type}).`);
    return kind;
  });
  if (rows.length !== source.columns.length) throw new Error(`"${source.name}" has other columns in PostgreSQL.`);
  return { source, kindOf };
}

/** The row by the kinds of its columns. */
export function valuesOf({ kindOf }: TargetTable, row: SourceRow): readonly Value[] {
  return row.map((value, index) => {
    if (value === null) return null;
    const kind = kindOf[index];
    if (kind === 'boolean') return value === 1;
    // Whole numbers that a number of JSON might round.
    return kind === 'time' || kind === 'bigint' ? String(value) : value;
  });
}

export async function copyRowsInto(
  { db }: Session,
  { source: { name, columns }, kindOf }: TargetTable,
  rows: readonly (readonly Value[])[],
): Promise<void> {
  const listed = columns.map((column) => `"${column}"`).join(', ');
  const typed = columns.map((column, index) => `"${column}" ${types[kindOf[index] ?? 'text']}`).join(', ');
  const given = rows.map((row) => Object.fromEntries(columns.map((column, n) => [column, asJson(row[n], kindOf[n])])));
  await db.$executeRawUnsafe(
    `INSERT INTO "${name}" (${listed}) SELECT ${listed} FROM jsonb_to_recordset($1::jsonb) AS given(${typed})`,
    JSON.stringify(given),
  );
}

function asJson(value: Value | undefined, kind: Kind | undefined): Value | undefined {
  return kind === 'time' && value !== null ? new Date(Number(value)).toISOString() : value;
}

const PAGE = 500;

/** The rows as PostgreSQL gives them back, in the order of the key. */
export async function* targetPages(
  session: Session,
  table: TargetTable,
): AsyncGenerator<readonly (readonly Value[])[]> {
  const { name, columns, key } = table.source;
  const listed = columns.map((column, index) => `${readAs(column, table.kindOf[index])} AS "${column}"`).join(', ');
  const keys = key.map((column) => `"${name}"."${column}"`).join(', ');
  for (let last: readonly Value[] | null = null; ; ) {
    const places = key.map((_, index) => `$${index + 1}`).join(', ');
    const after: string = last === null ? '' : `WHERE (${keys}) > (${places})`;
    const rows: readonly Readonly<Record<string, Value>>[] = await session.db.$queryRawUnsafe(
      `SELECT ${listed} FROM "${name}" ${after} ORDER BY ${keys} LIMIT ${PAGE}`,
      ...(last ?? []),
    );
    if (rows.length > 0) yield rows.map((row) => columns.map((column) => row[column] ?? null));
    const end = rows.at(-1);
    if (rows.length < PAGE || end === undefined) return;
    last = key.map((column) => end[column] ?? null);
  }
}

function readAs(column: string, kind: Kind | undefined): string {
  if (kind === 'time') return `(extract(epoch FROM "${column}") * 1000)::bigint::text`;
  return kind === 'bigint' ? `"${column}"::text` : `"${column}"`;
}

/** Sets each sequence that gives this table its keys to the largest key that was copied, so that the next is new. */
export async function countOn({ db }: Session, { source: { name, key } }: TargetTable): Promise<void> {
  for (const column of key) {
    const [found] = await db.$queryRawUnsafe<readonly { sequence: string | null }[]>(
      'SELECT pg_get_serial_sequence($1, $2) AS "sequence"',
      `"${name}"`,
      column,
    );
    if (!found?.sequence) continue;
    await db.$queryRawUnsafe(
      `SELECT setval('${found.sequence}', last)::text FROM (SELECT MAX("${column}") AS last FROM "${name}") AS given
       WHERE last IS NOT NULL`,
    );
  }
}
