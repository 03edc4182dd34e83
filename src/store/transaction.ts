import { setTimeout as wait } from 'node:timers/promises';
import type { Database, Session } from './database.ts';
import { codeOf, driverErrorKind, isUniqueViolation, sqliteCode, sqlState } from './driver-error.ts';

const ATTEMPTS = 5;
const PAUSE_MS = 50;
const SQLITE_BUSY = 5;
/** SQLSTATE of a serialization failure, and of a deadlock. */
const CONFLICTS = ['40001', '40P01'];

/** All or nothing. Repeats the work when another transaction got in its way; any other error goes through. */
export function inTransaction<Result>(
  { db, dialect }: Database,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  return retrying(() => db.$transaction((transaction) => work({ db: transaction, dialect })));
}

/** A bounded number of attempts, each pause longer than the one before. */
export async function retrying<Result>(work: () => Promise<Result>, attempts = ATTEMPTS): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !isConflict(error)) throw error;
      await wait(attempt * PAUSE_MS);
    }
  }
}

/** A deadlock, a serialization failure, or SQLite's "database is locked": another try can succeed. */
export function isConflict(error: unknown): boolean {
  if (codeOf(error) === 'P2034' || driverErrorKind(error) === 'TransactionWriteConflict') return true;
  if (CONFLICTS.includes(String(sqlState(error)))) return true;
  // The kind alone is not enough: PostgreSQL's adapter gives it to a silent connection, whose work may be done.
  return driverErrorKind(error) === 'SocketTimeout' && (Number(sqliteCode(error)) & 0xff) === SQLITE_BUSY;
}

/** False when another process was first to insert what may be there only once. */
export async function insertsFirst(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
