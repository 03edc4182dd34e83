import type { Instant } from '../domain/model/time.ts';
import { batchesOf } from '../monitoring/batches.ts';
import type { Database } from './database.ts';
import type { Dialect } from './dialect.ts';
import { idsToJson } from './id-lists.ts';
import { type Bind, selectBound } from './select-bound.ts';
import { type Asked, needsConnections, rareHealthsIn, rareSql } from './tenant-filter.ts';
import type { RareHealth } from './tenant-health.ts';
import { leaveTime } from './tenant-windows.ts';

/** With more candidates, looking at one tenant after the other finds a page as soon. */
const MAX_CANDIDATES = 5_000;
/** Candidates in the first batch, and in each later one of an embedded database. */
const [FIRST, LATER] = [100, 200];

/** Tenants that a filter may mean, behind the one that was named. */
export type Candidates = Readonly<{
  /**
   * Their ids in order, some at a time: the first may be enough. An embedded database works without yielding, so polls
   * and pages get their turn in between; `rest`: for so many times as long as a batch has taken. A server works beside
   * us, and is asked for all others at once.
   */
  batches(pace?: Readonly<{ rest: number }>): AsyncGenerator<readonly string[]>;
}>;

/**
 * The tenants that a filter on health or on connections may mean: their own rows show the health of a tenant with such
 * a connection, and an index finds them by that. Null where such tenants are not rare, or are too many; and on a server
 * where one statement finds them as well, because the tenants' own rows say all that the filter asks.
 */
export async function findCandidates(database: Database, asked: Asked, behind = ''): Promise<Candidates | null> {
  const isEmbedded = database.dialect.name === 'sqlite';
  const healths = isEmbedded || needsConnections(asked) ? rareHealthsIn(asked) : null;
  if (healths === null) return null;
  const rare: Rare = { database, healths, now: asked.now };
  const { all, ids: first } = await readIds(rare, { behind, limit: FIRST });
  if (all > MAX_CANDIDATES) return null;
  return {
    batches: async function* ({ rest } = { rest: 0 }) {
      for await (const batch of inBatches(rare, first)) {
        const beganAt = performance.now();
        yield batch;
        await leaveTime(database, performance.now() - beganAt, isEmbedded ? rest : 0);
      }
    },
  };
}

type Rare = Readonly<{ database: Database; healths: readonly RareHealth[]; now: Instant }>;

/** The first ones, which are there, and all behind them once they are wanted. */
async function* inBatches(rare: Rare, first: readonly string[]): AsyncGenerator<readonly string[]> {
  yield first;
  const last = first.length < FIRST ? undefined : first.at(-1);
  if (last === undefined) return;
  const { ids } = await readIds(rare, { behind: last, limit: MAX_CANDIDATES });
  yield* batchesOf(ids, rare.database.dialect.name === 'sqlite' ? LATER : MAX_CANDIDATES);
}

/** `all`: how many there are, behind whatever tenant, up to one more than may be. */
async function readIds(
  { database, healths, now }: Rare,
  { behind, limit }: Readonly<{ behind: string; limit: number }>,
): Promise<Readonly<{ all: number; ids: readonly string[] }>> {
  const [answer] = await selectBound<Readonly<{ all: number | bigint; rows: string }>>(
    database,
    (bind) => `WITH few AS MATERIALIZED (
        SELECT t."id" FROM "Tenant" t WHERE ${rareSql(healths, now, bind)} LIMIT ${bind(MAX_CANDIDATES + 1)})
      SELECT (SELECT count(*) FROM few) AS "all", (SELECT ${database.dialect.rowsToJson(['"id"'])} FROM (
        SELECT "id" FROM few WHERE "id" > ${bind(behind)} ORDER BY "id" LIMIT ${bind(limit)}) AS ordered) AS "rows"`,
  );
  const rows = JSON.parse(answer?.rows ?? '[]') as readonly (readonly [id: string])[];
  return { all: Number(answer?.all ?? 0), ids: rows.flat() };
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
