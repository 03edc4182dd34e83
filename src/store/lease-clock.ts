import { HOUR_MS, type Instant } from '../domain/model/time.ts';
import type { Session } from './database.ts';

/** Now, for leases: who may take a row, and until when. */
export type LeaseClock = (session: Session) => Promise<Instant>;

/** No lease is longer, so one that ends later was written before the database's clock was set back: it has ended. */
export const LONGEST_LEASE_MS = HOUR_MS;

/** The one clock that all processes share; those of two machines differ. */
export const databaseClock: LeaseClock = async ({ db, dialect }) => {
  const [row] = await db.$queryRawUnsafe<readonly { now: number | bigint }[]>(`SELECT ${dialect.now} AS "now"`);
  if (row === undefined) throw new Error('The database did not tell its time.');
  return Number(row.now);
};
