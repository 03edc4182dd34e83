import { type TenantHealth, tenantHealths } from '../domain/model/condition.ts';
import { pageOf, positionAt } from '../monitoring/pages.ts';
import type { Page, TenantOverview, TenantQuery } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Dialect } from './dialect.ts';
import { findForIds } from './id-lists.ts';
import { overviewFromRow, overviewRelations } from './overview.ts';
import { dateOf } from './rows/values.ts';

/** Finds the page's ids in one statement, then loads those tenants. */
export async function listTenants({ db, dialect }: Database, query: TenantQuery): Promise<Page<TenantOverview>> {
  const { sql, values } = selectIds(query, dialect);
  const rows = await db.$queryRawUnsafe<readonly { id: string }[]>(sql, ...values);
  const ids = pageOf(rows, query.limit, ({ id }) => ({ at: 0, id }));
  const tenants = await findForIds(
    ids.items.map(({ id }) => id),
    (list) => db.tenant.findMany({ where: { id: { in: list }, removedAt: null }, include: overviewRelations }),
  );
  const byId = new Map(tenants.map((row) => [row.id, overviewFromRow(row)]));
  return { items: ids.items.flatMap(({ id }) => byId.get(id) ?? []), nextCursor: ids.nextCursor };
}

type Statement = Readonly<{ sql: string; values: readonly unknown[] }>;

/** SQLite numbers the values by where they stand in the text, so each is bound where its condition is written. */
function selectIds(query: TenantQuery, dialect: Dialect): Statement {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = ['t."removedAt" IS NULL'];
  const position = positionAt(query.cursor);
  if (position !== null) conditions.push(`t."id" > ${bind(position.id)}`);
  if (query.tenantId !== null) conditions.push(`t."id" = ${bind(query.tenantId)}`);
  if (query.state !== undefined) conditions.push(`t."state" = ${bind(query.state)}`);
  if (query.externalId !== undefined) conditions.push(`t."externalId" = ${bind(query.externalId)}`);
  if (query.search !== undefined) {
    const { operator, pattern } = dialect.textSearch;
    conditions.push(`t."name" ${operator} ${bind(pattern(query.search))}`);
  }
  if (query.health !== undefined) conditions.push(tenantHealthIn(query.health, bind(dateOf(query.now))));
  if (query.network !== undefined || query.condition !== undefined) conditions.push(hasConnection(query, bind));
  const where = conditions.join(' AND ');
  const limit = bind(query.limit + 1);
  return { sql: `SELECT t."id" AS "id" FROM "Tenant" t WHERE ${where} ORDER BY t."id" LIMIT ${limit}`, values };
}

/** `healthNow` of `domain/connection-now.ts` once more; a contract test compares the two at many moments. */
function healthNow(now: string): string {
  return `CASE WHEN s."health" = 'removed' THEN 'removed'
    WHEN s."health" IS NULL OR s."speaksUntil" < ${now} OR t."state" IN ('reauthorize', 'access_denied') THEN 'unobserved'
    ELSE s."health" END`;
}

const connectionsOfTenant = `FROM "Connection" c LEFT JOIN "Snapshot" s ON s."periodOfId" = c."id"
  WHERE c."tenantId" = t."id"`;

function tenantHealthIn(wanted: readonly TenantHealth[], now: string): string {
  return `${placeOfHealth(now)} IN (${['NULL', ...wanted.map(placeOf)].join(', ')})`;
}

/** A tenant's health as its place in the list of healths, where the worst comes first. */
function placeOfHealth(now: string): string {
  const cases = tenantHealths.map((health) => `WHEN '${health}' THEN ${placeOf(health)}`).join(' ');
  const worst = `SELECT MIN(CASE ${healthNow(now)} ${cases} END) ${connectionsOfTenant}`;
  return `COALESCE((${worst}), CASE WHEN t."baselinedAt" IS NULL THEN ${placeOf('unobserved')} END)`;
}

function placeOf(health: TenantHealth): string {
  return String(tenantHealths.indexOf(health));
}

/** How many tenants there are of each health. */
export async function countTenants(
  { db }: Database,
  { tenantId, now }: Pick<TenantQuery, 'tenantId' | 'now'>,
): Promise<Readonly<Record<TenantHealth, number>>> {
  const ofTenant = tenantId === null ? '' : 'AND t."id" = $2';
  const rows = await db.$queryRawUnsafe<readonly { place: number | null; tenants: number | bigint }[]>(
    `SELECT ${placeOfHealth('$1')} AS "place", count(*) AS "tenants" FROM "Tenant" t
     WHERE t."removedAt" IS NULL ${ofTenant} GROUP BY 1`,
    ...[dateOf(now), ...(tenantId === null ? [] : [tenantId])],
  );
  const countOf = (health: TenantHealth) =>
    Number(rows.find(({ place }) => place !== null && tenantHealths[Number(place)] === health)?.tenants ?? 0);
  return Object.fromEntries(tenantHealths.map((health) => [health, countOf(health)])) as Record<TenantHealth, number>;
}

/** One connection of the network, which shows the condition; removed accounts only where that is the condition. */
function hasConnection({ network, condition, now }: TenantQuery, bind: (value: unknown) => string): string {
  const ofNetwork = network === undefined ? '' : `AND c."network" = ${bind(network)}`;
  const shown =
    condition === undefined
      ? `AND COALESCE(s."health", '') <> 'removed'`
      : `AND (${healthNow(bind(dateOf(now)))}) <> 'unobserved' AND ' ' || s."conditions" || ' ' LIKE ${bind(`% ${condition} %`)}`;
  return `EXISTS (SELECT 1 ${connectionsOfTenant} ${ofNetwork} ${shown})`;
}
