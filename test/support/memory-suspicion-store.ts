import { leadingCondition } from '../../src/domain/holds/join-hold.ts';
import { causeKey, type HoldCause } from '../../src/domain/model/hold.ts';
import type { Incident } from '../../src/domain/model/incident.ts';
import { isAboutIncident, isWaiting } from '../../src/domain/model/notification.ts';
import type { PollFailureKind } from '../../src/domain/model/poll.ts';
import type { Tenant } from '../../src/domain/model/tenant.ts';
import { DAY_MS, type Instant } from '../../src/domain/model/time.ts';
import type { SuspicionStore } from '../../src/monitoring/ports.ts';
import { ascending, type Memory, type MemoryState, presentTenants } from './memory-state.ts';

const accessFailures: readonly PollFailureKind[] = ['unauthorized', 'forbidden', 'invalid_grant'];

/** One tenant in a trouble that nobody was told of and no hold has taken. */
type Trouble = Readonly<{ tenantId: string; cause: HoldCause; since: Instant; isToTell: boolean }>;

export function memorySuspicionStore(memory: Memory): SuspicionStore {
  return {
    shared: async (since, atLeast) => {
      const troubles = [...connectionTroubles(memory.state, since), ...refusals(memory.state)];
      const groups = Map.groupBy(
        troubles.filter((trouble) => trouble.since >= since),
        ({ cause }) => causeKey(cause),
      );
      return [...groups.values()].flatMap((group) => {
        const tenants = new Set(group.map(({ tenantId }) => tenantId)).size;
        const [first] = group.toSorted((a, b) => a.since - b.since);
        return first === undefined || tenants < atLeast ? [] : [{ cause: first.cause, since: first.since, tenants }];
      });
    },

    polledSince: async (since, network, atMost) =>
      Math.min(
        atMost,
        watched(memory.state).filter(
          ({ id, lastPolledAt }) =>
            lastPolledAt !== null &&
            lastPolledAt >= since &&
            (network === null || hasSince(memory.state, { tenantId: id, network, since })),
        ).length,
      ),

    toBeHeld: async ({ cause, since }, limit) => {
      const blamed = new Set(
        [...memory.state.incidents.values()]
          .filter(
            ({ connectionId, state, alerting: { lastAlert } }) =>
              connectionId === null && state !== 'closed' && lastAlert === null,
          )
          .filter(({ openedAt }) => openedAt >= since)
          .map(({ tenantId }) => tenantId),
      );
      const troubles =
        cause.kind === 'fleet'
          ? connectionTroubles(memory.state, since).filter((trouble) => trouble.isToTell)
          : refusals(memory.state).filter(({ tenantId }) => blamed.has(tenantId));
      const concerned = troubles
        .filter((trouble) => causeKey(trouble.cause) === causeKey(cause) && trouble.since >= since)
        .toSorted((a, b) => ascending(a.since, b.since) || ascending(a.tenantId, b.tenantId));
      return [...new Set(concerned.map(({ tenantId }) => tenantId))].slice(0, limit);
    },

    progress: async ({ id, cause, since, tenants }) => {
      if (cause.kind === 'access') {
        const failing = refusals(memory.state).filter(
          (trouble) => causeKey(trouble.cause) === causeKey(cause) && trouble.since >= since,
        ).length;
        const concerned = Math.max(tenants, failing);
        return { concerned, recovered: concerned - failing };
      }
      const held = [...memory.state.incidents.values()].filter(({ alerting: { heldBy } }) => heldBy === id);
      const isGone = ({ connectionId, closeReason }: Incident) =>
        closeReason === 'removed' && memory.state.connections.get(connectionId ?? '')?.removedAt != null;
      const bad = held.filter((one) => one.state === 'suspected' || one.state === 'open' || isGone(one));
      const concerned = tenantsOf(held).size;
      return { concerned, recovered: concerned - tenantsOf(bad).size };
    },

    toBeReleased: async (limit) => {
      const { holds, incidents, notifications } = memory.state;
      const isEnded = (incident: Incident | undefined) =>
        incident?.alerting.heldBy != null && holds.get(incident.alerting.heldBy)?.endedAt !== null;
      const tenantIds = [...notifications.values()]
        .filter((mail) => mail.tenantId !== null)
        .filter(({ state, reason }) => state === 'held' && reason === 'held_fleet')
        .filter(({ topics }) => topics.some(({ incidentId }) => isEnded(incidents.get(incidentId))))
        .map(({ tenantId }) => tenantId);
      return [...new Set(tenantIds)].toSorted(ascending).slice(0, limit);
    },
  };
}

/** Of the removed ones, those that have been broken for longer before are not looked for. */
function connectionTroubles(state: MemoryState, lookBackFrom: Instant): readonly Trouble[] {
  const present = new Set(presentTenants(state).map(({ id }) => id));
  return [...state.incidents.values()].flatMap((incident) => {
    const {
      tenantId,
      connectionId,
      alerting: { heldBy, lastAlert },
      foundAtBaseline,
      closeReason,
      closedAt,
      openedAt,
    } = incident;
    const connection = connectionId === null ? undefined : state.connections.get(connectionId);
    const condition = leadingCondition(incident);
    if (connection === undefined || condition === null || !present.has(tenantId)) return [];
    if (heldBy !== null || lastAlert !== null || foundAtBaseline || openedAt < lookBackFrom - 7 * DAY_MS) return [];
    if (incident.state === 'closed' && closeReason !== 'removed') return [];
    const since = closeReason === 'removed' ? (closedAt ?? openedAt) : openedAt;
    const cause = { kind: 'fleet', network: connection.network, condition } as const;
    return [{ tenantId, cause, since, isToTell: incident.state !== 'closed' || isBeingTold(incident, state) }];
  });
}

function refusals(state: MemoryState): readonly Trouble[] {
  return watched(state).flatMap(({ id, failing }) =>
    failing === null || !accessFailures.includes(failing.kind)
      ? []
      : [{ tenantId: id, cause: { kind: 'access', failure: failing.kind }, since: failing.since, isToTell: true }],
  );
}

function isBeingTold({ id }: Incident, { notifications }: MemoryState): boolean {
  return [...notifications.values()].some(
    (mail) => mail.tenantId !== null && isWaiting(mail) && isAboutIncident(mail, id),
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

function tenantsOf(incidents: readonly Incident[]): ReadonlySet<string> {
  return new Set(incidents.map(({ tenantId }) => tenantId));
}
