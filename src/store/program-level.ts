import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { OutdatedProgram } from '../monitoring/outdated-program.ts';
import type { Session } from './database.ts';
import type { Dialect } from './dialect.ts';

export type Migration = Readonly<{ name: string; sql: string }>;

const FOLDER = join(import.meta.dirname, '../../prisma/migrations');

/** The first words of a migration after which programs that do not know it may go on writing. */
const COMPATIBLE = /^-- Compatible: /;

/** The number of the latest migration that this program knows. */
const PROGRAM_LEVEL = Math.max(...migrationNames('sqlite').map(numberOf));

export function folderOf(database: Dialect['name']): string {
  return join(FOLDER, database);
}

export function migrationNames(database: Dialect['name']): readonly string[] {
  return readdirSync(folderOf(database)).toSorted();
}

function numberOf(name: string): number {
  return Number.parseInt(name, 10);
}

/** The level that programs must have once these migrations are applied; null where those without them may go on. */
export function levelNeededBy(migrations: readonly Migration[]): number | null {
  const numbers = migrations.filter(({ sql }) => !COMPATIBLE.test(sql)).map(({ name }) => numberOf(name));
  return numbers.length === 0 ? null : Math.max(...numbers);
}

/** Throws when a newer program has made the database one that this program must not write. */
export function assertMayWrite(lowest: number | null): void {
  if (lowest === null || lowest <= PROGRAM_LEVEL) return;
  throw new OutdatedProgram(
    `it needs one that knows migration ${four(lowest)}, and this one knows ${four(PROGRAM_LEVEL)}`,
  );
}

function four(level: number): string {
  return String(level).padStart(4, '0');
}

/** Null for a database from before levels. */
export async function readLowestLevel({ db, dialect }: Session): Promise<number | null> {
  const [table] = await db.$queryRawUnsafe<readonly object[]>(dialect.findTable, 'WriterLevel');
  if (table === undefined) return null;
  const [row] = await db.$queryRawUnsafe<readonly { lowest: number }[]>('SELECT "lowest" FROM "WriterLevel"');
  return row === undefined ? null : Number(row.lowest);
}
