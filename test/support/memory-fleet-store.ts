import type { Incident } from '../../src/domain/model/incident.ts';
import { layerOf, type PollFailureKind } from '../../src/domain/model/poll.ts';
import { isPolled, type Tenant } from '../../src/domain/model/tenant.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { FleetStore } from '../../src/monitoring/ports.ts';
import { isPollable } from './memory-poll-store.ts';
import { ascending, type Memory, type MemoryState, presentTenants } from './memory-state.ts';

export function memoryFleetStore(memory: Memory): FleetStore {
  return {
    view: async (since) => {
      const polled = presentTenants(memory.state).filter(
        (tenant) => isPollable(tenant) && tenant.lastPolledAt !== null && tenant.lastPolledAt >= since,
      );
      const alike = Map.groupBy(polled, ({ applicationId, failing }) => `${applicationId} ${failing?.kind}`);
      return [...alike.values()].flatMap(([first, ...others]) =>
        first === undefined
          ? []
          : [{ applicationId: first.applicationId, kind: first.failing?.kind ?? null, tenants: 1 + others.length }],
      );
    },

    refusals: async (since) => {
      const failing = refusals(memory.state).filter((refusal) => refusal.since >= since);
      const alike = Map.groupBy(failing, ({ applicationId, failure }) => `${applicationId} ${failure}`);
      return [...alike.values()].flatMap((group) =>
        group.slice(0, 1).map(({ applicationId, failure }) => ({
          applicationId,
          failure,
          since: Math.min(...group.map((refusal) => refusal.since)),
          tenants: group.length,
          polled: group.filter((refusal) => refusal.isPolled).length,
        })),
      );
    },

    refusedTenants: async ({ failure, applicationId }, since) => {
      const isUnpolled = (tenantId: string) => memory.state.tenants.get(tenantId)?.tenant.state === 'reauthorize';
      const isBlamed = ({ tenantId, connectionId, state, openedAt, alerting: { lastAlert } }: Incident) =>
        connectionId === null &&
        state !== 'closed' &&
        openedAt >= since &&
        (lastAlert === null || isUnpolled(tenantId));
      const blamed = [...memory.state.incidents.values()].filter(isBlamed).map(({ tenantId }) => tenantId);
      return refusals(memory.state)
        .filter(
          (refusal) =>
            refusal.failure === failure &&
            refusal.applicationId === applicationId &&
            refusal.since >= since &&
            blamed.includes(refusal.tenantId),
        )
        .toSorted((a, b) => ascending(a.since, b.since) || ascending(a.tenantId, b.tenantId))
        .map(({ tenantId }) => tenantId);
    },

    polledSince: async (...asked) => countAsked(memory.state, ({ lastPolledAt }) => lastPolledAt, asked),
    lookedSince: async (...asked) => countAsked(memory.state, ({ pagesAskedAt }) => pagesAskedAt, asked),

    neverWorked: async (limit) => {
      const fresh = watched(memory.state).filter(({ baselinedAt }) => baselinedAt === null);
      const access = [...memory.state.incidents.values()].filter(({ connectionId }) => connectionId === null);
      const untold = access
        .filter(({ state, alerting: { decision } }) => state === 'open' && decision === 'before_first_good_poll')
        .filter(({ tenantId }) => fresh.some(({ id }) => id === tenantId))
        .map(({ id, tenantId, confirmedAt, openedAt }) => ({ id, tenantId, confirmedAt: confirmedAt ?? openedAt }))
        .toSorted((a, b) => ascending(a.confirmedAt, b.confirmedAt) || ascending(a.id, b.id))
        .map(({ tenantId, confirmedAt }) => ({ tenantId, confirmedAt }));
      const isSuspected = (id: string) => access.some((one) => one.tenantId === id && one.state === 'suspected');
      const inDoubt = fresh.filter(
        (tenant) => isPollable(tenant) && (tenant.lastPolledAt === null || isSuspected(tenant.id)),
      );
      return { untold: untold.slice(0, limit), inDoubt: untold.length === 0 ? 0 : inDoubt.length };
    },
  };
}

function countAsked(
  state: MemoryState,
  askedAt: (tenant: Tenant) => Instant | null,
  [since, network, atMost, applicationId]: Parameters<FleetStore['polledSince']>,
): number {
  const asked = watched(state)
    .filter((tenant) => tenant.baselinedAt !== null && (askedAt(tenant) ?? 0) >= since)
    .filter((tenant) => applicationId === undefined || tenant.applicationId === applicationId);
  const concerned = asked.filter(({ id }) => network === null || hasSince(state, { tenantId: id, network, since }));
  return Math.min(atMost, concerned.length);
}

type Refusal = Pick<Tenant, 'applicationId'> &
  Readonly<{ tenantId: string; failure: PollFailureKind; since: Instant; isPolled: boolean }>;

function refusals(state: MemoryState): readonly Refusal[] {
  return watched(state).flatMap(({ id, applicationId, failing, baselinedAt, state: tenantState }) =>
    failing !== null && baselinedAt !== null && layerOf(failing.kind) === 'access'
      ? [{ tenantId: id, applicationId, failure: failing.kind, since: failing.since, isPolled: isPolled(tenantState) }]
      : [],
  );
}

function watched(state: MemoryState): readonly Tenant[] {
  return presentTenants(state).filter((tenant) => tenant.state !== 'paused');
}

type Account = Readonly<{ tenantId: string; network: string; since: Instant }>;

function hasSince({ connections }: MemoryState, { tenantId, network, since }: Account): boolean {
  return [...connections.values()].some(
    (one) => one.tenantId === tenantId && one.network === network && (one.removedAt === null || one.removedAt >= since),
  );
}
