import { setImmediate } from 'node:timers/promises';
import { healths, type TenantHealth, tenantHealths } from '../domain/model/condition.ts';
import { type Position, pageOf, positionAt } from '../monitoring/pages.ts';
import type { Page, PastCounts, PastQuery, PastStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { loadRemembered } from './load-remembered.ts';
import { type Part, type PartRow, type Statement, selectCounts, selectIds, selectPlaces } from './past-statements.ts';
import { ascending } from './rows/values.ts';

/** Tenants in one statement. An embedded database works without yielding, so polls get their turn in between. */
const PART = 500;

export function createPastStore(database: Database): PastStore {
  const { dialect } = database;
  return {
    list: async (query) => {
      const { items, nextCursor } = await findPage(database, query);
      const ids = items.map(({ id }) => id);
      return { items: await loadRemembered(database, ids, query.at), nextCursor };
    },

    count: async (query) => {
      const counts = new Map<string, PartRow & Readonly<{ count: number }>>();
      for await (const rows of partsAfter(database, '', (part) => selectCounts(query, part, dialect))) {
        for (const row of rows) {
          const key = JSON.stringify([row.kind, row.name, Number(row.place)]);
          counts.set(key, { ...row, count: Number(row.count) + (counts.get(key)?.count ?? 0) });
        }
      }
      return countsOf([...counts.values()]);
    },
  };
}

/** The ids of a page, and their places in the order. */
async function findPage(database: Database, query: PastQuery): Promise<Page<Position>> {
  const { order = 'id', health, network, condition } = query;
  if (order === 'worst') return await searchWorst(database, query);
  const isSearch = health !== undefined || network !== undefined || condition !== undefined;
  return isSearch ? await searchById(database, query) : await nextPage(database, query);
}

/** Nothing has to be known of connections to find it. */
async function nextPage({ db, dialect }: Database, query: PastQuery): Promise<Page<Position>> {
  const part = { after: idOf(query.cursor), size: query.limit + 1 };
  const { sql, values } = selectIds(query, part, dialect);
  const rows = await db.$queryRawUnsafe<readonly Readonly<{ id: string }>[]>(sql, ...values);
  const placed = rows.map(({ id }) => ({ at: 0, id }));
  return pageOf(placed, query.limit, (position) => position);
}

function idOf(cursor: string | null): string {
  return positionAt(cursor)?.id ?? '';
}

/** Reads as many parts as it takes to fill the page. */
async function searchById(database: Database, query: PastQuery): Promise<Page<Position>> {
  const found: Position[] = [];
  for await (const rows of partsAfter(database, idOf(query.cursor), (part) =>
    selectPlaces(query, part, database.dialect),
  )) {
    found.push(...rows.map(({ name }) => ({ at: 0, id: name ?? '' })));
    if (found.length > query.limit) break;
  }
  return pageOf(found, query.limit, (position) => position);
}

/** Through the whole fleet, of which no more than a page is kept. */
async function searchWorst(database: Database, query: PastQuery): Promise<Page<Position>> {
  const cursor = positionAt(query.cursor);
  let found: readonly Position[] = [];
  for await (const rows of partsAfter(database, '', (part) => selectPlaces(query, part, database.dialect))) {
    const placed = rows.map(({ name, place }) => ({ at: Number(place), id: name ?? '' }));
    const following = placed.filter((position) => cursor === null || worstFirst(cursor, position) < 0);
    found = [...found, ...following].toSorted(worstFirst).slice(0, query.limit + 1);
  }
  return pageOf(found, query.limit, (position) => position);
}

function worstFirst(a: Position, b: Position): number {
  return ascending(a.at, b.at) || ascending(a.id, b.id);
}

/** What the statement finds in one part of the tenants after the other, until a part is not full. */
async function* partsAfter({ db }: Database, after: string, select: (part: Part) => Statement) {
  for (let [last, size] = [after, PART]; size === PART; ) {
    const { sql, values } = select({ after: last, size });
    const rows = await db.$queryRawUnsafe<readonly PartRow[]>(sql, ...values);
    yield rows.filter(({ kind }) => kind !== 'reach');
    const reach = rows.find(({ kind }) => kind === 'reach');
    [last, size] = [reach?.name ?? '', Number(reach?.count ?? 0)];
    await setImmediate();
  }
}

function countsOf(rows: readonly (PartRow & Readonly<{ count: number }>)[]): PastCounts {
  const countAt = (place: number) =>
    rows.find((row) => row.kind === 'tenants' && Number(row.place) === place)?.count ?? 0;
  const byHealth = tenantHealths.map((health, place) => [health, countAt(place)]);
  return {
    tenants: { ...(Object.fromEntries(byHealth) as Record<TenantHealth, number>), none: countAt(tenantHealths.length) },
    connections: rows.flatMap(({ kind, name, place, count }) => {
      const health = healths[Number(place)];
      return kind !== 'connections' || name === null || health === undefined
        ? []
        : [{ network: name, health, connections: count }];
    }),
  };
}
