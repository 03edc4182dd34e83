import { deadGrantKinds, LASTING_FAILURES, LASTING_MS } from '../domain/model/refresh.ts';
import type { Instant } from '../domain/model/time.ts';
import type { GrantProgress, MonitorStore } from '../monitoring/ports.ts';
import { countConnections, countOpenIncidents } from './count-fleet.ts';
import type { Database } from './database.ts';
import type { LeaseClock } from './lease-clock.ts';
import type { Prisma } from './model.ts';
import { freeAt } from './outbox-store.ts';
import { pollable, unleasedAt } from './poll-store.ts';
import { dateOf, instantOrNull } from './rows/values.ts';

const REFUSED_LOOKED_AT = 1000;

/** Far more are due at once only where the work does not get on, and then nobody asks how many exactly. */
const DUE_COUNTED = 1000;

/** The index of these times finds the few grants that fail among all. */
const IS_FAILING = { refreshFailingSince: { not: null } } as const;

export function createMonitorStore(database: Database, leaseClock: LeaseClock): MonitorStore {
  const { db } = database;
  return {
    tenants: () => countTenants(database),
    connections: (now) => countConnections(database, now),
    openIncidents: () => countOpenIncidents(database),
    polls: async (now, except = []) => {
      const [lastAt, leaseNow] = await Promise.all([latestPollAt(database), leaseClock(database)]);
      const where = {
        ...pollable,
        ...unleasedAt(leaseNow),
        nextPollAt: { lte: dateOf(now) },
        // A tenant of the configured application has null there, of which SQL says neither that it is an id nor that it
        // is not.
        AND: except.map((id) =>
          id === null
            ? { applicationId: { not: null } }
            : { OR: [{ applicationId: null }, { applicationId: { not: id } }] },
        ),
      };
      const first = { where, orderBy: { nextPollAt: 'asc' } } as const;
      const [longest, counted] = await Promise.all([
        db.tenant.findFirst({ ...first, select: { nextPollAt: true } }),
        db.tenant.count({ ...first, take: DUE_COUNTED + 1 }),
      ]);
      const since = instantOrNull(longest?.nextPollAt ?? null);
      const tenants = Math.min(counted, DUE_COUNTED);
      return { lastAt, due: since === null ? null : { tenants, isMore: counted > tenants, since } };
    },
    mail: async (now) => {
      const pending = { state: 'pending' };
      const free = freeAt(await leaseClock(database));
      const [{ _min: oldest }, { _min: due }, tried, taken] = await Promise.all([
        db.notification.aggregate({ where: pending, _min: { createdAt: true, firstAttemptAt: true } }),
        db.notification.aggregate({ where: { ...free, dueAt: { lte: dateOf(now) } }, _min: { dueAt: true } }),
        lastOf(database, { ...pending, lastAttemptAt: { not: null } }, 'lastAttemptAt'),
        lastOf(database, { sentAt: { not: null } }, 'sentAt'),
      ]);
      return {
        oldestPendingAt: instantOrNull(oldest.createdAt),
        dueSince: instantOrNull(due.dueAt),
        failingSince: instantOrNull(oldest.firstAttemptAt),
        lastSentAt: instantOrNull(taken?.sentAt ?? null),
        lastResponse: (tried ?? taken)?.response ?? null,
      };
    },
    grants: async (now) => ({
      failing: await failingGrants(database, now),
      deadWhilePaused: await db.credential.count({
        where: {
          ...IS_FAILING,
          tenant: { state: 'paused', removedAt: null },
          refreshFailure: { in: [...deadGrantKinds] },
        },
      }),
      refused: await refusedTenants(database),
    }),
  };
}

/** Counts all tenants less the removed: any index counts all, and one index finds the removed ones. */
async function countTenants({ db }: Database): Promise<number> {
  const [row] = await db.$queryRawUnsafe<readonly Readonly<{ tenants: number | bigint }>[]>(
    `SELECT (SELECT COUNT(*) FROM "Tenant")
      - (SELECT COUNT(*) FROM "Tenant" WHERE ("removedAt" IS NOT NULL) = TRUE) AS "tenants"`,
  );
  return Number(row?.tenants ?? 0);
}

async function latestPollAt({ db }: Database): Promise<Instant | null> {
  const where = { lastPolledAt: { not: null } };
  const polled = await db.tenant.findFirst({
    where,
    select: { lastPolledAt: true },
    orderBy: { lastPolledAt: 'desc' },
  });
  return instantOrNull(polled?.lastPolledAt ?? null);
}

async function failingGrants({ db }: Database, now: Instant): Promise<GrantProgress['failing']> {
  const { _count, _min } = await db.credential.aggregate({
    where: {
      tenant: { removedAt: null },
      refreshFailures: { gte: LASTING_FAILURES },
      refreshFailingSince: { lte: dateOf(now - LASTING_MS) },
      refreshFailure: { notIn: [...deadGrantKinds] },
    },
    _count: true,
    _min: { refreshFailingSince: true },
  });
  const since = instantOrNull(_min.refreshFailingSince);
  return since === null ? null : { tenants: _count, since };
}

async function refusedTenants({ db }: Database): Promise<GrantProgress['refused']> {
  const rows = await db.tenant.findMany({
    where: {
      removedAt: null,
      failingKind: 'invalid_grant',
      failingSince: { not: null },
      lastGoodPollAt: { not: null },
    },
    select: { lastGoodPollAt: true, failingSince: true, intervalMs: true },
    orderBy: { failingSince: 'desc' },
    take: REFUSED_LOOKED_AT,
  });
  return rows.flatMap(({ lastGoodPollAt, failingSince, intervalMs }) =>
    lastGoodPollAt === null || failingSince === null
      ? []
      : [
          {
            lastGoodPollAt: lastGoodPollAt.getTime(),
            refusedSince: failingSince.getTime(),
            intervalMs: Number(intervalMs),
          },
        ],
  );
}

async function lastOf({ db }: Database, where: Prisma.NotificationWhereInput, by: 'lastAttemptAt' | 'sentAt') {
  const select = { sentAt: true, response: true } as const;
  return await db.notification.findFirst({ where, select, orderBy: { [by]: 'desc' } });
}
