import { UserFacingError } from '../../monitoring/user-facing-error.ts';
import { codeOf } from '../driver-error.ts';
import { columnOf, isNoDatabase, openRaw, type RawSqlite, sizeOf, tablesOf } from './sqlite-file.ts';

/** A database file that nobody else has open, nor can write to, until it is let go. */
export type Alone = Readonly<{ raw: RawSqlite; letGo(): void }>;

/**
 * Null where there is no file, or one that is no database. A daemon keeps its file open as long as it lives, also while
 * it is frozen: then SQLite does not let the journal be changed, which needs the file for one connection alone. What
 * the journal holds is in the file after that.
 */
export function takeAlone(file: string): Alone | null {
  if (sizeOf(file) === 0) return null;
  const raw = openRaw(file);
  try {
    raw.exec('PRAGMA journal_mode = DELETE');
    raw.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    raw.close();
    if (isNoDatabase(error)) return null;
    if (String(codeOf(error)).startsWith('SQLITE_BUSY')) throw inUse(file, error);
    throw error;
  }
  return { raw, letGo: () => letGo(raw) };
}

function letGo(raw: RawSqlite): void {
  raw.exec('ROLLBACK');
  try {
    raw.exec('PRAGMA journal_mode = WAL');
  } catch (error) {
    // Another file has taken its name: that one is nobody's concern here.
    if (!String(codeOf(error)).startsWith('SQLITE_READONLY')) throw error;
  } finally {
    raw.close();
  }
}

/** How many tenants there are, removed ones included. */
export function countTenants(raw: RawSqlite): number {
  return tablesOf(raw).includes('Tenant') ? Number(columnOf(raw, 'SELECT COUNT(*) FROM "Tenant"')[0]) : 0;
}

function inUse(file: string, cause: unknown): UserFacingError {
  return new UserFacingError(
    `The database ${file} is in use: Linkwatch, or another program, has it open`,
    'Stop every `linkwatch start` and whatever else has it open, and try again.',
    { cause },
  );
}
