import type { Session } from './database.ts';

/**
 * Gives the place of a value in the statement. SQLite numbers them in the order of the text: a value is bound where it
 * stands.
 */
export type Bind = (value: unknown) => string;

/** Keeps the values of a statement that is being written. */
export function binder(): Readonly<{ bind: Bind; values: unknown[] }> {
  const values: unknown[] = [];
  return { bind: (value) => `$${values.push(value)}`, values };
}

/** The rows of a statement that binds its values while it is written. */
export async function selectBound<Row>({ db }: Session, sqlOf: (bind: Bind) => string): Promise<readonly Row[]> {
  const { bind, values } = binder();
  const sql = sqlOf(bind);
  return await db.$queryRawUnsafe<readonly Row[]>(sql, ...values);
}
