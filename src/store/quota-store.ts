import type { Instant } from '../domain/model/time.ts';
import { requestsToday } from '../domain/polling/requests-today.ts';
import { keptFor } from '../monitoring/kept-for.ts';
import type { Clock, KeyQuota, QuotaStore, RequestsWanted } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { isUniqueViolation } from './driver-error.ts';
import type { LeaseClock } from './lease-clock.ts';

/** The clocks of two machines drift slowly. */
const COMPARED_MS = 60_000;
/** What an answer takes is no difference of clocks. */
const TOLERATED_MS = 1_000;

/**
 * A key's requests by UTC day. All processes go by the day of the database's clock: one whose own clock is ahead would
 * else begin the next day's requests before this day's limit is over. `clock`: of the moments that the callers give.
 */
export function createQuotaStore(
  database: Database,
  leaseClock: LeaseClock,
  clock: Pick<Clock, 'now'> = { now: Date.now },
): QuotaStore {
  const differenceMs = keptFor(COMPARED_MS, clock, async () => {
    const difference = (await leaseClock(database)) - clock.now();
    return Math.abs(difference) < TOLERATED_MS ? 0 : difference;
  });
  const sharedNow = async (now: Instant) => now + (await differenceMs());
  return {
    reserve: async (of, request) => await reserve(database, of, { ...request, now: await sharedNow(request.now) }),
    giveBack: async ({ key }, { count, reservedAt }) => {
      await database.db.requestDay.updateMany({
        where: { key, day: utcDay(await sharedNow(reservedAt)), used: { gte: count } },
        data: { used: { decrement: count } },
      });
    },
    exhaust: async ({ key }, now) => {
      const id = { key, day: utcDay(await sharedNow(now)) };
      await beginDay(database, id);
      await database.db.requestDay.update({ where: { key_day: id }, data: { isExhausted: true } });
    },
    today: async (of, now) => await readToday(database, of, await sharedNow(now)),
    todayOfAll: async (keys, now) => await readTodayOfAll(database, keys, await sharedNow(now)),
  };
}

type DayId = Readonly<{ key: string; day: string }>;

async function reserve(database: Database, of: KeyQuota, { count, purpose, now }: RequestsWanted): Promise<number> {
  const id = { key: of.key, day: utcDay(now) };
  const { limit, forPolls } = requestsToday({ used: 0, isExhausted: false }, of, now);
  const most = (purpose === 'priority' ? limit : forPolls) ?? Number.POSITIVE_INFINITY;
  for (let wanted = count; wanted > 0; ) {
    if (await tryCount(database, id, { count: wanted, most })) return wanted;
    await beginDay(database, id);
    // Each try asks for no more than the one before, so the loop ends.
    const { used, isExhausted } = await readToday(database, of, now);
    wanted = isExhausted ? 0 : Math.min(wanted, most - used);
  }
  return 0;
}

/** Counts in the statement that checks, so that no two callers get the same requests. */
async function tryCount(
  { db }: Database,
  id: DayId,
  { count, most }: Readonly<{ count: number; most: number }>,
): Promise<boolean> {
  const used = Number.isFinite(most) ? { lte: most - count } : {};
  const counted = await db.requestDay.updateMany({
    where: { ...id, isExhausted: false, used },
    data: { used: { increment: count } },
  });
  return counted.count === 1;
}

async function readToday({ db }: Database, of: KeyQuota, now: Instant) {
  const row = await db.requestDay.findUnique({ where: { key_day: { key: of.key, day: utcDay(now) } } });
  return requestsToday({ used: row?.used ?? 0, isExhausted: row?.isExhausted ?? false }, of, now);
}

async function readTodayOfAll({ db }: Database, keys: readonly KeyQuota[], now: Instant) {
  const rows = await db.requestDay.findMany({ where: { day: utcDay(now), key: { in: keys.map(({ key }) => key) } } });
  const found = new Map(rows.map((row) => [row.key, row]));
  return keys.map((of) => requestsToday(found.get(of.key) ?? { used: 0, isExhausted: false }, of, now));
}

async function beginDay({ db }: Database, id: DayId): Promise<void> {
  if ((await db.requestDay.findUnique({ where: { key_day: id } })) !== null) return;
  try {
    await db.requestDay.create({ data: { ...id, used: 0, isExhausted: false } });
  } catch (error) {
    // Another process began it meanwhile.
    if (!isUniqueViolation(error)) throw error;
  }
}

function utcDay(now: Instant): string {
  return new Date(now).toISOString().slice(0, 10);
}
