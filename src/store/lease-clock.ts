import { LONGEST_LEASE_MS } from '../domain/model/lease.ts';
import type { Instant } from '../domain/model/time.ts';
import type { Session } from './database.ts';
import { dateOf } from './rows/values.ts';

/** Now, for leases: who may take a row, and until when. */
export type LeaseClock = (session: Session) => Promise<Instant>;

/** The one clock that all processes share; those of two machines differ. */
export const databaseClock: LeaseClock = async ({ db, dialect }) => {
  const [row] = await db.$queryRawUnsafe<readonly { now: number | bigint }[]>(`SELECT ${dialect.now} AS "now"`);
  if (row === undefined) throw new Error('The database did not tell its time.');
  return Number(row.now);
};

type Ended = Readonly<{ lte: Date }> | Readonly<{ gt: Date }> | null;

/** What the column of a lease may hold where nobody has the lease: one of these. See `isHeldUntil`. */
export function endedLease(leaseNow: Instant): readonly Ended[] {
  return [null, { lte: dateOf(leaseNow) }, { gt: dateOf(leaseNow + LONGEST_LEASE_MS) }];
}
