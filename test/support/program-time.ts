import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../src/store/database.ts';

type Column = Readonly<{ table: string; column: string }>;

/**
 * Moves everything that is stored into the past, which is what time does to it. Nothing is decided from memory, so
 * the program cannot tell the difference, running or not.
 */
export async function letTimePass({ db, dialect }: Database, ms: number): Promise<void> {
  const earlier = dialect.name === 'sqlite' ? `- ${ms}` : `- interval '${ms} milliseconds'`;
  const tables = Map.groupBy(timeColumns, ({ table }) => table);
  await db.$transaction([
    ...[...tables].map(([table, columns]) =>
      db.$executeRawUnsafe(
        `UPDATE "${table}" SET ${columns.map(({ column }) => `"${column}" = "${column}" ${earlier}`).join(', ')}`,
      ),
    ),
    // A rest names the moment that it began with in a text, and ends with every other write.
    db.$executeRawUnsafe('UPDATE "Tenant" SET "rest" = NULL'),
  ]);
}

const timeColumns = readTimeColumns(readFileSync(join(import.meta.dirname, '../../prisma/schema.prisma'), 'utf8'));

function readTimeColumns(schema: string): readonly Column[] {
  return [...schema.matchAll(/^model (?<table>\w+) \{(?<fields>.*?)^\}/gms)].flatMap(({ groups }) =>
    [...(groups?.fields ?? '').matchAll(/^ {2}(\w+)\s+DateTime/gm)].map(([, column = '']) => ({
      table: groups?.table ?? '',
      column,
    })),
  );
}
