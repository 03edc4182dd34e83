/**
 * Prints the SQL that would turn a SQLite database into the model, by Prisma's own engine, which jest cannot load; and
 * which migrations that engine would apply. Its WebAssembly build cannot read PostgreSQL 18's catalogue.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';

const [url = ''] = process.argv.slice(2);
const prismaFolder = join(import.meta.dirname, '../../prisma');
const migrationsFolder = join(prismaFolder, 'migrations/sqlite');
const filters = { externalTables: [], externalEnums: [] };

const model = readFileSync(join(prismaFolder, 'schema.prisma'), 'utf8');
const content = `datasource db {\n  provider = "sqlite"\n}\n\n${model}`;
const files = [{ path: 'schema.prisma', content }];
const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaLibSql({ url }));
const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', content]] }, () => undefined, adapter);

const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrationsList(), filters });
const { stdout } = await engine.diff({
  from: { tag: 'schemaDatasource', files, configDir: '.' },
  to: { tag: 'schemaDatamodel', files },
  script: true,
  exitCode: null,
  filters,
});
console.log(JSON.stringify({ applied: appliedMigrationNames, difference: stdout?.trim() }));

function migrationsList() {
  const migrationDirectories = readdirSync(migrationsFolder).map((name) => {
    const value = readFileSync(join(migrationsFolder, name, 'migration.sql'), 'utf8');
    return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } };
  });
  const lockfile = { path: 'migration_lock.toml', content: null };
  return { baseDir: migrationsFolder, lockfile, migrationDirectories, shadowDbInitScript: '' };
}
