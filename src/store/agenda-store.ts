import { TOLERATED_AHEAD_MS } from '../domain/polling/clock-correction.ts';
import type { AgendaStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import { dateOf } from './rows/values.ts';

type Row = Readonly<Record<'polls' | 'mail' | 'neverWorked' | 'webhooks', number | bigint>>;

/** Each part is one look at the beginning of an index, however many rows there are. */
export function createAgendaStore({ db }: Database): AgendaStore {
  return {
    read: async (now) => {
      const times = [now, now + TOLERATED_AHEAD_MS].map(dateOf);
      const [row] = await db.$queryRawUnsafe<readonly Row[]>(sql, ...times);
      const isDue = (kind: keyof Row) => Number(row?.[kind] ?? 1) === 1;
      return {
        polls: isDue('polls'),
        mail: isDue('mail'),
        neverWorked: isDue('neverWorked'),
        webhooks: isDue('webhooks'),
      };
    },
  };
}

/** Leases, holds and some removed tenants are not looked at: too much may be called due, never too little. */
const parts: Readonly<Record<keyof Row, readonly string[]>> = {
  polls: [
    `"Tenant" WHERE "nextPollAt" <= $1 AND "removedAt" IS NULL`,
    // By a clock that was wrong: see poll-store.ts.
    `"Tenant" WHERE "lastPolledAt" > $2`,
    `"Tenant" WHERE "lastPolledAt" IS NULL AND "createdAt" > $2`,
    // While the breaker is open, a probe polls a tenant whether or not one is due.
    `"Breaker" WHERE "openSince" IS NOT NULL`,
  ],
  mail: [
    `"Notification" WHERE "state" = 'pending' AND "dueAt" <= $1`,
    `"Incident" WHERE "remindAt" <= $1 AND "openKey" IS NOT NULL`,
    `"Notification" WHERE "state" = 'held' AND "reason" = 'held_brake'`,
  ],
  neverWorked: [
    `"Incident" WHERE "connectionId" IS NULL AND "openKey" IS NOT NULL AND "decision" = 'before_first_good_poll'`,
  ],
  webhooks: [`"WebhookEndpoint" WHERE "state" = 'active'`],
};

const sql = `SELECT ${Object.entries(parts)
  .map(([kind, sources]) => `${isAny(sources)} AS "${kind}"`)
  .join(', ')}`;

function isAny(sources: readonly string[]): string {
  return `CASE WHEN ${sources.map((source) => `EXISTS (SELECT 1 FROM ${source})`).join(' OR ')} THEN 1 ELSE 0 END`;
}
