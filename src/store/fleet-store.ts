import { fleetViewOf } from '../domain/faults/upstream-fault.ts';
import { accessFailureKinds, type PollFailureKind } from '../domain/model/poll.ts';
import type { Instant } from '../domain/model/time.ts';
import type { FleetStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Prisma } from './model.ts';
import { pollable } from './poll-store.ts';
import { dateOf } from './rows/values.ts';

/** A tenant's row says how its latest poll went, so the polls themselves need not be read. */
export function createFleetStore({ db }: Database): FleetStore {
  return {
    view: async (since) => {
      const groups = await db.tenant.groupBy({
        by: ['failingKind'],
        where: { ...pollable, lastPolledAt: { gte: dateOf(since) } },
        _count: true,
      });
      return fleetViewOf(
        groups.map(({ failingKind, _count }) => ({ kind: failingKind as PollFailureKind | null, tenants: _count })),
      );
    },

    refusals: async (since) => {
      const groups = await db.tenant.groupBy({
        by: ['failingKind'],
        where: { ...failingSince(since), failingKind: { in: [...accessFailureKinds] } },
        _count: true,
        _min: { failingSince: true },
      });
      return groups.map(({ failingKind, _count, _min }) => ({
        failure: failingKind as PollFailureKind,
        since: _min.failingSince?.getTime() ?? since,
        tenants: _count,
      }));
    },

    refusedTenants: async (failure, since) => {
      const rows = await db.tenant.findMany({
        where: {
          ...failingSince(since),
          failingKind: failure,
          incidents: {
            some: { connectionId: null, openKey: { not: null }, toldAt: null, openedAt: { gte: dateOf(since) } },
          },
        },
        select: { id: true },
        orderBy: [{ failingSince: 'asc' }, { id: 'asc' }],
      });
      return rows.map(({ id }) => id);
    },

    polledSince: (since, network, atMost) =>
      db.tenant.count({
        ...(Number.isFinite(atMost) ? { take: atMost } : {}),
        where: {
          ...watched,
          lastPolledAt: { gte: dateOf(since) },
          ...(network === null ? {} : { connections: { some: { network, ...presentSince(since) } } }),
        },
      }),
  };
}

/** More than `pollable`: a tenant that has to authorise again counts among those that refuse us. */
const watched = { removedAt: null, state: { not: 'paused' } } satisfies Prisma.TenantWhereInput;

function failingSince(since: Instant) {
  return { ...watched, failingSince: { gte: dateOf(since) } } satisfies Prisma.TenantWhereInput;
}

/** An account that was lost in that time was there. */
function presentSince(since: Instant): Prisma.ConnectionWhereInput {
  return { OR: [{ removedAt: null }, { removedAt: { gte: dateOf(since) } }] };
}
