import { isHeld } from '../holds/join-hold.ts';
import type { Hold } from '../model/hold.ts';
import { type Incident, lastAlertStep, withDecision } from '../model/incident.ts';
import type { TenantMailKind } from '../model/mail-kind.ts';
import { isAbout, isLive, isWritten } from '../model/notification.ts';
import type { HeldReason, IncidentDecision, SendReason } from '../model/reasons.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import type { Topic } from '../model/topic.ts';
import { decideMail, type MailDecision } from './alert-policy.ts';
import { alertKindOf, alertRecipients, ownerRecipients, type Recipient, recoveryRecipients } from './recipients.ts';

/** One thing that one recipient is to hear. */
export type NotificationIntent = Readonly<{
  to: Recipient;
  kind: TenantMailKind;
  conversationId: string | null;
  reason: SendReason;
  topic: Topic;
  /** Set when it is written, but kept back. */
  held: HeldReason | null;
}>;

export type IntentContext = Readonly<{
  settings: AlertSettings;
  /** Those that have not ended. */
  holds: readonly Hold[];
  /** The address for alerts that no contact of the tenant can get; null when no operator is configured. */
  operatorEmail: string | null;
}>;

/** Why an alert that counts as sent reached no reader. */
export type LostAlertReason = 'mail_bounced' | 'discarded';

const heldFleet: HeldReason = 'held_fleet';

type SpokenDecision = Exclude<MailDecision, { kind: 'silent' }>;

/** The mails that an incident calls for and that do not exist yet, and the incident with the decision's reason. */
export function notificationIntents(
  incident: Incident,
  record: TenantRecord,
  context: IntentContext,
): Readonly<{ incident: Incident; news: readonly NotificationIntent[] }> {
  const decision = decideMail(incident, context.settings);
  if (decision.kind === 'silent') {
    const inVain = decision.reason === 'already_told' ? whyAlertWasLost(incident, record) : null;
    return { incident: withDecision(incident, inVain ?? decision.reason), news: [] };
  }
  const recipients = recipientsOf(decision, { incident, record }, context);
  if (recipients.length === 0) return { incident: withDecision(incident, unheard(decision)), news: [] };

  const held = isHeld(incident, context.holds) && decision.kind !== 'recovered' ? heldFleet : null;
  const news = recipients
    .filter(({ contactId }) => !isWritten(record.notifications, contactId, decision.topic))
    .map((to) => ({ ...aboutIncident(decision, incident), to, held }));
  const failure = news.length === 0 ? failureOf(decision.topic, record) : null;
  return { incident: withDecision(incident, failure ?? held ?? decision.reason), news };
}

function aboutIncident(
  { kind, reason, topic }: SpokenDecision,
  incident: Incident,
): Omit<NotificationIntent, 'to' | 'held'> {
  const conversationId = incident.alerting.lastAlert?.conversationId ?? null;
  // An alert begins a conversation; whatever follows it answers it.
  if (kind === 'alert') return { kind: alertKindOf(incident), conversationId: null, reason, topic };
  return { kind, conversationId, reason, topic };
}

function recipientsOf(
  { kind }: SpokenDecision,
  { incident, record: { contacts, notifications } }: Readonly<{ incident: Incident; record: TenantRecord }>,
  { operatorEmail }: Pick<IntentContext, 'operatorEmail'>,
): readonly Recipient[] {
  switch (kind) {
    case 'alert':
      return orOperator(alertRecipients(contacts, incident), operatorEmail);
    case 'flapping':
      return orOperator(ownerRecipients(contacts), operatorEmail);
    case 'removed':
      return ownerRecipients(contacts);
    case 'recovered':
      return recoveryRecipients(contacts, incident, notifications);
  }
}

/** When no contact of the tenant can be reached, the operator may know another way. */
function orOperator(recipients: readonly Recipient[], operatorEmail: string | null): readonly Recipient[] {
  if (recipients.length > 0 || operatorEmail === null) return recipients;
  return [{ contactId: null, email: operatorEmail }];
}

function unheard({ kind }: SpokenDecision): IncidentDecision {
  return kind === 'recovered' ? 'told_nobody' : 'no_recipient';
}

/** Why no mail about the step arrived although mail was written; null while some is on its way or has arrived. */
function failureOf({ incidentId, step }: Topic, { notifications }: TenantRecord): IncidentDecision | null {
  const written = notifications.filter((mail) => isLive(mail) && isAbout(mail, incidentId, step));
  const [first] = written;
  if (first === undefined) return null;
  if (!written.every(({ state }) => state === first.state)) return null;
  if (first.state === 'cancelled') return 'discarded';
  if (first.state === 'held') return first.reason;
  return first.state === 'failed' ? `mail_${first.reason}` : null;
}

/** Every copy of the latest alert came back after a mail server had taken it, or the operator dropped it. */
function whyAlertWasLost(incident: Incident, { notifications }: TenantRecord): LostAlertReason | null {
  const copies = notifications.filter((mail) => isLive(mail) && isAbout(mail, incident.id, lastAlertStep(incident)));
  if (copies.length === 0) return null;
  if (copies.every(({ state }) => state === 'cancelled')) return 'discarded';
  return copies.every(({ state }) => state === 'failed') ? 'mail_bounced' : null;
}
