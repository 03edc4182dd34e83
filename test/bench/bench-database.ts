import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { type DatabaseServer, startPostgres } from '../support/database-server.ts';
import type { DatabaseName } from '../support/store-fixtures.ts';

export type BenchDatabase = Readonly<{
  url: string;
  /** What is stored, in bytes: of a file without its log, of a server with the room that deleted rows left. */
  bytes(): Promise<number>;
  /** For filling and counting by statements of one's own. */
  raw(): Database;
  close(): Promise<void>;
}>;

/** An SQLite file in the folder, or a PostgreSQL server of its own. */
export async function openBenchDatabase(name: DatabaseName, folder: string): Promise<BenchDatabase> {
  const server: DatabaseServer | null = name === 'PostgreSQL' ? await startPostgres() : null;
  const file = join(folder, 'bench.db');
  const url = server?.url ?? `file:${file}`;
  let opened: Database | null = null;
  const raw = () => {
    opened ??= openDatabase(url);
    return opened;
  };
  return {
    url,
    raw,
    bytes: async () => {
      if (server === null) {
        await raw().db.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)');
        return statSync(file).size;
      }
      await raw().db.$executeRawUnsafe('VACUUM');
      const [row] = await raw().db.$queryRawUnsafe<{ size: bigint }[]>(
        'SELECT pg_database_size(current_database()) AS size',
      );
      return Number(row?.size ?? 0);
    },
    close: async () => {
      await opened?.db.$disconnect();
      await server?.stop();
    },
  };
}
