import type { Database } from './database.ts';
import type { Dialect } from './dialect.ts';
import { idsToJson } from './id-lists.ts';
import { orderOfFew } from './order-of-few.ts';
import { type Bind, selectBound } from './select-bound.ts';
import { type Asked, needsConnections, rareHealthsIn, rareSql } from './tenant-filter.ts';
import { leaveTime } from './tenant-windows.ts';

/** Of more candidates, looking at one tenant after the other finds a page as soon. */
const MAX_CANDIDATES = 5_000;
/** Candidates in the first statement, and in each later one of an embedded database. */
const [FIRST, LATER] = [100, 200];

/**
 * The ids, in order and behind one of them, of the tenants that a filter on connections may mean: their own rows show the
 * health of a tenant with such a connection, and an index finds them by that. Null where the filter is not on connections,
 * where such tenants are not rare, or where they are too many.
 */
export async function findCandidates(database: Database, asked: Asked, behind = ''): Promise<readonly string[] | null> {
  const healths = needsConnections(asked) ? rareHealthsIn(asked) : null;
  if (healths === null) return null;
  const [answer] = await selectBound<Readonly<{ rows: string }>>(
    database,
    (bind) => `SELECT ${database.dialect.rowsToJson(['"id"', '"isBehind"'])} AS "rows" FROM (
      SELECT * FROM (SELECT t."id" AS "id", t."id" > ${bind(behind)} AS "isBehind" FROM "Tenant" t
        WHERE ${rareSql(healths, asked.now, bind)} LIMIT ${bind(MAX_CANDIDATES + 1)}) AS few
      ORDER BY ${orderOfFew('"id"')}) AS ordered`,
  );
  const found = JSON.parse(answer?.rows ?? '[]') as readonly (readonly [id: string, isBehind: boolean | number])[];
  if (found.length > MAX_CANDIDATES) return null;
  return found.filter(([, isBehind]) => Boolean(isBehind)).map(([id]) => id);
}

/**
 * The candidates, some at a time: the first may be enough. An embedded database works without yielding, so polls and pages
 * get their turn in between; `rest`: for so many times as long as a batch has taken. A server works beside us, and is asked
 * for all others at once.
 */
export async function* candidateBatches(
  candidates: readonly string[],
  { dialect }: Database,
  { rest = 0 } = {},
): AsyncGenerator<readonly string[]> {
  const isEmbedded = dialect.name === 'sqlite';
  const later = isEmbedded ? LATER : MAX_CANDIDATES;
  for (let [from, size] = [0, FIRST]; from < candidates.length; from += size, size = later) {
    const beganAt = performance.now();
    yield candidates.slice(from, from + size);
    await leaveTime(performance.now() - beganAt, isEmbedded ? rest : 0);
  }
}

/** Before a SELECT: the tenants with these ids, for `fromGivenTenants`. Their ids are the first value that is bound. */
export function withGivenIds(ids: readonly string[], { rowsFromJson }: Dialect, bind: Bind): string {
  bind(idsToJson(ids));
  return `WITH given AS ${rowsFromJson({ id: 'text' })}`;
}

/** After FROM: the given tenants as the table `t`. */
export function fromGivenTenants({ joinByIndex }: Dialect): string {
  return `given ${joinByIndex('Tenant', 't', 't."id" = given."id"')}`;
}
