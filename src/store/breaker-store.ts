import type { PollFailureKind } from '../domain/model/poll.ts';
import { CLOSED } from '../domain/polling/breaker.ts';
import type { BreakerStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { dateOf, instantOrNull } from './rows/values.ts';
import { insertsFirst, retrying } from './transaction.ts';

/** The table has one row; this is its id. */
const ID = 1;

export function createBreakerStore({ db }: Database): BreakerStore {
  return {
    read: async () => {
      const row = await db.breaker.findUnique({ where: { id: ID } });
      if (row === null) return CLOSED;
      return {
        openSince: instantOrNull(row.openSince),
        failure: row.failure as PollFailureKind | null,
        closedAt: instantOrNull(row.closedAt),
      };
    },
    // The condition settles the race between processes, here and below.
    open: (failure, now) =>
      retrying(async () => {
        const data = { openSince: dateOf(now), failure };
        if ((await db.breaker.updateMany({ where: { id: ID, openSince: null }, data })).count === 1) return true;
        if ((await db.breaker.findUnique({ where: { id: ID } })) !== null) return false;
        return await insertsFirst(() => db.breaker.create({ data: { id: ID, ...data } }));
      }),
    close: (openSince, now) =>
      retrying(async () => {
        const where = { id: ID, openSince: dateOf(openSince) };
        const data = { openSince: null, closedAt: dateOf(now) };
        return (await db.breaker.updateMany({ where, data })).count === 1;
      }),
  };
}
