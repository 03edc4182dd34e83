import { StoreUnavailable } from '../monitoring/store-unavailable.ts';
import { codeOf, driverErrorKind, sqliteCode, sqlState } from './driver-error.ts';

/** Of Prisma: the server is not reached (all of P1xxx), or nothing became free in time. */
const PRISMA_CODES = /^P1\d{3}$|^P20(24|28|34|37)$/;
/** As the drivers' adapters name them; `SocketTimeout` is SQLite's "database is locked". */
const KINDS: readonly unknown[] = [
  ...['DatabaseNotReachable', 'DatabaseDoesNotExist', 'DatabaseAccessDenied', 'AuthenticationFailed'],
  ...['ConnectionClosed', 'TlsConnectionError', 'TooManyConnections', 'SocketTimeout'],
  ...['TransactionWriteConflict', 'TransactionAlreadyClosed'],
];
/** PostgreSQL: trouble with a connection, resources, an operator's doing, the system; a conflict, a deadlock, a lock. */
const SQL_STATES = /^(08|53|57|58)|^(40001|40P01|55P03)$/;
/** SQLite: busy, locked, read only, input/output, full, cannot open. */
const SQLITE_CODES: readonly number[] = [5, 6, 8, 10, 13, 14];
/** What node-postgres throws beside the server's own errors passes through Prisma as it is. */
const NETWORK_CODES = /^E(CONN|HOST|NET|PIPE|AI_|TIMEDOUT|NOTFOUND)/;
const PLAIN_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has )/;

/** Whether the error says that the database is down or busy: the same work may succeed later, as it is. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return true;
  const code = String(codeOf(error) ?? '');
  return (
    PRISMA_CODES.test(code) ||
    NETWORK_CODES.test(code) ||
    KINDS.includes(driverErrorKind(error)) ||
    SQL_STATES.test(String(sqlState(error) ?? '')) ||
    (driverErrorKind(error) === 'sqlite' && SQLITE_CODES.includes(Number(sqliteCode(error)) & 0xff)) ||
    (error instanceof Error && PLAIN_MESSAGES.test(error.message))
  );
}
