import type { Session } from '../database.ts';
import { everyTable } from '../migrate.ts';

export type OurTable = Readonly<{ name: string; schema: string; quoted: string }>;

const LEDGER = '_prisma_migrations';

/** The tables of this PostgreSQL schema that Linkwatch has made; there may be others beside them. */
export async function ourTables(session: Session, schema: string | null = null): Promise<readonly OurTable[]> {
  const rows = await session.db.$queryRawUnsafe<readonly { schema: string; name: string }[]>(
    `SELECT schemaname::text AS "schema", tablename::text AS "name" FROM pg_tables
     WHERE schemaname = COALESCE($1, current_schema()) ORDER BY tablename`,
    schema,
  );
  const ours = new Set([LEDGER, ...everyTable('postgresql')]);
  return rows
    .filter(({ name }) => ours.has(name))
    .map((table) => ({ ...table, quoted: `"${table.schema}"."${table.name}"` }));
}
