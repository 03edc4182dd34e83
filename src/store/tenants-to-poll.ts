import type { GrantInUse } from '../domain/model/grant.ts';
import type { TenantToPoll } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Dialect } from './dialect.ts';
import type { Encryption } from './encryption.ts';
import { idsToJson } from './id-lists.ts';
import { restFromText } from './rows/rest-row.ts';

/** In the order of `columnsOf`; times as whole ms, and SQLite has no booleans. */
type Row = readonly [...TenantPart, ...CredentialPart];

type TenantPart = readonly [
  id: string,
  name: string,
  timezone: string,
  schedule: string | null,
  lastPolledAt: number | null,
  intervalMs: number,
  pagesAskedAt: number | null,
  pagesWanted: boolean | number,
  rest: string | null,
  applicationId: string | null,
];

/** Nothing but nulls where there is no credential. */
type CredentialPart = readonly [
  revision: number | null,
  accessToken: string | null,
  expiresAt: number | null,
  lifetimeMs: number | null,
  scopes: string | null,
];

function columnsOf({ msOf }: Dialect): readonly string[] {
  return [
    't."id"',
    't."name"',
    't."timezone"',
    't."schedule"',
    msOf('t."lastPolledAt"'),
    't."intervalMs"',
    msOf('t."pagesAskedAt"'),
    't."pagesWanted"',
    't."rest"',
    't."applicationId"',
    'c."revision"',
    'c."accessToken"',
    msOf('c."expiresAt"'),
    'c."lifetimeMs"',
    'c."scopes"',
  ];
}

/** One statement for all: a query for each tenant costs as much as its request. */
export async function readTenantsToPoll(
  { db, dialect }: Database,
  tenantIds: readonly string[],
  encryption: Encryption,
): Promise<readonly TenantToPoll[]> {
  const [answer] = await db.$queryRawUnsafe<readonly Readonly<{ rows: string }>[]>(
    `SELECT ${dialect.rowsToJson(columnsOf(dialect))} AS "rows"
     FROM "Tenant" t LEFT JOIN "Credential" c ON c."tenantId" = t."id"
     WHERE t."id" IN (SELECT "id" FROM ${dialect.rowsFromJson({ id: 'text' })} AS given)`,
    idsToJson(tenantIds),
  );
  const rows = JSON.parse(answer?.rows ?? '[]') as readonly Row[];
  const found = new Map(rows.map((row) => [row[0], row]));
  return tenantIds.map((id) => {
    const row = found.get(id);
    if (row === undefined) return { id, grant: null, known: null };
    return { id, grant: grantOf(row, encryption), known: knownOf(row) };
  });
}

function knownOf(row: Row): TenantToPoll['known'] {
  const [id, name, timezone, schedule, lastPolledAt, intervalMs, pagesAskedAt, pagesWanted, rest, applicationId] = row;
  return {
    id,
    applicationId,
    name,
    timezone,
    schedule,
    lastPolledAt,
    intervalMs,
    pagesAskedAt,
    pagesWanted: Boolean(pagesWanted),
    rest: rest === null ? null : restFromText(rest),
  };
}

/** The refresh token stays sealed: few polls need it, and then it is read anew. */
function grantOf(row: Row, { open }: Encryption): GrantInUse | null {
  const [tenantId, , , , , , , , , , revision, accessToken, expiresAt, lifetimeMs, scopes] = row;
  if (revision === null) return null;
  try {
    return {
      accessToken: accessToken === null ? null : open(accessToken, { tenantId, field: 'access token' }),
      expiresAt,
      lifetimeMs,
      ...(scopes !== null && { scopes: scopes.split(' ') }),
    };
  } catch {
    return null;
  }
}
