import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseName } from './store-fixtures.ts';

/** As they are in the repository, in their order. */
export function migrationsOf(name: DatabaseName): readonly Readonly<{ name: string; sql: string }>[] {
  const folder = join(import.meta.dirname, '../../prisma/migrations', name.toLowerCase());
  return readdirSync(folder)
    .toSorted()
    .map((migration) => ({
      name: migration,
      sql: readFileSync(join(folder, migration, 'migration.sql'), 'utf8'),
    }));
}
