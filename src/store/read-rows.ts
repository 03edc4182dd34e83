import type { Session } from './database.ts';
import type { Dialect } from './dialect.ts';
import { idsToJson } from './id-lists.ts';
import type { ColumnType, Plain, Table } from './rows/table.ts';

/** The rows of a table whose column has one of some values. */
export type Wanted<Row> = Readonly<{ table: Table<Row>; column: string; where: string; through: readonly Step[] }>;

/** The rows of another table whose column has one of the values: what they have in `gives` are the next values. */
export type Step = Readonly<{ table: string; column: string; gives: string; where: string }>;

type Narrowed = Readonly<{
  /** A condition on `r`, written by us. */
  where?: string;
  /** From the values that are given to those of the column; without any step they are the same. */
  through?: readonly Step[];
}>;

/** The column has an index. */
export function rowsBy<Row>(
  table: Table<Row>,
  column: keyof Row & string,
  { where = 'TRUE', through = [] }: Narrowed = {},
): Wanted<Row> {
  return { table, column, where, through };
}

/** The column has an index; the condition is one on `r`, written by us. */
export function step<Row>(
  { name }: Table<Row>,
  column: keyof Row & string,
  { gives, where = 'TRUE' }: Readonly<{ gives: keyof Row & string; where?: string }>,
): Step {
  return { table: name, column, gives, where };
}

type WantedOfAll<Rows> = { readonly [Name in keyof Rows]: Wanted<Rows[Name]> };
/** The rows of each table, as JSON. */
type Texts = Readonly<Record<string, string>>;
type PlainOfAll<Rows> = { readonly [Name in keyof Rows]: readonly Plain<Rows[Name]>[] };

/**
 * Rows of several tables by one statement, in no order. Each table's come as one text: through Prisma and the driver
 * a row takes a tenth of a millisecond, and so does a statement, of which finding is the least.
 */
export async function readTables<Rows extends Readonly<Record<string, object>>>(
  { db, dialect }: Session,
  values: readonly string[],
  wanted: WantedOfAll<Rows>,
): Promise<PlainOfAll<Rows>> {
  const tables = Object.entries(wanted as Readonly<Record<string, Wanted<never>>>);
  const selected = tables.map(([name, table]) => `(${rowsAsText(dialect, table)}) AS "${name}"`);
  const sql = `SELECT ${selected.join(', ')}`;
  const given = idsToJson([...new Set(values)]);
  const [texts = {}] = values.length === 0 ? [] : await db.$queryRawUnsafe<readonly Texts[]>(sql, given);
  const read = tables.map(([name, { table }]) => [name, rowsOf(table, texts[name] ?? '[]')]);
  return Object.fromEntries(read) as PlainOfAll<Rows>;
}

/** Reads the rows of one table. */
export async function readRows<Row extends object>(
  session: Session,
  values: readonly string[],
  wanted: Wanted<Row>,
): Promise<readonly Plain<Row>[]> {
  return (await readTables<{ rows: Row }>(session, values, { rows: wanted })).rows;
}

/** The items in the order of the ids; an id without one is left out. */
export function inOrderOf<Item extends Readonly<{ id: string }>>(
  ids: readonly string[],
  items: readonly Item[],
): readonly Item[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function rowsAsText(dialect: Dialect, { table, column, where, through }: Wanted<never>): string {
  const selected = columnsOf(table).map(([name, type]) => columnToJson(dialect, name, type));
  const values = through.reduce(
    (given, { table: on, column: by, gives, where: only }) =>
      `(SELECT DISTINCT r."${gives}" AS "id" FROM ${given} AS given ${joined(dialect, on, by, only)})`,
    dialect.rowsFromJson({ id: 'text' }),
  );
  return `SELECT ${dialect.rowsToJson(selected)} FROM ${values} AS given ${joined(dialect, table.name, column, where)}`;
}

function joined({ joinByIndex }: Dialect, table: string, column: string, where: string): string {
  return joinByIndex(table, 'r', `r."${column}" = given."id" AND ${where}`);
}

function columnToJson({ msOf }: Dialect, name: string, type: ColumnType): string {
  return type === 'time' ? msOf(`r."${name}"`) : `r."${name}"`;
}

function columnsOf({ columns }: Table<never>): readonly (readonly [string, ColumnType])[] {
  return Object.entries<ColumnType>(columns);
}

function rowsOf(table: Table<never>, text: string): readonly Readonly<Record<string, unknown>>[] {
  const columns = columnsOf(table);
  const rows = JSON.parse(text) as readonly (readonly unknown[])[];
  return rows.map((values) => {
    const row: Record<string, unknown> = {};
    for (const [at, [name, type]] of columns.entries()) row[name] = valueFromJson(type, values[at]);
    return row;
  });
}

/** SQLite has no booleans. */
function valueFromJson(type: ColumnType, value: unknown): unknown {
  return type === 'boolean' && value !== null ? Boolean(value) : value;
}
