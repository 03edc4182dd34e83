import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';

/** Databases whose tables are made, to be copied: making them anew takes each test a second. */
export type MigratedTemplates = Readonly<{
  /** What the tests' processes find them by. */
  env: Readonly<{ TEST_TEMPLATE_SQLITE: string; TEST_TEMPLATE_POSTGRESQL: string }>;
  remove(): Promise<void>;
}>;

export async function makeTemplates(serverUrl: string): Promise<MigratedTemplates> {
  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-template-'));
  const file = join(folder, 'linkwatch.db');
  await migrateTables(`file:${file}`);
  const name = `linkwatch_template_${randomUUID().replaceAll('-', '')}`;
  await administer(serverUrl, `CREATE DATABASE "${name}"`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await migrateTables(url.href);
  return {
    env: { TEST_TEMPLATE_SQLITE: file, TEST_TEMPLATE_POSTGRESQL: name },
    remove: async () => {
      rmSync(folder, { recursive: true, force: true });
      await administer(serverUrl, `DROP DATABASE "${name}" WITH (FORCE)`);
    },
  };
}

export async function administer(serverUrl: string, sql: string): Promise<void> {
  const { db } = openDatabase(serverUrl);
  await db.$executeRawUnsafe(sql);
  await db.$disconnect();
}

async function migrateTables(databaseUrl: string): Promise<void> {
  const database = openDatabase(databaseUrl);
  await migrate(database);
  // The file alone is copied: nothing may be left in its log.
  if (database.dialect.name === 'sqlite') await database.db.$queryRawUnsafe('PRAGMA wal_checkpoint(TRUNCATE)');
  await database.db.$disconnect();
}
