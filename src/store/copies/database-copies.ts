import type { Instant } from '../../domain/model/time.ts';
import type { DatabaseCopies } from '../../monitoring/ports.ts';
import { UserFacingError } from '../../monitoring/user-facing-error.ts';
import { type Database, fileOf } from '../database.ts';
import { hasTables } from '../existing.ts';
import { isUpToDate } from '../migrate.ts';
import { dateOf } from '../rows/values.ts';
import { backUpPostgresql } from './back-up-postgresql.ts';
import { backUpSqlite } from './back-up-sqlite.ts';
import { moveToPostgresql } from './move-to-postgresql.ts';
import { restorePostgresql } from './restore-postgresql.ts';
import { restoreSqlite } from './restore-sqlite.ts';

/** Copies of the database that the URL names. Connects to it for a backup alone: a restore must find nobody there. */
export function createDatabaseCopies(database: Database, databaseUrl: string): DatabaseCopies {
  const isSqlite = databaseUrl.startsWith('file:');
  return {
    backUp: async (request) => {
      await noteBackup(database, databaseUrl, request.now);
      return isSqlite ? backUpSqlite(fileOf(databaseUrl), request) : await backUpPostgresql(databaseUrl, request);
    },
    restore: (request) =>
      isSqlite ? restoreSqlite(fileOf(databaseUrl), request) : restorePostgresql(databaseUrl, request),
    move: async (request) => {
      if (isSqlite) return await moveToPostgresql(fileOf(databaseUrl), request);
      throw new UserFacingError(
        'DATABASE_URL leads to a PostgreSQL server already',
        'A move begins with an SQLite file.',
      );
    },
  };
}

/** A copy is made also where nothing can be written, as of a disk that is full. */
async function noteBackup(database: Database, databaseUrl: string, now: Instant): Promise<void> {
  const takenAt = dateOf(now);
  const write = async () => {
    if (!(await hasTables(database, databaseUrl)) || !(await isUpToDate(database))) return;
    await database.db.backup.upsert({ where: { id: 1 }, create: { id: 1, takenAt }, update: { takenAt } });
  };
  await write().catch(() => undefined);
}
