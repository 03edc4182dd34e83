import type { Instant } from '../domain/model/time.ts';
import type { Session } from './database.ts';

/** Now, for leases: who may take a row, and until when. */
export type LeaseClock = (session: Session) => Promise<Instant>;

/** The one clock that all processes share; those of two machines differ. */
export const databaseClock: LeaseClock = async ({ db, dialect }) => {
  const [row] = await db.$queryRawUnsafe<readonly { now: number | bigint }[]>(`SELECT ${dialect.now} AS "now"`);
  if (row === undefined) throw new Error('The database did not tell its time.');
  return Number(row.now);
};
