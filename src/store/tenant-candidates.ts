import { setImmediate } from 'node:timers/promises';
import { batchesOf } from '../monitoring/pages.ts';
import type { Database } from './database.ts';
import type { Dialect } from './dialect.ts';
import { idsToJson } from './id-lists.ts';
import { type Bind, selectBound } from './select-bound.ts';
import { type Asked, needsConnections, rareHealthsIn, rareSql } from './tenant-filter.ts';

/**
 * Where a filter is about connections, the tenants whose connections have to be read are those whose own rows show the
 * health that goes with it. These are the candidates.
 */

/** Where there are more, a page of the tenants that the filter lets through is found soon in any case. */
const MOST = 5_000;
/** So many candidates' connections are read by one statement. */
const READ_AT_ONCE = 100;

/** By id, behind one of them. Null where the filter needs no candidates, where no index finds them, or finds too many. */
export async function findCandidates(database: Database, asked: Asked, behind = ''): Promise<readonly string[] | null> {
  const healths = needsConnections(asked) ? rareHealthsIn(asked) : null;
  if (healths === null) return null;
  const [answer] = await selectBound<Readonly<{ rows: string }>>(
    database,
    (bind) => `SELECT ${database.dialect.rowsToJson(['"id"', '"isBehind"'])} AS "rows" FROM (
      SELECT * FROM (SELECT t."id" AS "id", t."id" > ${bind(behind)} AS "isBehind" FROM "Tenant" t
        WHERE ${rareSql(healths, asked.now, bind)} LIMIT ${bind(MOST + 1)}) AS few
      ORDER BY COALESCE("id", '')) AS ordered`,
  );
  const found = JSON.parse(answer?.rows ?? '[]') as readonly (readonly [id: string, isBehind: boolean | number])[];
  if (found.length > MOST) return null;
  return found.filter(([, isBehind]) => Boolean(isBehind)).map(([id]) => id);
}

/** Some at a time: an embedded database works without yielding, so polls and pages get their turn in between. */
export async function* candidateBatches(candidates: readonly string[]): AsyncGenerator<readonly string[]> {
  for (const batch of batchesOf(candidates, READ_AT_ONCE)) {
    yield batch;
    await setImmediate();
  }
}

/** Before a SELECT: the tenants with these ids, which `givenTenants` joins. Their ids are the first value that is bound. */
export function giveTenants(ids: readonly string[], { rowsFromJson }: Dialect, bind: Bind): string {
  bind(idsToJson(ids));
  return `WITH given AS ${rowsFromJson({ id: 'text' })}`;
}

/** After FROM: the given tenants as the table `t`. */
export function givenTenants({ joinByIndex }: Dialect): string {
  return `given ${joinByIndex('Tenant', 't', 't."id" = given."id"')}`;
}
