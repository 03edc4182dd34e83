import { fileURLToPath } from 'node:url';
import Libsql from 'libsql';

/** Another program that holds the write lock of an SQLite file until `release`. */
export function lockFile(databaseUrl: string): Readonly<{ release(): void }> {
  const db = new Libsql(fileURLToPath(new URL(databaseUrl.replaceAll(' ', '%20'))), { timeout: 5_000 });
  db.exec('BEGIN EXCLUSIVE');
  return {
    release: () => {
      if (!db.open) return;
      db.exec('ROLLBACK');
      db.close();
    },
  };
}
