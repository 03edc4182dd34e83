import { countsForFleet, type FleetTrouble, keepsWhatItTook, problemOf } from '../../src/domain/holds/fleet-trouble.ts';
import { isUnwell } from '../../src/domain/holds/hold-lifetime.ts';
import type { Incident } from '../../src/domain/model/incident.ts';
import { isAboutIncident, isWaiting } from '../../src/domain/model/notification.ts';
import { DAY_MS, type Instant } from '../../src/domain/model/time.ts';
import type { SuspicionStore } from '../../src/monitoring/ports.ts';
import { ascending, type Memory, type MemoryState, presentTenants } from './memory-state.ts';

export function memorySuspicionStore(memory: Memory): SuspicionStore {
  return {
    fleetTroubles: async (since) => fleetTroubles(memory.state, since),

    progress: async ({ id }) => {
      const { tenants } = memory.state;
      const isPolled = (tenantId: string) =>
        tenants.get(tenantId)?.removedAt === null && tenants.get(tenantId)?.tenant.state !== 'paused';
      const held = [...memory.state.incidents.values()]
        .filter(({ alerting: { heldBy } }) => heldBy === id)
        .filter(({ tenantId }) => isPolled(tenantId));
      const isGone = ({ connectionId, closeReason }: Incident) =>
        closeReason === 'removed' && memory.state.connections.get(connectionId ?? '')?.removedAt != null;
      const bad = held.filter((one) => isUnwell(one.state) || isGone(one));
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

/** A removal is not looked for when its connection has been broken for more than a week before. */
function fleetTroubles(state: MemoryState, since: Instant): readonly FleetTrouble[] {
  const present = new Set(presentTenants(state).map(({ id }) => id));
  const keeping = [...state.holds.values()].filter(keepsWhatItTook);
  return [...state.incidents.values()]
    .filter((incident) => countsForFleet(incident, keeping) && present.has(incident.tenantId))
    .filter(({ openedAt }) => openedAt >= since - 7 * DAY_MS)
    .flatMap((incident) => {
      const connection = state.connections.get(incident.connectionId ?? '');
      if (connection === undefined) return [];
      const isUntold = incident.alerting.lastAlert === null;
      const isToTell = isUntold && (incident.state !== 'closed' || isBeingTold(incident, state));
      return [{ tenantId: incident.tenantId, ...problemOf(incident, connection.network), isToTell }];
    });
}

function isBeingTold({ id }: Incident, { notifications }: MemoryState): boolean {
  return [...notifications.values()].some(
    (mail) => mail.tenantId !== null && isWaiting(mail) && isAboutIncident(mail, id),
  );
}

function tenantsOf(incidents: readonly Incident[]): ReadonlySet<string> {
  return new Set(incidents.map(({ tenantId }) => tenantId));
}
