import { LONGEST_LEASE_MS } from '../domain/model/lease.ts';
import type { Instant } from '../domain/model/time.ts';
import type { Session } from './database.ts';
import { assertMayWrite } from './program-level.ts';
import { dateOf } from './rows/values.ts';

/** Now, for leases: who may take a row, and until when. */
export type LeaseClock = (session: Session) => Promise<Instant>;

type Row = Readonly<{ now: number | bigint; lowest: number | null }>;

/**
 * The one clock that all processes share; those of two machines differ. Whoever takes or decides anything asks for it,
 * and so learns in the same statement whether a newer program has shut this one out; a migration that does so waits for
 * the transactions that have asked.
 */
export const databaseClock: LeaseClock = async ({ db, dialect }) => {
  const sql = `SELECT ${dialect.now} AS "now", (SELECT "lowest" FROM "WriterLevel") AS "lowest"`;
  const [row] = await db.$queryRawUnsafe<readonly Row[]>(sql);
  if (row === undefined) throw new Error('The database did not tell its time.');
  assertMayWrite(row.lowest === null ? null : Number(row.lowest));
  return Number(row.now);
};

type Ended = Readonly<{ lte: Date }> | Readonly<{ gt: Date }> | null;

/** What the column of a lease may hold where nobody has the lease: one of these. See `isHeldUntil`. */
export function endedLease(leaseNow: Instant): readonly Ended[] {
  return [null, { lte: dateOf(leaseNow) }, { gt: dateOf(leaseNow + LONGEST_LEASE_MS) }];
}
