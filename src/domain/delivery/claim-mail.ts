import { withHold } from '../holds/join-hold.ts';
import { type Incident, withDecision, withReminders } from '../model/incident.ts';
import { isFlapping } from '../model/incident-table.ts';
import { isHeldUntil } from '../model/lease.ts';
import { isAlertKind, type TenantMailKind } from '../model/mail-kind.ts';
import type { MessageContent } from '../model/message-content.ts';
import {
  beginNotification,
  type OperatorNotification,
  type PendingNotification,
  type TenantNotification,
} from '../model/notification.ts';
import type { CancelReason } from '../model/reasons.ts';
import type { AlertSettings } from '../model/settings.ts';
import { dueBy } from '../model/tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import type { Topic } from '../model/topic.ts';
import { alertKindOf } from '../notification/recipients.ts';
import { nextReminderAt } from '../notification/reminders.ts';
import { buildMessageContent } from './build-message-content.ts';
import { type DeliveryContext, type DeliveryDecision, incidentOf } from './delivery-decision.ts';
import { revalidate } from './revalidate.ts';

/**
 * The lease of a mail, in ms. It is renewed while the mail is in flight, so that one worker at a time sends it; after a
 * crash the lease ends.
 */
export const MAIL_LEASE_MS = 30_000;

export type Claim = Readonly<{
  update: TenantUpdate;
  decision: DeliveryDecision | null;
  /** The mail to be sent now, and its content; both are null when it is not sent, or another worker has it. */
  notification: PendingNotification | null;
  content: MessageContent | null;
}>;

/** `leaseNow` is the store's clock. */
export type ClaimContext = DeliveryContext & Readonly<{ messageId: string; leaseNow: Instant; newId: () => string }>;

/** Takes a due mail, so that no other worker can take it too, and decides again whether it is sent. */
export function claimMail(record: TenantRecord, id: string, context: ClaimContext): Claim {
  const { now, settings, messageId, leaseNow } = context;
  const mail = record.notifications.find((notification) => notification.id === id);
  const nothing: Claim = { update: noUpdate(record.tenant.id), decision: null, notification: null, content: null };
  if (mail === undefined || mail.state !== 'pending' || mail.dueAt > now) return nothing;
  if (isHeldUntil(mail.leaseUntil, leaseNow)) return nothing;

  const decision = revalidate(mail, record, context);
  if (decision.kind !== 'send') {
    return { ...nothing, decision, update: { ...nothing.update, ...unsent(decision, { mail, record }, context) } };
  }
  const { topics, reason } = decision;
  const said = lease(
    { ...mail, kind: kindNow(mail, topics, record), topics, reason },
    { now, messageId, leaseUntil: leaseNow + MAIL_LEASE_MS },
  );
  const notification = withSaidBefore(said, mail);
  const incidents = withReminderDueAgain(leftOut(mail, topics), record, settings);
  const update = {
    ...nothing.update,
    incidents,
    notifications: [notification, ...suspendedPart(mail, record, { topics, context })],
  };
  return { update, decision, notification, content: buildMessageContent(said, record, now) };
}

type Sent = Readonly<{ topics: readonly Topic[]; context: ClaimContext }>;

/**
 * What a good poll has suspended waits in a mail of its own: it may break again, and this contact has not heard of it.
 */
function suspendedPart(
  mail: PendingNotification,
  record: TenantRecord,
  { topics: sent, context: { now, settings, newId } }: Sent,
): readonly PendingNotification[] {
  if (!isAlertKind(mail.kind) || mail.outcomeUnknown) return [];
  const topics = leftOut(mail, sent).filter(({ incidentId }) =>
    record.incidents.some((one) => one.id === incidentId && one.state === 'recovering' && !isFlapping(one)),
  );
  if (topics.length === 0) return [];
  const { tenantId, contactId, to, kind, reason, conversationId } = mail;
  const part = beginNotification({
    id: newId(),
    tenantId,
    contactId,
    to,
    kind,
    reason,
    conversationId,
    createdAt: now,
    topics,
  });
  return [{ ...part, dueAt: now + settings.recheckAfterMs, bypassHolds: mail.bypassHolds }];
}

/** An alert that may have been read keeps the topics that its repetition leaves out, so that their end is told, too. */
function withSaidBefore(said: PendingNotification, before: PendingNotification): PendingNotification {
  if (!before.outcomeUnknown || !isAlertKind(before.kind)) return said;
  return { ...said, topics: [...said.topics, ...leftOut(before, said.topics)] };
}

type Unsent = Readonly<{ mail: PendingNotification; record: TenantRecord }>;

/** What a mail changes that is not sent now. */
function unsent(
  decision: Exclude<DeliveryDecision, { kind: 'send' }>,
  { mail, record }: Unsent,
  { now, settings, holds }: DeliveryContext,
): Partial<TenantUpdate> {
  if (decision.kind === 'cancel') {
    const dueAgain = withReminderDueAgain(mail.topics, record, settings);
    const incidents = [...notifyingNobody(mail, record, decision.reason), ...dueAgain];
    return { incidents, notifications: [{ ...mail, state: 'cancelled', reason: decision.reason }] };
  }
  const about = incidentsOf(mail.topics, record);
  if (decision.kind === 'hold') {
    // A hold that began a moment ago has not taken them yet, and lets go only what it has.
    const incidents = about.map((incident) => withDecision(withHold(incident, record, holds), decision.reason));
    return { incidents, notifications: [{ ...mail, state: 'held', reason: decision.reason }] };
  }
  const incidents = about.map((incident) => withDecision(incident, decision.reason));
  const tenant = decision.reason === 'awaiting_fresh_poll' ? dueBy(record.tenant, now) : null;
  return { tenant, incidents, notifications: [{ ...mail, dueAt: decision.until }] };
}

/**
 * From here on the outcome is unknown until an answer is recorded: a crash in between may repeat the mail. The mail can
 * be found by its Message-ID from now on, whatever becomes of it.
 */
export function lease<Mail extends PendingNotification | OperatorNotification>(
  mail: Mail,
  { now, messageId, leaseUntil }: Pick<ClaimContext, 'now' | 'messageId'> & Readonly<{ leaseUntil: Instant | null }>,
): Mail {
  const begun = { messageId, firstAttemptAt: mail.firstAttemptAt ?? now, lastAttemptAt: now };
  return { ...mail, ...begun, leaseUntil, attempts: mail.attempts + 1, outcomeUnknown: true };
}

/** A reminder that is not sent uses up no slot: while the trouble goes on, it comes due again on the same clock. */
function withReminderDueAgain(
  unsent: readonly Topic[],
  record: TenantRecord,
  settings: AlertSettings,
): readonly Incident[] {
  return incidentsOf(unsent.filter(isReminder), record).map((incident) =>
    withReminders(incident, { nextAt: nextReminderAt(incident, record.tenant, settings) }),
  );
}

/** The incidents of which nobody hears, because the recipient is gone and no other mail is on its way. */
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

/** What our access lacks may have changed since the mail was planned, and with it the kind of the mail. */
function kindNow({ kind }: TenantNotification, [first]: readonly Topic[], { incidents }: TenantRecord): TenantMailKind {
  const incident = first === undefined ? null : incidentOf(first, incidents);
  return isAlertKind(kind) && incident !== null ? alertKindOf(incident) : kind;
}
