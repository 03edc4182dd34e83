import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../src/store/database.ts';

/** In the order of the model, where whatever refers to a table comes after it. */
const tables = [
  ...readFileSync(join(import.meta.dirname, '../../prisma/schema.prisma'), 'utf8').matchAll(/^model (\w+)/gm),
].map(([, name]) => name ?? '');

/** Every row as it is now, to come back to. */
export async function saveRows({ db }: Database, as: string): Promise<void> {
  for (const table of tables) {
    await db.$executeRawUnsafe(`CREATE TABLE "${copyOf(table, as)}" AS SELECT * FROM "${table}"`);
  }
}

export async function restoreRows({ db }: Database, from: string): Promise<void> {
  await db.$transaction([
    ...tables.toReversed().map((table) => db.$executeRawUnsafe(`DELETE FROM "${table}"`)),
    ...tables.map((table) => db.$executeRawUnsafe(`INSERT INTO "${table}" SELECT * FROM "${copyOf(table, from)}"`)),
  ]);
}

function copyOf(table: string, name: string): string {
  return `saved ${name} ${table}`;
}
