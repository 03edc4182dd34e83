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
