import type { Database } from './database.ts';
import { orderOfFew } from './order-of-few.ts';
import { type Bind, selectBound } from './select-bound.ts';
import { type Candidates, findCandidates, fromGivenTenants, withGivenIds } from './tenant-candidates.ts';
import { type Asked, filterSql, findsFew, isIndexed, rareHealthsIn, type Way } from './tenant-filter.ts';
import { tenantWindows, type Window, within } from './tenant-windows.ts';

/** The first tenants behind one of them, in the order of their ids. */
export type IdQuery = Readonly<{ asked: Asked; wanted: number; behind: string }>;

/**
 * An embedded database looks at some tenants first: where a filter lets many through, the page is full soon; where it
 * lets few through, an index finds them, if there is one.
 */
export async function findTenantIds(database: Database, query: IdQuery): Promise<readonly string[]> {
  const { asked, wanted, behind } = query;
  const find = (way: Way, window: Window) =>
    selectIds(database, (bind) => idsSql({ asked, wanted, way, window }, database, bind));
  const all: Window = { after: behind, until: null };
  if (findsFew(asked)) return await find('index', all);
  const candidates = await findCandidates(database, asked, behind);
  if (candidates !== null) return await firstAmong(candidates, database, query);
  if (database.dialect.name !== 'sqlite') return await find(isIndexed(asked) ? 'index' : 'each', all);
  const found: string[] = [];
  for await (const window of tenantWindows(database, behind)) {
    found.push(...(await find('each', window)));
    if (found.length >= wanted || window.until === null) break;
    // Where tenants of the rare healths are too many to be candidates, the next windows fill the page sooner.
    if (isIndexed(asked) && rareHealthsIn(asked) === null) return await find('index', all);
  }
  return found.slice(0, wanted);
}

type Ids = Readonly<{ asked: Asked; wanted: number; way: Way; window: Window }>;

function idsSql({ asked, wanted, way, window }: Ids, { dialect }: Database, bind: Bind): string {
  const filter = `${within(window, bind)}${filterSql(asked, way, dialect, bind)}`;
  const order = way === 'each' ? 't."id"' : orderOfFew('t."id"');
  return `SELECT t."id" AS "id" FROM "Tenant" t WHERE ${filter} ORDER BY ${order} LIMIT ${bind(wanted)}`;
}

/** Reads the connections of some candidates at a time: the page may be full before the last of them. */
async function firstAmong(
  candidates: Candidates,
  database: Database,
  { asked, wanted }: IdQuery,
): Promise<readonly string[]> {
  const { dialect } = database;
  const found: string[] = [];
  for await (const some of candidates.batches()) {
    const ids = await selectIds(
      database,
      (bind) => `${withGivenIds(some, dialect, bind)} SELECT t."id" AS "id" FROM ${fromGivenTenants(dialect)}
        WHERE ${filterSql(asked, 'each', dialect, bind)} ORDER BY t."id"`,
    );
    found.push(...ids);
    if (found.length >= wanted) break;
  }
  return found.slice(0, wanted);
}

async function selectIds(database: Database, sqlOf: (bind: Bind) => string): Promise<readonly string[]> {
  return (await selectBound<Readonly<{ id: string }>>(database, sqlOf)).map(({ id }) => id);
}
