import type { Session } from './database.ts';

/** Gives the place of a value in the statement. SQLite numbers them in the order of the text: a value is bound where it stands. */
export type Bind = (value: unknown) => string;

/** The rows of a statement that binds its values while it is written. */
export async function selectBound<Row>({ db }: Session, sqlOf: (bind: Bind) => string): Promise<readonly Row[]> {
  const values: unknown[] = [];
  const sql = sqlOf((value) => `$${values.push(value)}`);
  return await db.$queryRawUnsafe<readonly Row[]>(sql, ...values);
}
