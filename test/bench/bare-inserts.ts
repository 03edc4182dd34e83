import type { Database } from '../../src/store/database.ts';

const AT_ONCE = 500;
const TABLES = ['Tenant', 'Contact', 'Credential'] as const;

/**
 * The floor of an import: the rows that it has made, read, erased, and inserted once more by statements of five hundred
 * rows, each in a transaction of its own. Milliseconds of the inserts alone.
 */
export async function bareInserts({ db, dialect }: Database): Promise<number> {
  const stored = [];
  for (const table of TABLES) {
    const rows = await db.$queryRawUnsafe<Readonly<Record<string, unknown>>[]>(`SELECT * FROM "${table}"`);
    stored.push({ table, rows });
  }
  await db.$executeRawUnsafe('DELETE FROM "Tenant"');
  const startedAt = performance.now();
  for (const { table, rows } of stored) {
    const columns = Object.keys(rows[0] ?? {});
    for (let first = 0; first < rows.length; first += AT_ONCE) {
      const values = rows.slice(first, first + AT_ONCE).map((row) => columns.map((column) => row[column]));
      await db.$executeRawUnsafe(statement(table, columns, values.length, dialect.name), ...values.flat());
    }
  }
  return performance.now() - startedAt;
}

function statement(table: string, columns: readonly string[], rows: number, dialect: string): string {
  const name = (index: number) => (dialect === 'sqlite' ? '?' : `$${index + 1}`);
  const tuples = Array.from(
    { length: rows },
    (_, row) => `(${columns.map((_name, column) => name(row * columns.length + column)).join(', ')})`,
  );
  return `INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(', ')}) VALUES ${tuples.join(', ')}`;
}
