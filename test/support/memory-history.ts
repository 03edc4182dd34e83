import { type Incident, isUntold } from '../../src/domain/model/incident.ts';
import type { Notification, TenantNotification } from '../../src/domain/model/notification.ts';
import type { MailOfIncident } from '../../src/domain/notification/last-told-at.ts';
import type {
  HistoryStore,
  IncidentEntry,
  IncidentQuery,
  IncidentStore,
  MailStore,
  RetentionStore,
} from '../../src/monitoring/ports.ts';
import { pruneEvents } from './memory-event-store.ts';
import { memoryPage, newestFirst } from './memory-page.ts';
import { ascending, type Memory, type MemoryState, overviewOf, presentTenants, transact } from './memory-state.ts';
import { NOTHING_PRUNED } from './nothing-pruned.ts';

export function memoryHistoryStore(memory: Memory): HistoryStore {
  return {
    subject: async (tenantId) => overviewOf(memory.state, tenantId),
    periods: async ({ tenantId, connectionIds, from, to }) => {
      const ids = overviewOf(memory.state, tenantId)?.connections.map(({ id }) => id) ?? [];
      return [...memory.state.snapshots.values()]
        .filter(({ connectionId }) => ids.includes(connectionId))
        .filter(({ connectionId }) => connectionIds === undefined || connectionIds.includes(connectionId))
        .filter((snapshot) => snapshot.from <= to && snapshot.to + snapshot.speaksForMs >= from)
        .toSorted((a, b) => ascending(a.connectionId, b.connectionId) || ascending(a.from, b.from));
    },
    tenantOf: async (connectionId) => {
      const tenantId = memory.state.connections.get(connectionId)?.tenantId;
      return tenantId !== undefined && isShown(memory.state, tenantId, null) ? tenantId : null;
    },
    changes: async ({ tenantId, from, to }) =>
      [...memory.state.changes.values()]
        .filter((change) => isShown(memory.state, change.tenantId, tenantId) && change.at >= from && change.at <= to)
        .toSorted((a, b) => ascending(a.at, b.at) || ascending(a.id, b.id)),
  };
}

export function memoryIncidentStore(memory: Memory): IncidentStore {
  return {
    list: async (query) => {
      const { state } = memory;
      const shown = [...state.incidents.values()]
        .filter(({ tenantId }) => isShown(state, tenantId, query.tenantId))
        .filter((incident) => isInState(incident, query.state))
        .filter((incident) => query.untold !== true || isUntold(incident))
        .filter((incident) => isLately(incident, query))
        .filter(({ action }) => query.action === undefined || action === query.action)
        .filter(({ connectionId }) => isOfNetwork(state, connectionId, query.network));
      return memoryPage(
        shown.map((incident) => entryOf(state, incident)),
        query,
        { positionOf: ({ incident }) => ({ at: incident.openedAt, id: incident.id }), order: newestFirst },
      );
    },
    find: async (id) => {
      const incident = memory.state.incidents.get(id);
      if (incident === undefined || !isShown(memory.state, incident.tenantId, null)) return null;
      return entryOf(memory.state, incident);
    },
  };
}

export function memoryMailStore(memory: Memory): MailStore {
  return {
    list: async (query) => {
      const shown = [...memory.state.notifications.values()]
        .filter(({ tenantId }) => query.tenantId === null || tenantId === query.tenantId)
        .filter(({ state }) => query.state === undefined || state === query.state)
        .filter(({ kind }) => query.kind === undefined || kind === query.kind)
        .filter(
          ({ tenantId, sentAt }) =>
            query.mailedSince === undefined || (tenantId !== null && (sentAt ?? 0) >= query.mailedSince),
        );
      const positionOf = ({ createdAt, id }: Notification) => ({ at: createdAt, id });
      return memoryPage(shown, query, { positionOf, order: newestFirst });
    },
    find: async (id) => memory.state.notifications.get(id) ?? null,
  };
}

export function memoryRetentionStore(memory: Memory): RetentionStore {
  return {
    prune: async ({ pollsBefore, historyBefore, signal }) =>
      transact(memory, (state) => {
        if (signal?.aborted) return NOTHING_PRUNED;
        const current = [...state.connections.keys()].map((id) => latestIdOf(state, id));
        const before = (at: number | null) => at !== null && at < historyBefore;
        return {
          polls: erase(state.polls, ({ at }) => at < pollsBefore),
          snapshots: erase(state.snapshots, ({ id, to }) => before(to) && !current.includes(id)),
          changes: erase(state.changes, ({ at }) => before(at)),
          incidents: erase(state.incidents, ({ closedAt }) => before(closedAt)),
          mail: erase(
            state.notifications,
            (mail) =>
              before(mail.createdAt) &&
              mail.state !== 'pending' &&
              mail.state !== 'held' &&
              (mail.tenantId === null || !mail.topics.some(({ incidentId }) => state.incidents.has(incidentId))),
          ),
          audit: erase(state.audit, ({ at }) => before(at)),
          // They are kept apart from this memory.
          writes: 0,
          events: pruneEvents(state, pollsBefore),
          webhooks: pruneWebhooks(state, pollsBefore),
          sessions: erase(
            state.apiKeys,
            ({ key }) => key.purpose !== 'program' && key.expiresAt !== null && key.expiresAt < pollsBefore,
          ),
          days: erase(state.digests, before) + pruneDays(state, historyBefore),
          troubles:
            erase(state.faults, ({ endedAt }) => before(endedAt)) +
            erase(state.holds, ({ endedAt }) => before(endedAt)),
        };
      }),
  };
}

function isShown(state: MemoryState, tenantId: string, wanted: string | null): boolean {
  return (wanted === null || tenantId === wanted) && presentTenants(state).some(({ id }) => id === tenantId);
}

function isInState({ state }: Incident, wanted: IncidentQuery['state'] = 'all'): boolean {
  return wanted === 'all' || (state === 'closed') === (wanted === 'closed');
}

function isLately(
  { openedAt, confirmedAt, closedAt, closeReason }: Incident,
  { brokeSince, during, repairedSince }: IncidentQuery,
): boolean {
  const broke = brokeSince === undefined || (confirmedAt !== null && openedAt >= brokeSince);
  const lasted =
    during === undefined || (confirmedAt !== null && openedAt <= during.to && (closedAt ?? during.from) >= during.from);
  return (
    broke &&
    lasted &&
    (repairedSince === undefined || (closeReason === 'recovered' && (closedAt ?? 0) >= repairedSince))
  );
}

function isOfNetwork(state: MemoryState, connectionId: string | null, network: string | undefined): boolean {
  return network === undefined || state.connections.get(connectionId ?? '')?.network === network;
}

function entryOf(state: MemoryState, incident: Incident): IncidentEntry {
  const connection = state.connections.get(incident.connectionId ?? '');
  return {
    incident,
    tenantName: state.tenants.get(incident.tenantId)?.tenant.name ?? '',
    connection:
      connection === undefined
        ? null
        : { network: connection.network, accountId: connection.accountId, displayName: connection.displayName },
    mail: [...state.notifications.values()]
      .flatMap((mail) => (mail.tenantId === null ? [] : [mail]))
      .filter(({ topics }) => topics.some(({ incidentId }) => incidentId === incident.id))
      .toSorted((a, b) => ascending(a.createdAt, b.createdAt) || ascending(a.id, b.id))
      .map(mailOf),
  };
}

function mailOf({ id, kind, state, contactId, sentAt }: TenantNotification): MailOfIncident {
  return { id, kind, state, contactId, sentAt };
}

function latestIdOf(state: MemoryState, connectionId: string): string | undefined {
  const all = [...state.snapshots.values()].filter((snapshot) => snapshot.connectionId === connectionId);
  return all.toSorted((a, b) => ascending(a.from, b.from)).at(-1)?.id;
}

function pruneDays({ days }: MemoryState, before: number): number {
  const first = new Date(before).toISOString().slice(0, 10);
  // After the key.
  const old = [...days.keys()].filter((id) => id.slice(-first.length) < first);
  for (const day of old) days.delete(day);
  return old.length;
}

function pruneWebhooks({ webhooks, webhookDeliveries, webhookAttempts }: MemoryState, before: number): number {
  for (const { delivery } of webhookDeliveries.values()) {
    const stored = webhooks.get(delivery.endpointId);
    if (stored === undefined || delivery.state !== 'pending' || delivery.createdAt >= before) continue;
    webhooks.set(delivery.endpointId, { ...stored, endpoint: { ...stored.endpoint, missedBefore: before } });
  }
  return (
    erase(webhookDeliveries, ({ delivery }) => delivery.createdAt < before) +
    erase(webhookAttempts, ({ at }) => at < before)
  );
}

function erase<T>(table: Map<unknown, T>, isOld: (row: T) => boolean): number {
  const before = table.size;
  for (const [key, row] of table) if (isOld(row)) table.delete(key);
  return before - table.size;
}
