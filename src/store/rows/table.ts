import type { Instant } from '../../domain/model/time.ts';

export type ColumnType = 'text' | 'time' | 'boolean' | 'integer' | 'bigint';

type ColumnTypeOf<Value> = [Value] extends [string]
  ? 'text'
  : [Value] extends [Date]
    ? 'time'
    : [Value] extends [boolean]
      ? 'boolean'
      : [Value] extends [bigint]
        ? 'bigint'
        : 'integer';

/** Every column of the rows with its type; the compiler keeps it in step with the generated model. */
type Columns<Row> = { readonly [Name in keyof Row]-?: ColumnTypeOf<NonNullable<Row[Name]>> };

export type Table<Row> = Readonly<{ name: string; columns: Columns<Row> }>;

type PlainValue<Value> = Value extends Date ? Instant : Value extends bigint ? number : Value;

/**
 * A row as the domain has its values: times as instants, big integers as numbers. `read-rows.ts` gives such rows,
 * `write-rows.ts` takes them.
 */
export type Plain<Row> = { readonly [Name in keyof Row]: PlainValue<Row[Name]> };

/** A row that Prisma read as the domain has its values, without the relations that it often comes with. */
export function plain<Row extends object>({ columns }: Table<Row>, row: Row): Plain<Row> {
  const names = Object.keys(columns) as (keyof Row)[];
  return Object.fromEntries(names.map((name) => [name, plainValue(row[name])])) as Plain<Row>;
}

function plainValue(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'bigint' ? Number(value) : value;
}
