/**
 * Writes the database clients in `src/store/generated/`: one model, `schema.prisma`, once for each database's header.
 *
 *     node prisma/generate.ts
 *
 * They are committed, because Prisma's command takes 250 MB of packages that nothing else needs. A test compares them
 * with the model.
 *
 * Prisma's command would first download its native schema engine, which generating does not use and many machines
 * may not fetch; pointing it at any executable keeps it from trying. Migrations use the engine's WebAssembly build.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const here = import.meta.dirname;
const databases = ['sqlite', 'postgresql'] as const;

if (import.meta.main) {
  for (const database of databases) generateClient(database, join(here, '../src/store/generated', database));
}

/** Replaces the folder `output`. What is written depends on the model alone, not on where that folder is. */
export function generateClient(database: (typeof databases)[number], output: string): void {
  const folder = mkdtempSync(join(here, '.generate-'));
  try {
    const schema = join(folder, 'schema.prisma');
    writeFileSync(schema, `${header(database)}\n${readFileSync(join(here, 'schema.prisma'), 'utf8')}`);
    execFileSync(process.execPath, [prismaCommand(), 'generate', '--schema', schema], {
      // What it prints is shown only when it fails, as part of the error.
      stdio: 'pipe',
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    });
    const client = join(folder, 'client/internal/class.ts');
    writeFileSync(client, withCompilerRead(readFileSync(client, 'utf8')));
    rmSync(output, { recursive: true, force: true });
    cpSync(join(folder, 'client'), output, { recursive: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Has the client read its compiler of queries as `readQueryCompiler` does, which says why. */
function withCompilerRead(client: string): string {
  const imported = /const \{ wasm \} = await import\(("[^"]+")\)\s+return await decodeBase64AsWasm\(wasm\)/;
  const decoder = /async function decodeBase64AsWasm[\s\S]+?\n}\n\n/;
  if (!imported.test(client) || !decoder.test(client)) throw new Error('Prisma writes its clients in another way now.');
  return client.replace(decoder, '').replace(
    imported,
    `const { readQueryCompiler } = await import("../../../query-compiler.ts")
    return new WebAssembly.Module(await readQueryCompiler($1))`,
  );
}

function prismaCommand(): string {
  return join(dirname(createRequire(import.meta.url).resolve('prisma-cli/package.json')), 'build/index.js');
}

/** The small compiler of queries: half as large to load, and each query is compiled once. */
function header(provider: string): string {
  return `
generator client {
  provider            = "prisma-client"
  output              = "./client"
  runtime             = "nodejs"
  moduleFormat        = "esm"
  importFileExtension = "ts"
  compilerBuild       = "small"
}

datasource db {
  provider = "${provider}"
}
`;
}
