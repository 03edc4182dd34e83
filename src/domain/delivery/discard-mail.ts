import { actionToAskFor, type Incident, nextAlertStep, withDecision, withReminders } from '../model/incident.ts';
import { isAbout, type TenantNotification } from '../model/notification.ts';
import type { AlertSettings } from '../model/settings.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { afterReminder } from '../notification/reminders.ts';

export type DiscardContext = Readonly<{ now: Instant; settings: AlertSettings }>;

type Discarding = DiscardContext & Readonly<{ record: TenantRecord; discarded: readonly TenantNotification[] }>;

/**
 * The topics of discarded mail count as told, so that nobody hears of them unless they get worse. A discarded reminder
 * uses up its slot, and the next one comes.
 */
export function discardMail(
  record: TenantRecord,
  discarded: readonly TenantNotification[],
  context: DiscardContext,
): TenantUpdate {
  const discarding = { ...context, record, discarded };
  return {
    ...noUpdate(record.tenant.id),
    incidents: record.incidents
      .filter(({ id, state }) => state !== 'closed' && discarded.some(({ topics }) => topics.some(isOf(id))))
      .map((incident) => asIfAlerted(incident, discarding))
      .map((incident) => asIfReminded(incident, discarding))
      .map((incident) => withDecision(incident, 'discarded')),
    notifications: discarded.map((mail) => ({ ...mail, state: 'cancelled', reason: 'discarded' })),
  };
}

function isOf(id: string) {
  return ({ incidentId }: Readonly<{ incidentId: string }>) => incidentId === id;
}

/** An alert that is on its way to another contact will be sent, and counts then. */
function asIfAlerted(incident: Incident, { discarded, record, now }: Discarding): Incident {
  const step = nextAlertStep(incident);
  const mail = discarded.find((one) => isAbout(one, incident.id, step));
  const isOnItsWay = record.notifications
    .filter(({ id, state }) => state === 'pending' || (state === 'held' && !discarded.some((one) => one.id === id)))
    .some((one) => isAbout(one, incident.id, step));
  if (mail === undefined || isOnItsWay) return incident;
  const lastAlert = { action: actionToAskFor(incident), at: now, conversationId: mail.conversationId ?? mail.id };
  const alerting = { ...incident.alerting, lastAlert, alertsSent: incident.alerting.alertsSent + 1 };
  return withReminders({ ...incident, alerting }, { used: 0 });
}

function asIfReminded(incident: Incident, { discarded, record, settings }: Discarding): Incident {
  const { tenant } = record;
  return discarded
    .filter(({ kind }) => kind === 'reminder')
    .flatMap(({ topics }) => topics.filter(isOf(incident.id)))
    .reduce((before, { step }) => afterReminder(before, step, { tenant, settings }), incident);
}
