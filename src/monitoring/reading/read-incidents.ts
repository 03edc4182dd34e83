import type { IncidentEntry, IncidentQuery, IncidentStore, TenantStore } from '../ports.ts';
import type { IncidentView } from '../views.ts';
import { wholeList } from '../whole-list.ts';

export type ReadIncidentsPorts = Readonly<{ incidents: IncidentStore; tenants: Pick<TenantStore, 'find'> }>;

/** Newest first, all that match. */
export async function readIncidents(
  filter: Pick<IncidentQuery, 'tenantId' | 'state'>,
  { incidents, tenants }: ReadIncidentsPorts,
): Promise<readonly IncidentView[]> {
  const entries = await wholeList(
    (page) => incidents.list({ ...filter, ...page }),
    ({ incident }) => incident.id,
  );
  const names = new Map<string, string>();
  for (const { incident } of entries) {
    if (!names.has(incident.tenantId)) names.set(incident.tenantId, await tenantName(incident.tenantId, tenants));
  }
  return entries.map((entry) => incidentView(entry, names.get(entry.incident.tenantId) ?? ''));
}

/** Null when there is no such incident. */
export async function readIncident(
  id: string,
  { incidents, tenants }: ReadIncidentsPorts,
): Promise<IncidentView | null> {
  const entry = await incidents.find(id);
  return entry === null ? null : incidentView(entry, await tenantName(entry.incident.tenantId, tenants));
}

async function tenantName(id: string, tenants: ReadIncidentsPorts['tenants']): Promise<string> {
  return (await tenants.find(id))?.tenant.name ?? '';
}

export function incidentView(
  { incident, connection, notificationIds }: IncidentEntry,
  tenantName: string,
): IncidentView {
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
