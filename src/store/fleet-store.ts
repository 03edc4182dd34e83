import { accessFailureKinds, type PollFailureKind } from '../domain/model/poll.ts';
import type { IncidentDecision } from '../domain/model/reasons.ts';
import { isPolled, type TenantState } from '../domain/model/tenant.ts';
import type { Instant } from '../domain/model/time.ts';
import type { FleetStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Prisma } from './model.ts';
import { pollable } from './poll-store.ts';
import { dateOf } from './rows/values.ts';
import { idsIn, unhurriedWindows } from './tenant-windows.ts';

type PolledGroup = Awaited<ReturnType<FleetStore['view']>>[number];

type Asked = Parameters<FleetStore['polledSince']>;

/** The open incident of a tenant whose access is lost, or doubted. */
const accessIncident = { connectionId: null, openKey: { not: null } } as const;

/** A tenant's row says how its latest poll went, so the polls themselves need not be read. */
export function createFleetStore(database: Database): FleetStore {
  const { db } = database;
  const countAsked = (asked: Prisma.TenantWhereInput, ...[since, network, atMost, applicationId]: Asked) =>
    db.tenant.count({
      ...(Number.isFinite(atMost) ? { take: atMost } : {}),
      where: {
        ...watched,
        ...asked,
        baselinedAt: { not: null },
        ...(applicationId === undefined ? {} : { applicationId }),
        ...(network === null ? {} : { connections: { some: { network, ...presentSince(since) } } }),
      },
    });

  return {
    view: async (since) => {
      const groups = new Map<string, PolledGroup>();
      for await (const window of unhurriedWindows(database)) {
        const found = await db.tenant.groupBy({
          by: ['applicationId', 'failingKind'],
          where: { ...pollable, id: idsIn(window), lastPolledAt: { gte: dateOf(since) } },
          _count: true,
        });
        for (const { applicationId, failingKind, _count } of found) {
          const group = { applicationId, kind: failingKind as PollFailureKind | null };
          const name = JSON.stringify(group);
          groups.set(name, { ...group, tenants: _count + (groups.get(name)?.tenants ?? 0) });
        }
      }
      return [...groups.values()];
    },

    refusals: async (since) => {
      const groups = await db.tenant.groupBy({
        by: ['applicationId', 'failingKind', 'state'],
        where: { ...refusedSince(since), failingKind: { in: [...accessFailureKinds] } },
        _count: true,
        _min: { failingSince: true },
      });
      const alike = Map.groupBy(groups, ({ applicationId, failingKind }) => `${applicationId} ${failingKind}`);
      return [...alike.values()].flatMap((group) =>
        group.slice(0, 1).map(({ applicationId, failingKind }) => ({
          applicationId,
          failure: failingKind as PollFailureKind,
          since: Math.min(...group.map(({ _min }) => _min.failingSince?.getTime() ?? since)),
          tenants: sum(group),
          polled: sum(group.filter(({ state }) => isPolled(state as TenantState))),
        })),
      );
    },

    refusedTenants: async ({ failure, applicationId }, since) => {
      const rows = await db.tenant.findMany({
        where: {
          ...refusedSince(since),
          applicationId,
          failingKind: failure,
          incidents: { some: { ...accessIncident, openedAt: { gte: dateOf(since) } } },
          OR: [{ state: 'reauthorize' }, { incidents: { some: { ...accessIncident, toldAt: null } } }],
        },
        select: { id: true },
        orderBy: [{ failingSince: 'asc' }, { id: 'asc' }],
      });
      return rows.map(({ id }) => id);
    },

    polledSince: (since, ...of) => countAsked({ lastPolledAt: { gte: dateOf(since) } }, since, ...of),
    lookedSince: (since, network, atMost) =>
      countAsked({ pagesAskedAt: { gte: dateOf(since) } }, since, network, atMost),

    neverWorked: async (limit) => {
      const rows = await db.incident.findMany({
        where: {
          connectionId: null,
          openKey: { not: null },
          state: 'open',
          decision: BEFORE_FIRST_GOOD_POLL,
          tenant: { ...watched, baselinedAt: null },
        },
        select: { tenantId: true, confirmedAt: true, openedAt: true },
        orderBy: [{ confirmedAt: 'asc' }, { id: 'asc' }],
        take: limit,
      });
      const untold = rows.map(({ tenantId, confirmedAt, openedAt }) => ({
        tenantId,
        confirmedAt: (confirmedAt ?? openedAt).getTime(),
      }));
      return { untold, inDoubt: untold.length === 0 ? 0 : await db.tenant.count({ where: inDoubt }) };
    },
  };
}

function sum(groups: readonly Readonly<{ _count: number }>[]): number {
  return groups.reduce((total, { _count }) => total + _count, 0);
}

const BEFORE_FIRST_GOOD_POLL = 'before_first_good_poll' satisfies IncidentDecision;

/** More than `pollable`: a tenant that has to authorise again counts among those that refuse us. */
const watched = { removedAt: null, state: { not: 'paused' } } satisfies Prisma.TenantWhereInput;

const inDoubt = {
  ...pollable,
  baselinedAt: null,
  OR: [{ lastPolledAt: null }, { incidents: { some: { connectionId: null, state: 'suspected' } } }],
} satisfies Prisma.TenantWhereInput;

function refusedSince(since: Instant) {
  return {
    ...watched,
    baselinedAt: { not: null },
    failingSince: { gte: dateOf(since) },
  } satisfies Prisma.TenantWhereInput;
}

/** An account that was lost in that time was there. */
function presentSince(since: Instant): Prisma.ConnectionWhereInput {
  return { OR: [{ removedAt: null }, { removedAt: { gte: dateOf(since) } }] };
}
