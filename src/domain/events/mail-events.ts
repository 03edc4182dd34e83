import type { EventContent, MailEventType } from '../model/event.ts';
import type { Incident } from '../model/incident.ts';
import type { NotificationState, TenantNotification } from '../model/notification.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import { connectionById, eventConnection, eventIncident, eventTenant } from './parts.ts';

const typeByState: Readonly<Partial<Record<NotificationState, MailEventType>>> = {
  sent: 'mail.sent',
  failed: 'mail.failed',
  held: 'mail.held',
};

/** What became of mail to the tenant's contacts. What the operator gets in place of them told no owner anything. */
export function mailEvents(
  before: TenantRecord,
  after: TenantRecord,
  /** Of the record before and the update. */
  incidents: readonly Incident[],
  changed: readonly TenantNotification[],
): readonly EventContent[] {
  return changed.flatMap((mail) => {
    const earlier = before.notifications.find(({ id }) => id === mail.id);
    const type = typeByState[mail.state];
    if (type === undefined || mail.contactId === null || earlier?.state === mail.state) return [];
    return [contentOf(type, mail, { after, incidents })];
  });
}

type Context = Readonly<{ after: TenantRecord; incidents: readonly Incident[] }>;

function contentOf(type: MailEventType, mail: TenantNotification, { after, incidents }: Context): EventContent {
  const { id, kind, reason, topics } = mail;
  const incidentIds = [...new Set(topics.map(({ incidentId }) => incidentId))];
  const incident = incidentIds.length === 1 ? (incidents.find((one) => one.id === incidentIds[0]) ?? null) : null;
  return {
    type,
    data: {
      tenant: eventTenant(after.tenant),
      connection: eventConnection(connectionById(after, incident?.connectionId ?? null)),
      incident: incident && eventIncident(incident),
      mail: { id, kind, incidentIds },
      reason,
      conditions: incident?.conditions ?? [],
      action: incident?.action ?? 'none',
      since: incident?.openedAt ?? null,
    },
  };
}
