import type { EventContent, IncidentEventType } from '../model/event.ts';
import type { Incident } from '../model/incident.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import { connectionById, eventConnection, eventIncident, eventTenant } from './parts.ts';

/**
 * What the update makes of incidents. A suspicion is none yet: an incident is told of when it is certain, or when a
 * person did something about it.
 */
export function incidentEvents(
  before: TenantRecord,
  after: TenantRecord,
  changed: readonly Incident[],
): readonly EventContent[] {
  return changed.flatMap((incident) => {
    const earlier = before.incidents.find(({ id }) => id === incident.id) ?? null;
    return stepsOf(earlier, incident).map((step) => contentOf(step, incident, after));
  });
}

type Told = Readonly<{ type: IncidentEventType; reason: string | null }>;

function stepsOf(before: Incident | null, after: Incident): readonly Told[] {
  const told: Told[] = [];
  const isNewlySet = (field: 'confirmedAt' | 'acknowledgedAt') =>
    after[field] !== null && (before === null || before[field] === null);
  const { snoozedUntil } = after.reminders;
  const isClosed = after.state === 'closed';
  if (isNewlySet('confirmedAt')) {
    told.push({ type: 'incident.opened', reason: after.foundAtBaseline ? 'found_at_baseline' : 'confirmed' });
  }
  if (isNewlySet('acknowledgedAt')) told.push({ type: 'incident.acknowledged', reason: null });
  if (!isClosed && snoozedUntil !== (before?.reminders.snoozedUntil ?? null)) {
    told.push({ type: 'incident.snoozed', reason: snoozedUntil === null ? 'ended' : null });
  }
  if (isClosed && before?.state !== 'closed' && isTold(after)) {
    told.push({ type: 'incident.closed', reason: after.closeReason });
  }
  return told;
}

function isTold({ confirmedAt, acknowledgedAt, reminders }: Incident): boolean {
  return confirmedAt !== null || acknowledgedAt !== null || reminders.snoozedUntil !== null;
}

function contentOf({ type, reason }: Told, incident: Incident, after: TenantRecord): EventContent {
  const { conditions, action, openedAt, connectionId } = incident;
  return {
    type,
    data: {
      tenant: eventTenant(after.tenant),
      connection: eventConnection(connectionById(after, connectionId)),
      incident: eventIncident(incident),
      reason,
      conditions,
      action,
      since: openedAt,
    },
  };
}
