import type { GrantInUse } from '../domain/model/grant.ts';
import type { TenantToPoll } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Encryption } from './encryption.ts';
import { instantOfRaw } from './rows/values.ts';

/** As the database gives it: SQLite has no booleans. */
type Row = Readonly<{
  id: string;
  pagesAskedAt: unknown;
  pagesWanted: boolean | number;
  accessToken: string | null;
  expiresAt: unknown;
  lifetimeMs: bigint | number | null;
  scopes: string | null;
  revision: number | null;
}>;

/** One statement for all: a query for each tenant costs as much as the request. */
export async function readTenantsToPoll(
  { db, dialect }: Database,
  tenantIds: readonly string[],
  encryption: Encryption,
): Promise<readonly TenantToPoll[]> {
  const rows = await db.$queryRawUnsafe<readonly Row[]>(
    `SELECT t."id", t."pagesAskedAt", t."pagesWanted",
       c."accessToken", c."expiresAt", c."lifetimeMs", c."scopes", c."revision"
     FROM "Tenant" t LEFT JOIN "Credential" c ON c."tenantId" = t."id"
     WHERE t."id" IN (SELECT "id" FROM ${dialect.rowsFromJson({ id: 'text' })} AS given)`,
    JSON.stringify(tenantIds.map((id) => ({ id }))),
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return tenantIds.map((id) => {
    const row = known.get(id);
    return row === undefined
      ? { id, grant: null, pages: null }
      : { id, grant: grantOf(row, encryption), pages: pagesOf(row) };
  });
}

function pagesOf({ pagesAskedAt, pagesWanted }: Row): TenantToPoll['pages'] {
  return { pagesAskedAt: timeOf(pagesAskedAt), pagesWanted: Boolean(pagesWanted) };
}

/** The refresh token stays sealed: few polls need it, and then it is read anew. */
function grantOf(row: Row, { open }: Encryption): GrantInUse | null {
  const { id: tenantId, accessToken, expiresAt, lifetimeMs, scopes, revision } = row;
  if (revision === null) return null;
  try {
    return {
      accessToken: accessToken === null ? null : open(accessToken, { tenantId, field: 'access token' }),
      expiresAt: timeOf(expiresAt),
      lifetimeMs: lifetimeMs === null ? null : Number(lifetimeMs),
      ...(scopes !== null && { scopes: scopes.split(' ') }),
    };
  } catch {
    return null;
  }
}

function timeOf(raw: unknown): number | null {
  return raw === null ? null : instantOfRaw(raw);
}
