/**
 * Writes a migration for both databases: what turns the model of the latest migration into `schema.prisma`.
 *
 *     node prisma/new-migration.ts add_labels
 *
 * `migrations/schema.prisma` keeps the model as the latest migration left it, so no database is needed. Read the SQL
 * before you commit it: a renamed column, for one, looks like a removed and a new one.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';

const databases = ['sqlite', 'postgresql'];
const modelFile = join(import.meta.dirname, 'schema.prisma');
const migrationsFolder = join(import.meta.dirname, 'migrations');
const latestModelFile = join(migrationsFolder, 'schema.prisma');

/** The engine wants a way to a database even to compare two models. */
const noDatabase = bindMigrationAwareSqlAdapterFactory(new PrismaLibSql({ url: ':memory:' }));

const [name] = process.argv.slice(2);
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Usage: node prisma/new-migration.ts name_in_snake_case');
  process.exit(2);
}
await writeMigration(name);

async function writeMigration(name: string): Promise<void> {
  const model = readFileSync(modelFile, 'utf8');
  const latest = existsSync(latestModelFile) ? readFileSync(latestModelFile, 'utf8') : null;
  if (model === latest) {
    console.log('The model is as the latest migration left it: nothing to write.');
    return;
  }
  for (const database of databases) {
    const folder = join(migrationsFolder, database, `${nextNumber(database)}_${name}`);
    const sql = await difference(database, latest, model);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'migration.sql'), sql);
    console.log(join(folder, 'migration.sql'));
  }
  writeFileSync(latestModelFile, model);
}

/** Counted, not dated: the order of the names is the order of the migrations. */
function nextNumber(database: string): string {
  const folder = join(migrationsFolder, database);
  const numbers = existsSync(folder) ? readdirSync(folder).map((name) => Number.parseInt(name, 10)) : [];
  return String(Math.max(0, ...numbers) + 1).padStart(4, '0');
}

async function difference(database: string, from: string | null, to: string): Promise<string> {
  const schema = (model: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content: withDatasource(database, model) }],
  });
  const engine = await SchemaEngine.new({ datamodels: schema(to).files.map(asPair) }, () => undefined, noDatabase);
  const { stdout } = await engine.diff({
    from: from === null ? { tag: 'empty' } : schema(from),
    to: schema(to),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  engine.free();
  return stdout ?? '';
}

function asPair({ path, content }: { path: string; content: string }): [string, string] {
  return [path, content];
}

function withDatasource(database: string, model: string): string {
  return `datasource db {\n  provider = "${database}"\n}\n\n${model}`;
}
