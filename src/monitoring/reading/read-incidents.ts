import { readAllPages } from '../pages.ts';
import type { IncidentEntry, IncidentFilter, IncidentStore } from '../ports.ts';
import type { IncidentView } from '../views.ts';

/** Newest first, all that match. */
export async function readIncidents(
  filter: IncidentFilter & Readonly<{ tenantId: string | null }>,
  incidents: IncidentStore,
): Promise<readonly IncidentView[]> {
  return (await readAllPages((page) => incidents.list({ ...filter, ...page }))).map(incidentView);
}

/** Null when there is no such incident. */
export async function readIncident(id: string, incidents: IncidentStore): Promise<IncidentView | null> {
  const entry = await incidents.find(id);
  return entry === null ? null : incidentView(entry);
}

export function incidentView({ incident, tenantName, connection, notificationIds }: IncidentEntry): IncidentView {
  return {
    id: incident.id,
    tenantId: incident.tenantId,
    tenantName,
    connectionId: incident.connectionId,
    network: connection?.network ?? null,
    accountId: connection?.accountId ?? null,
    displayName: connection?.displayName ?? null,
    action: incident.action,
    conditions: incident.conditions,
    state: incident.state,
    openedAt: incident.openedAt,
    confirmedAt: incident.confirmedAt,
    closedAt: incident.closedAt,
    closeReason: incident.closeReason,
    acknowledgedAt: incident.acknowledgedAt,
    snoozedUntil: incident.reminders.snoozedUntil,
    decision: incident.alerting.decision,
    notifications: notificationIds,
  };
}
