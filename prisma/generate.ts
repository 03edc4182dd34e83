/**
 * Generates the database clients: one model, `schema.prisma`, once for each database's header.
 *
 * Prisma's command would first download its native schema engine, which generating does not use and many machines
 * may not fetch; pointing it at any executable keeps it from trying. Migrations use the engine's WebAssembly build.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const here = import.meta.dirname;
const prismaCommand = join(dirname(createRequire(import.meta.url).resolve('prisma/package.json')), 'build/index.js');

for (const database of ['sqlite', 'postgresql']) generateClient(database);

function generateClient(database: string): void {
  const folder = mkdtempSync(join(here, '.generate-'));
  try {
    const schema = join(folder, 'schema.prisma');
    const output = join(here, '..', 'src/store/generated', database);
    writeFileSync(schema, `${header(database, output)}\n${readFileSync(join(here, 'schema.prisma'), 'utf8')}`);
    execFileSync(process.execPath, [prismaCommand, 'generate', '--schema', schema], {
      // What it prints is shown only when it fails, as part of the error.
      stdio: 'pipe',
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function header(provider: string, output: string): string {
  return `
generator client {
  provider            = "prisma-client"
  output              = ${JSON.stringify(output)}
  runtime             = "nodejs"
  moduleFormat        = "esm"
  importFileExtension = "ts"
}

datasource db {
  provider = "${provider}"
}
`;
}
