import type { Instant } from '../../domain/model/time.ts';
import type { DatabaseCopies } from '../../monitoring/ports.ts';
import { UserFacingError } from '../../monitoring/user-facing-error.ts';
import { type Database, fileOf } from '../database.ts';
import { hasTables } from '../existing.ts';
import { isUpToDate } from '../migrate.ts';
import { dateOf } from '../rows/values.ts';

/**
 * Copies of the database that the URL names. Connects to it for a backup alone: a restore must find nobody there. How a
 * copy is made is loaded when one is wanted, which is seldom.
 */
export function createDatabaseCopies(database: Database, databaseUrl: string): DatabaseCopies {
  return databaseUrl.startsWith('file:')
    ? sqliteCopies(database, databaseUrl)
    : postgresqlCopies(database, databaseUrl);
}

function sqliteCopies(database: Database, databaseUrl: string): DatabaseCopies {
  const file = fileOf(databaseUrl);
  return {
    backUp: async (request) => {
      await noteBackup(database, databaseUrl, request.now);
      return (await import('./back-up-sqlite.ts')).backUpSqlite(file, request);
    },
    restore: async (request) => (await import('./restore-sqlite.ts')).restoreSqlite(file, request),
    move: async (request) => await (await import('./move-to-postgresql.ts')).moveToPostgresql(file, request),
  };
}

function postgresqlCopies(database: Database, databaseUrl: string): DatabaseCopies {
  return {
    backUp: async (request) => {
      await noteBackup(database, databaseUrl, request.now);
      return await (await import('./back-up-postgresql.ts')).backUpPostgresql(databaseUrl, request);
    },
    restore: async (request) => await (await import('./restore-postgresql.ts')).restorePostgresql(databaseUrl, request),
    move: async () => {
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
