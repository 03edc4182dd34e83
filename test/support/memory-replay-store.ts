import type { TimeRange } from '../../src/domain/history.ts';
import type { Snapshot } from '../../src/domain/model/connection.ts';
import type { Incident } from '../../src/domain/model/incident.ts';
import type { TenantNotification } from '../../src/domain/model/notification.ts';
import type { TenantPast } from '../../src/domain/model/tenant-past.ts';
import type { ReplayStore } from '../../src/monitoring/ports.ts';
import { recordedPoll } from './domain-past.ts';
import { ascending, type Memory, type MemoryState, overviewOf, presentTenants } from './memory-state.ts';

export function memoryReplayStore(memory: Memory): ReplayStore {
  return {
    oldestPollAt: async () => {
      const present = presentTenants(memory.state).map(({ id }) => id);
      const times = [...memory.state.polls.values()].filter(({ tenantId }) => present.includes(tenantId));
      return times.length === 0 ? null : Math.min(...times.map(({ at }) => at));
    },
    troubled: async ({ tenantIds, ...range }) => {
      const ids = presentTenants(memory.state)
        .map(({ id }) => id)
        .filter((id) => tenantIds === null || tenantIds.includes(id));
      const troubled = ids.filter((id) => hadTrouble(memory.state, id, range));
      return { tenants: ids.length, troubled: troubled.toSorted(ascending) };
    },
    pasts: async (tenantIds, range) =>
      [...new Set(tenantIds)].toSorted(ascending).flatMap((id) => pastOf(memory.state, id, range) ?? []),
  };
}

function hadTrouble(state: MemoryState, tenantId: string, range: TimeRange): boolean {
  const past = pastOf(state, tenantId, range);
  if (past === null) return false;
  return (
    past.snapshots.some(({ health, from }) => (health === 'removed' ? from >= range.from : health !== 'healthy')) ||
    past.incidents.length > 0 ||
    past.sent.some((mail) => isSentIn(mail, range))
  );
}

function pastOf(state: MemoryState, tenantId: string, range: TimeRange): TenantPast | null {
  const overview = overviewOf(state, tenantId);
  if (overview === null) return null;
  const own = <Row extends { tenantId: string | null }>(rows: Map<unknown, Row>) =>
    [...rows.values()].filter((row) => row.tenantId === tenantId);
  const connectionIds = overview.connections.map(({ id }) => id);
  const mail = own(state.notifications)
    .filter((one) => one.tenantId !== null)
    .filter(({ state: mailState }) => mailState === 'sent');
  const lasting = own(state.incidents).filter((incident) => lastsInto(incident, range));
  const sent = mail.filter(
    (one) => isSentIn(one, range) || ((one.sentAt ?? 0) <= range.to && lasting.some(({ id }) => isAbout(one, id))),
  );
  const told = mail.filter((one) => isSentIn(one, range));
  return {
    ...overview,
    snapshots: [...state.snapshots.values()]
      .filter((snapshot) => connectionIds.includes(snapshot.connectionId) && isSeenIn(snapshot, range))
      .toSorted((a, b) => ascending(a.from, b.from) || ascending(a.id, b.id)),
    polls: own(state.polls)
      .filter(({ at }) => at >= range.from && at <= range.to)
      .map(recordedPoll),
    incidents: own(state.incidents)
      .filter((incident) => lasting.includes(incident) || told.some((one) => isAbout(one, incident.id)))
      .toSorted((a, b) => ascending(a.openedAt, b.openedAt) || ascending(a.id, b.id)),
    sent: sent.toSorted((a, b) => ascending(a.createdAt, b.createdAt) || ascending(a.id, b.id)),
  };
}

function isSeenIn({ from, to }: Snapshot, range: TimeRange): boolean {
  return from <= range.to && to >= range.from;
}

function lastsInto({ openedAt, closedAt }: Incident, { from, to }: TimeRange): boolean {
  return openedAt <= to && (closedAt === null || closedAt >= from);
}

function isSentIn({ sentAt }: TenantNotification, { from, to }: TimeRange): boolean {
  return sentAt !== null && sentAt >= from && sentAt <= to;
}

function isAbout({ topics }: TenantNotification, id: string): boolean {
  return topics.some(({ incidentId }) => incidentId === id);
}
