import type { RateId, RateStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { dateOf } from './rows/values.ts';
import { insertsFirst, retrying } from './transaction.ts';

/** In ms; PostgreSQL's driver gives them as bigint. */
type RawRate = Readonly<Record<'nextAt' | 'pausedUntil' | 'now', number | bigint>>;

export function createRateStore(database: Database): RateStore {
  const { db } = database;
  return {
    read: async (id) => {
      const row = (await readRow(database, id)) ?? (await beginRow(database, id));
      const { nextAt, pausedUntil, now } = row;
      return { nextAt: Number(nextAt), pausedUntil: Number(pausedUntil), now: Number(now) };
    },
    // The condition settles the race: of two processes that read the same rate, one reserves and the other reads again.
    replace: ({ key, endpoint }, before, next) =>
      retrying(async () => {
        const where = { key, endpoint, nextAt: dateOf(before.nextAt), pausedUntil: dateOf(before.pausedUntil) };
        const data = { nextAt: dateOf(next.nextAt), pausedUntil: dateOf(next.pausedUntil) };
        return (await db.requestRate.updateMany({ where, data })).count === 1;
      }),
  };
}

async function readRow({ db, dialect }: Database, { key, endpoint }: RateId): Promise<RawRate | undefined> {
  const columns = ['nextAt', 'pausedUntil'].map((name) => `${dialect.msOf(`"${name}"`)} AS "${name}"`);
  const [row] = await db.$queryRawUnsafe<readonly RawRate[]>(
    `SELECT ${columns.join(', ')}, ${dialect.now} AS "now" FROM "RequestRate" WHERE "key" = $1 AND "endpoint" = $2`,
    key,
    endpoint,
  );
  return row;
}

/** A key that never asked has all its slots before it. Another process may begin the same row meanwhile. */
async function beginRow(database: Database, { key, endpoint }: RateId): Promise<RawRate> {
  const data = { key, endpoint, nextAt: dateOf(0), pausedUntil: dateOf(0) };
  await retrying(() => insertsFirst(() => database.db.requestRate.create({ data })));
  const row = await readRow(database, { key, endpoint });
  if (row === undefined) throw new Error('The row of the request rate was erased while it was read.');
  return row;
}
