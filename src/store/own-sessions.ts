import { type Database, openDatabase } from './database.ts';
import type { Prisma } from './model.ts';
import { SHORT_WAITS } from './waits.ts';

const ROUNDS = 4;
/** One round with mixed sessions may be a connection that was lost and made anew; as many as this are a pooler. */
const TOO_MANY = 2;

/**
 * Whether each of our connections is a session of its own. A pooler in transaction mode gives every transaction
 * whichever connection to PostgreSQL is free: then settings, and notifications, are lost or another's. It shows while
 * the second of two connections is within a transaction: it has the session that the first had, or the first has got
 * another.
 */
export async function hasOwnSessions(databaseUrl: string): Promise<boolean> {
  if (databaseUrl.startsWith('file:')) return true;
  const openOne = () => openDatabase(databaseUrl, SHORT_WAITS, { connections: 1 });
  const [ours, other] = [openOne(), openOne()];
  try {
    let mixed = 0;
    for (let round = 0; round < ROUNDS; round += 1) mixed += (await areMixed(ours, other)) ? 1 : 0;
    return mixed < TOO_MANY;
  } finally {
    await Promise.all([ours.close(), other.close()]);
  }
}

async function areMixed(ours: Database, other: Database): Promise<boolean> {
  const before = await sessionOf(ours.db);
  return await other.db.$transaction(async (transaction) => {
    if ((await sessionOf(transaction)) === before) return true;
    return (await sessionOf(ours.db)) !== before;
  });
}

/** PostgreSQL's process behind a connection. */
async function sessionOf(db: Prisma.TransactionClient): Promise<number> {
  const [row] = await db.$queryRawUnsafe<readonly { pid: number }[]>('SELECT pg_backend_pid() AS pid');
  return row?.pid ?? 0;
}
