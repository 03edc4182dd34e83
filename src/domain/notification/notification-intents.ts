import { restoredHold } from '../holds/join-restored.ts';
import { type Hold, isHeld } from '../model/hold.ts';
import { actionToAskFor, type Incident, lastAlertStep, withDecision } from '../model/incident.ts';
import { isActionInDoubt } from '../model/incident-table.ts';
import type { TenantMailKind } from '../model/mail-kind.ts';
import { isAbout, isLive, isWritten } from '../model/notification.ts';
import type { HeldReason, IncidentDecision, SendReason } from '../model/reasons.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import type { Topic } from '../model/topic.ts';
import { decideMail, type MailDecision } from './alert-policy.ts';
import { alertKindOf, alertRecipients, ownerRecipients, type Recipient, recoveryRecipients } from './recipients.ts';

/** One topic that one recipient is to hear of. */
export type NotificationIntent = Readonly<{
  to: Recipient;
  kind: TenantMailKind;
  conversationId: string | null;
  reason: SendReason;
  topic: Topic;
  /** Why the mail is written, but held; null when it is not held. */
  held: HeldReason | null;
}>;

export type IntentContext = Readonly<{
  settings: AlertSettings;
  /** The holds that have not ended. */
  holds: readonly Hold[];
  /** The address for alerts that no contact of the tenant can get; null when no operator is configured. */
  operatorEmail: string | null;
}>;

/** Why an alert that counts as sent reached no reader. */
export type LostAlertReason = 'mail_bounced' | 'discarded';

type SpokenDecision = Exclude<MailDecision, { kind: 'silent' }>;

/** The mails that an incident calls for and that do not exist yet, and the incident with the decision's reason. */
export function notificationIntents(
  incident: Incident,
  record: TenantRecord,
  context: IntentContext,
): Readonly<{ incident: Incident; intents: readonly NotificationIntent[] }> {
  const decision = decideMail(incident, record.tenant, context.settings);
  if (decision.kind === 'silent') {
    const lost = decision.reason === 'already_told' ? whyAlertWasLost(incident, record) : null;
    const again = lost === 'mail_bounced' ? alertedAgain(incident, record) : [];
    return { incident: withDecision(incident, lost ?? decision.reason), intents: again };
  }
  const recipients = recipientsOf(decision, { incident, record }, context);
  if (recipients.length === 0) return { incident: withDecision(incident, unheard(decision)), intents: [] };

  const held = whyHeld(incident, decision, context.holds);
  const intents = recipients
    .filter(({ contactId }) => !isWritten(record.notifications, contactId, decision.topic))
    .map((to) => ({ ...aboutIncident(decision, incident), to, held }));
  // A mail written only now, after a hold or to another contact, would name an action that the latest poll does not
  // show.
  if (intents.length > 0 && decision.kind === 'alert' && isActionInDoubt(incident, record.tenant)) {
    return { incident: withDecision(incident, 'awaiting_confirmation'), intents: [] };
  }
  const failure = intents.length === 0 ? failureOf(decision.topic, record) : null;
  return { incident: withDecision(incident, failure ?? held ?? decision.reason), intents };
}

/** Thanks after an alert that was read are never held for the fleet. */
function whyHeld(incident: Incident, { kind }: SpokenDecision, holds: readonly Hold[]): HeldReason | null {
  if (!isHeld(incident, holds)) return null;
  if (incident.alerting.heldBy === restoredHold(holds)?.id) return 'held_restored';
  return kind === 'recovered' ? null : 'held_fleet';
}

function aboutIncident(
  { kind, reason, topic }: SpokenDecision,
  incident: Incident,
): Omit<NotificationIntent, 'to' | 'held'> {
  const conversationId = incident.alerting.lastAlert?.conversationId ?? null;
  // An alert begins a conversation; the mail after it answers the alert.
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

/** Nobody has got the alert, so contacts who were named since get it; nobody gets it twice. */
function alertedAgain(incident: Incident, { contacts, notifications }: TenantRecord): readonly NotificationIntent[] {
  const topic: Topic = { incidentId: incident.id, step: lastAlertStep(incident), action: actionToAskFor(incident) };
  return alertRecipients(contacts, incident)
    .filter(({ contactId }) => !isWritten(notifications, contactId, topic))
    .map((to) => ({
      to,
      topic,
      held: null,
      conversationId: incident.alerting.lastAlert?.conversationId ?? null,
      kind: alertKindOf(incident),
      reason: 'first_alert',
    }));
}

/** Every copy of the latest alert came back after a mail server had taken it, or was discarded by the operator. */
function whyAlertWasLost(incident: Incident, { notifications }: TenantRecord): LostAlertReason | null {
  const copies = notifications.filter((mail) => isLive(mail) && isAbout(mail, incident.id, lastAlertStep(incident)));
  if (copies.length === 0) return null;
  if (copies.every(({ state }) => state === 'cancelled')) return 'discarded';
  return copies.every(({ state }) => state === 'failed') ? 'mail_bounced' : null;
}
