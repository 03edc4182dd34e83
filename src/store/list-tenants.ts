import { type TenantHealth, tenantHealths } from '../domain/model/condition.ts';
import { cursorAt, LAST_INSTANT, positionAt, textCursorAt, textPositionAt } from '../monitoring/pages.ts';
import type { Page, TenantCounts, TenantOverview, TenantQuery, TenantStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Dialect } from './dialect.ts';
import { findForIds } from './id-lists.ts';
import { overviewFromRow, overviewRelations } from './overview.ts';
import { ascending, dateOf } from './rows/values.ts';
import { tenantWindows, type Window } from './tenant-windows.ts';

/** Finds the page's ids, then loads those tenants. */
export async function listTenants(database: Database, query: TenantQuery): Promise<Page<TenantOverview>> {
  const { db } = database;
  const rows = await findIds(database, query);
  const page = rows.slice(0, query.limit);
  const tenants = await findForIds(
    page.map(({ id }) => id),
    (list) => db.tenant.findMany({ where: { id: { in: list }, removedAt: null }, include: overviewRelations }),
  );
  const byId = new Map(tenants.map((row) => [row.id, overviewFromRow(row)]));
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    items: page.flatMap(({ id }) => byId.get(id) ?? []),
    nextCursor: last === undefined ? null : cursorOf(last),
  };
}

/**
 * One more than the page has, where another one follows. By ids only as far as the page reaches; any other order has to
 * look at every tenant that the filter lets through.
 */
async function findIds(database: Database, query: TenantQuery): Promise<readonly Placed[]> {
  const { order = 'id', cursor, limit } = query;
  const select = async (window: Window | null) => {
    const { sql, values } = selectIds(query, window, database.dialect);
    return await database.db.$queryRawUnsafe<readonly Placed[]>(sql, ...values);
  };
  // The database alone knows its order of names.
  if (order === 'name') return await select(null);
  let found: readonly Placed[] = [];
  for await (const window of tenantWindows(database, query, order === 'id' ? positionAt(cursor)?.id : '')) {
    found = [...found, ...(await select(window))].toSorted(byPlace).slice(0, limit + 1);
    if (order === 'id' && found.length > limit) break;
  }
  return found;
}

function byPlace(a: Placed, b: Placed): number {
  return Number(a.place) - Number(b.place) || ascending(a.id, b.id);
}

/** A tenant's id, and its place in the order. */
type Placed = Readonly<{ id: string; place: string | number | bigint }>;

function cursorOf({ id, place }: Placed): string {
  return typeof place === 'string' ? textCursorAt({ text: place, id }) : cursorAt({ at: Number(place), id });
}

type Statement = Readonly<{ sql: string; values: readonly unknown[] }>;
type Bind = (value: unknown) => string;

/** SQLite numbers the values by where they stand in the text, so each is bound where its condition is written. */
function selectIds(query: TenantQuery, window: Window | null, dialect: Dialect): Statement {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const place = placeIn(query, dialect, bind);
  const filter = `${within(window, bind)}${filterOf(query, dialect, bind)}`;
  const found = `SELECT t."id" AS "id", ${place} AS "place" FROM "Tenant" t WHERE ${filter}`;
  const after = query.cursor === null || (query.order ?? 'id') === 'id' ? '' : `WHERE ${afterCursor(query, bind)}`;
  const sql = `SELECT "id", "place" FROM (${found}) placed ${after} ORDER BY ${inOrder(query)} LIMIT ${bind(query.limit + 1)}`;
  return { sql, values };
}

/** By ids alone the index on them gives the first page without a look at the rest. */
function inOrder({ order = 'id' }: TenantQuery): string {
  return order === 'id' ? '"id"' : '"place", "id"';
}

function placeIn({ order = 'id', now }: TenantQuery, { msOf, byCharacter }: Dialect, bind: Bind): string {
  switch (order) {
    case 'id':
      return '0';
    case 'worst':
      return `COALESCE(${placeOfHealth(bind(dateOf(now)))}, ${tenantHealths.length})`;
    case 'longest_broken':
      return `COALESCE((SELECT ${msOf('MIN(i."openedAt")')} FROM "Incident" i
        WHERE i."tenantId" = t."id" AND i."state" = 'open'), ${LAST_INSTANT})`;
    case 'name':
      return `LOWER(t."name") ${byCharacter}`;
  }
}

function within(window: Window | null, bind: Bind): string {
  if (window === null) return '';
  const from = `t."id" > ${bind(window.after)} AND `;
  return window.until === null ? from : `${from}t."id" <= ${bind(window.until)} AND `;
}

function afterCursor({ order = 'id', cursor }: TenantQuery, bind: Bind): string {
  const named = order === 'name' ? textPositionAt(cursor) : null;
  const position = named ?? positionAt(cursor);
  const place = named?.text ?? positionAt(cursor)?.at;
  return `("place" > ${bind(place)} OR ("place" = ${bind(place)} AND "id" > ${bind(position?.id)}))`;
}

function filterOf(query: CountQuery, dialect: Dialect, bind: Bind): string {
  const conditions = ['t."removedAt" IS NULL'];
  if (query.tenantId !== null) conditions.push(`t."id" = ${bind(query.tenantId)}`);
  if (query.state !== undefined) conditions.push(`t."state" = ${bind(query.state)}`);
  if (query.failingForMs !== undefined) {
    conditions.push(`t."state" = 'active' AND t."failingSince" <= ${bind(dateOf(query.now - query.failingForMs))}`);
  }
  if (query.externalId !== undefined) conditions.push(`t."externalId" = ${bind(query.externalId)}`);
  if (query.search !== undefined) {
    const { operator, pattern } = dialect.textSearch;
    conditions.push(`t."name" ${operator} ${bind(pattern(query.search))}`);
  }
  if (query.contact !== undefined) {
    // Both databases fold the case of ASCII alike; of other letters PostgreSQL alone.
    conditions.push(`t."id" IN (SELECT p."tenantId" FROM "Contact" p
      WHERE p."removedAt" IS NULL AND LOWER(p."email") = LOWER(${bind(query.contact)}))`);
  }
  if (query.health !== undefined) conditions.push(tenantHealthIn(query.health, bind(dateOf(query.now))));
  if (query.network !== undefined || query.condition !== undefined) conditions.push(hasConnection(query, bind));
  return conditions.join(' AND ');
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

type CountQuery = Parameters<TenantStore['counts']>[0];

/** How many of the tenants that the filter lets through have each health. */
export async function countTenants(database: Database, query: CountQuery): Promise<TenantCounts> {
  const byPlace = new Map<number | null, number>();
  for await (const window of tenantWindows(database, query)) {
    for (const { place, tenants } of await countWindow(database, query, window)) {
      const at = place === null ? null : Number(place);
      byPlace.set(at, (byPlace.get(at) ?? 0) + Number(tenants));
    }
  }
  const countAt = (wanted: number | null) => byPlace.get(wanted) ?? 0;
  const counts = tenantHealths.map((health, at) => [health, countAt(at)]);
  return { ...(Object.fromEntries(counts) as Record<TenantHealth, number>), none: countAt(null) };
}

type Counted = Readonly<{ place: number | bigint | null; tenants: number | bigint }>;

async function countWindow({ db, dialect }: Database, query: CountQuery, window: Window): Promise<readonly Counted[]> {
  const values: unknown[] = [];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const place = placeOfHealth(bind(dateOf(query.now)));
  const filter = `${within(window, bind)}${filterOf(query, dialect, bind)}`;
  return await db.$queryRawUnsafe<readonly Counted[]>(
    `SELECT ${place} AS "place", count(*) AS "tenants" FROM "Tenant" t WHERE ${filter} GROUP BY 1`,
    ...values,
  );
}

/** One connection of the network, which shows the condition; removed accounts only where that is the condition. */
function hasConnection({ network, condition, now }: CountQuery, bind: Bind): string {
  const ofNetwork = network === undefined ? '' : `AND c."network" = ${bind(network)}`;
  const shown =
    condition === undefined
      ? `AND COALESCE(s."health", '') <> 'removed'`
      : `AND (${healthNow(bind(dateOf(now)))}) <> 'unobserved' AND ' ' || s."conditions" || ' ' LIKE ${bind(`% ${condition} %`)}`;
  return `EXISTS (SELECT 1 ${connectionsOfTenant} ${ofNetwork} ${shown})`;
}
