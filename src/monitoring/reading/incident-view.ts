import { lastToldAt } from '../../domain/notification/last-told-at.ts';
import type { IncidentEntry } from '../ports.ts';
import type { IncidentView } from '../views.ts';

export function incidentView({ incident, tenantName, connection, mail }: IncidentEntry): IncidentView {
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
    toldAt: lastToldAt(mail),
    decision: incident.alerting.decision,
    notifications: mail.map(({ id }) => id),
  };
}
