import { type Incident, withDecision, withReminders } from '../model/incident.ts';
import { isAlertKind, type TenantMailKind } from '../model/mail-kind.ts';
import type { MessageContent } from '../model/message-content.ts';
import {
  isLeased,
  type OperatorNotification,
  type PendingNotification,
  type TenantNotification,
} from '../model/notification.ts';
import type { CancelReason } from '../model/reasons.ts';
import type { AlertSettings } from '../model/settings.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';
import { alertKindOf } from '../notification/recipients.ts';
import { nextReminderAt } from '../notification/reminders.ts';
import { buildMessageContent } from './build-message-content.ts';
import type { DeliveryContext, DeliveryDecision } from './delivery-decision.ts';
import { revalidate } from './revalidate.ts';

/** Longer than one attempt may take, so that a mail is sent by one worker at a time; a crash frees it after this. */
export const LEASE_MS = 30_000;

export type Claim = Readonly<{
  update: TenantUpdate;
  decision: DeliveryDecision | null;
  /** The mail to be sent now, and what it says; both are null when it is not to be sent, or somebody else has it. */
  notification: PendingNotification | null;
  content: MessageContent | null;
}>;

/** Takes a due mail, and decides again what becomes of it, in one step that no other worker can take too. */
export function claimMail(record: TenantRecord, id: string, context: DeliveryContext): Claim {
  const { now, settings } = context;
  const mail = record.notifications.find((notification) => notification.id === id);
  const nothing: Claim = { update: noUpdate(record.tenant.id), decision: null, notification: null, content: null };
  if (mail === undefined || mail.state !== 'pending' || mail.dueAt > now || isLeased(mail, now)) return nothing;

  const decision = revalidate(mail, record, context);
  switch (decision.kind) {
    case 'send': {
      const { topics, reason } = decision;
      const claimed = lease({ ...mail, kind: kindNow(mail, topics, record), topics, reason }, now);
      const incidents = withReminderDueAgain(leftOut(mail, topics), record, settings);
      const update = { ...nothing.update, incidents, notifications: [claimed] };
      return { update, decision, notification: claimed, content: buildMessageContent(claimed, record, now) };
    }
    case 'postpone': {
      const postponed = { ...mail, dueAt: decision.until };
      const tenant = decision.reason === 'awaiting_fresh_poll' ? pollSoon(record, now) : null;
      const incidents = incidentsOf(mail.topics, record).map((incident) => withDecision(incident, decision.reason));
      return { ...nothing, update: { ...nothing.update, tenant, incidents, notifications: [postponed] }, decision };
    }
    case 'hold': {
      const held: TenantNotification = { ...mail, state: 'held', reason: decision.reason };
      const incidents = incidentsOf(mail.topics, record).map((incident) => withDecision(incident, decision.reason));
      return { ...nothing, update: { ...nothing.update, incidents, notifications: [held] }, decision };
    }
    case 'cancel': {
      const cancelled: TenantNotification = { ...mail, state: 'cancelled', reason: decision.reason };
      const unheard = notifyingNobody(mail, record, decision.reason);
      const incidents = [...unheard, ...withReminderDueAgain(mail.topics, record, settings)];
      return { ...nothing, update: { ...nothing.update, incidents, notifications: [cancelled] }, decision };
    }
  }
}

/** From here on the outcome is unknown until an answer is recorded: a crash in between may repeat the mail. */
export function lease<Mail extends PendingNotification | OperatorNotification>(mail: Mail, now: Instant): Mail {
  return { ...mail, leaseUntil: now + LEASE_MS, attempts: mail.attempts + 1, outcomeUnknown: true };
}

function pollSoon({ tenant }: TenantRecord, now: Instant) {
  return tenant.nextPollAt === null ? null : { ...tenant, nextPollAt: Math.min(tenant.nextPollAt, now) };
}

/** A reminder that is not sent uses up no slot: should the trouble go on, it comes due again on the same clock. */
function withReminderDueAgain(
  unsent: readonly Topic[],
  record: TenantRecord,
  settings: AlertSettings,
): readonly Incident[] {
  return incidentsOf(unsent.filter(isReminder), record).map((incident) =>
    withReminders(incident, { nextAt: nextReminderAt(incident, record.tenant, settings) }),
  );
}

/** Without another mail on its way, what was to be told is told to nobody, and says why. */
function notifyingNobody(mail: TenantNotification, record: TenantRecord, reason: CancelReason): readonly Incident[] {
  if (reason !== 'recipient_gone') return [];
  const others = record.notifications.filter(({ id, state }) => id !== mail.id && state === 'pending');
  return incidentsOf(mail.topics, record)
    .filter(({ alerting, state }) => alerting.lastAlert === null && state !== 'closed')
    .filter(({ id }) => !others.some(({ topics }) => topics.some(({ incidentId }) => incidentId === id)))
    .map((incident) => withDecision(incident, reason));
}

function isReminder({ step }: Topic): boolean {
  return step.kind === 'reminder';
}

function leftOut({ topics }: TenantNotification, sent: readonly Topic[]): readonly Topic[] {
  return topics.filter(({ incidentId }) => !sent.some((topic) => topic.incidentId === incidentId));
}

function incidentsOf(topics: readonly Topic[], { incidents }: TenantRecord): readonly Incident[] {
  return incidents.filter(({ id }) => topics.some(({ incidentId }) => incidentId === id));
}

/** What our access lacks may have changed since the mail was planned, and with it which mail it is. */
function kindNow({ kind }: TenantNotification, [first]: readonly Topic[], { incidents }: TenantRecord): TenantMailKind {
  const incident = incidents.find(({ id }) => id === first?.incidentId);
  return isAlertKind(kind) && incident !== undefined ? alertKindOf(incident) : kind;
}
