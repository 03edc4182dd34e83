import { type TenantHealth, tenantHealths } from '../domain/model/condition.ts';
import { cursorAt, LAST_INSTANT, positionAt, textCursorAt, textPositionAt } from '../monitoring/pages.ts';
import type { Page, TenantCounts, TenantOverview, TenantQuery, TenantStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { readOverviews } from './overview.ts';
import { dateOf } from './rows/values.ts';
import { type Bind, selectBound } from './select-bound.ts';
import { findCandidates, fromGivenTenants, withGivenIds } from './tenant-candidates.ts';
import { type Asked, filterSql, findsFew } from './tenant-filter.ts';
import { placeOfHealth } from './tenant-health.ts';
import { REST, unhurriedWindows, type Window, within } from './tenant-windows.ts';
import { findTenantIds } from './tenants-by-id.ts';

/** Finds the page's ids, then loads those tenants. */
export async function listTenants(database: Database, query: TenantQuery): Promise<Page<TenantOverview>> {
  const rows = await findIds(database, query);
  const page = rows.slice(0, query.limit);
  const tenants = await readOverviews(
    database,
    page.map(({ id }) => id),
  );
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    items: page.flatMap(({ id }) => tenants.get(id)?.overview ?? []),
    nextCursor: last === undefined ? null : cursorOf(last),
  };
}

/** A tenant's id, and its place in the order. */
type Placed = Readonly<{ id: string; place: string | number }>;

function cursorOf({ id, place }: Placed): string {
  return typeof place === 'string' ? textCursorAt({ text: place, id }) : cursorAt({ at: place, id });
}

/** One more than the page has, where another one follows. */
async function findIds(database: Database, query: TenantQuery): Promise<readonly Placed[]> {
  const { health: healths, order = 'id', cursor, limit, ...filter } = query;
  const find: Find = { database, asked: { ...filter, healths }, wanted: limit + 1 };
  switch (order) {
    case 'id':
      return await byIdAt(0, find, positionAt(cursor)?.id);
    case 'name':
      return await byName(find, cursor);
    case 'worst':
      return await byHealth(find, cursor);
    case 'longest_broken':
      return await byBegin(find, cursor);
  }
}

type Find = Readonly<{ database: Database; asked: Asked; wanted: number }>;

/** Health by health, the worst first: those of one health have the same place. */
async function byHealth({ asked, ...find }: Find, cursor: string | null): Promise<readonly Placed[]> {
  const after = positionAt(cursor);
  const found: Placed[] = [];
  for (const [place, health] of [...tenantHealths, null].entries()) {
    const isAsked = asked.healths === undefined || asked.healths.includes(health);
    if (!isAsked || place < (after?.at ?? 0)) continue;
    const own = { ...find, asked: { ...asked, healths: [health] }, wanted: find.wanted - found.length };
    found.push(...(await byIdAt(place, own, place === after?.at ? after.id : undefined)));
    if (found.length === find.wanted) break;
  }
  return found;
}

/** By when the open incident began that began first; then those without one. */
async function byBegin({ asked, database, wanted }: Find, cursor: string | null): Promise<readonly Placed[]> {
  const after = positionAt(cursor);
  const found: Placed[] = [];
  if (after === null || after.at < LAST_INSTANT) {
    const { msOf } = database.dialect;
    // The comparison with the empty text has SQLite use the index of open incidents, where it would read them all.
    const open = `(SELECT i."tenantId" AS "tenantId", ${msOf('MIN(i."openedAt")')} AS "begin" FROM "Incident" i
      WHERE i."openKey" > '' AND i."state" = 'open' GROUP BY i."tenantId") open
      JOIN "Tenant" t ON t."id" = open."tenantId"`;
    const rows = await selectBound<Row>(database, (bind) => {
      const behind = after === null ? '' : `(open."begin", t."id") > (${bind(after.at)}, ${bind(after.id)}) AND `;
      return `SELECT t."id" AS "id", open."begin" AS "place" FROM ${open}
        WHERE ${behind}${filterSql(asked, 'each', database.dialect, bind)} ORDER BY 2, 1 LIMIT ${bind(wanted)}`;
    });
    found.push(...rows.map(({ id, place }) => ({ id, place: Number(place) })));
  }
  if (found.length === wanted) return found;
  const rest = { database, asked: { ...asked, hasOpenIncident: false as const }, wanted: wanted - found.length };
  const behind = after?.at === LAST_INSTANT ? after.id : undefined;
  return [...found, ...(await byIdAt(LAST_INSTANT, rest, behind))];
}

/** In the database's own order of letters. */
async function byName({ asked, database, wanted }: Find, cursor: string | null): Promise<readonly Placed[]> {
  const after = textPositionAt(cursor);
  const name = `LOWER(t."name") ${database.dialect.byCharacter}`;
  const rows = await selectBound<Row>(database, (bind) => {
    const behind = after === null ? '' : `(${name}, t."id") > (${bind(after.text)}, ${bind(after.id)}) AND `;
    return `SELECT t."id" AS "id", ${name} AS "place" FROM "Tenant" t
      WHERE ${behind}${filterSql(asked, 'each', database.dialect, bind)} ORDER BY ${name}, t."id" LIMIT ${bind(wanted)}`;
  });
  return rows.map(({ id, place }) => ({ id, place: String(place) }));
}

type Row = Readonly<{ id: string; place: string | number | bigint }>;

/** Tenants at the same place, in the order of their ids. */
async function byIdAt(place: number, { database, asked, wanted }: Find, behind = ''): Promise<readonly Placed[]> {
  return (await findTenantIds(database, { asked, wanted, behind })).map((id) => ({ id, place }));
}

type CountQuery = Parameters<TenantStore['counts']>[0];

type Counted = Readonly<{ place: number | bigint | null; tenants: number | bigint }>;

/** How many of the tenants that the filter lets through have each health. */
export async function countTenants(database: Database, query: CountQuery): Promise<TenantCounts> {
  const { health: healths, ...filter } = query;
  const asked = { ...filter, healths };
  const byPlace = new Map<number | null, number>();
  for await (const rows of countedParts(database, asked)) {
    for (const { place, tenants } of rows) {
      const at = place === null ? null : Number(place);
      byPlace.set(at, (byPlace.get(at) ?? 0) + Number(tenants));
    }
  }
  const countAt = (wanted: number | null) => byPlace.get(wanted) ?? 0;
  const counts = tenantHealths.map((health, at) => [health, countAt(at)]);
  return { ...(Object.fromEntries(counts) as Record<TenantHealth, number>), none: countAt(null) };
}

/** Some of the tenants at a time: an embedded database has other work in between. */
async function* countedParts(database: Database, asked: Asked): AsyncGenerator<readonly Counted[]> {
  const { dialect } = database;
  const countSql = (from: string, bind: Bind, condition: () => string) => {
    const place = placeOfHealth(bind(dateOf(asked.now)));
    return `SELECT ${place} AS "place", count(*) AS "tenants" FROM ${from}
      WHERE ${condition()}${filterSql(asked, 'each', dialect, bind)} GROUP BY 1`;
  };
  const candidates = findsFew(asked) ? null : await findCandidates(database, asked);
  if (candidates !== null) {
    for await (const some of candidates.batches({ rest: REST })) {
      yield await selectBound<Counted>(database, (bind) => {
        const given = withGivenIds(some, dialect, bind);
        return `${given} ${countSql(fromGivenTenants(dialect), bind, () => '')}`;
      });
    }
    return;
  }
  for await (const window of findsFew(asked) ? [EVERYBODY] : unhurriedWindows(database)) {
    yield await selectBound<Counted>(database, (bind) => countSql('"Tenant" t', bind, () => within(window, bind)));
  }
}

const EVERYBODY: Window = { after: '', until: null };
