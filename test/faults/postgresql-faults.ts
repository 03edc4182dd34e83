import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { SqlQueryable } from '@prisma/driver-adapter-utils';

/** What Prisma's adapter keeps of `pg`, as far as a test needs it: a pool, or the client of a transaction. */
type Driven = Readonly<{ client: Readonly<{ connection?: Readonly<{ stream: Socket }> }> }>;

/**
 * Lets the server itself refuse a statement, so that a transaction is in the state that a refusal leaves it in. A COMMIT
 * that is refused has ended its transaction.
 */
export async function failOnServer(on: SqlQueryable, sql: string): Promise<void> {
  const run = (statement: string) => on.executeRaw({ sql: statement, args: [], argTypes: [] });
  if (sql === 'COMMIT') {
    await run('ROLLBACK');
    return;
  }
  const raised = `DO $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$`;
  await run(raised).catch(() => undefined);
}

/** Cuts the connection of a transaction; one of the pool, which no later statement needs, stays. */
export async function cutConnection(on: SqlQueryable): Promise<void> {
  const { connection } = (on as unknown as Driven).client;
  if (connection === undefined) return;
  const closed = once(connection.stream, 'close');
  connection.stream.destroy();
  await closed;
}
