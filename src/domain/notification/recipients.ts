import { actionToAskFor, type Incident } from '../model/incident.ts';
import { isAlertKind, type TenantMailKind } from '../model/mail-kind.ts';
import { isAboutIncident, type TenantNotification } from '../model/notification.ts';
import type { Contact } from '../model/tenant.ts';
import type { Instant } from '../model/time.ts';

/** The address that a mail goes to: a contact's, or without a contact the operator's. */
export type Recipient = Readonly<{ contactId: string | null; email: string }>;

/** An owner gets all mail; a cc gets alerts, the last reminder and recoveries, but none about our own access. */
export function alertRecipients(contacts: readonly Contact[], incident: Incident): readonly Recipient[] {
  return recipients(alertContacts(contacts, incident));
}

export function ownerRecipients(contacts: readonly Contact[]): readonly Recipient[] {
  return recipients(contacts.filter(({ state, role }) => state === 'active' && role === 'owner'));
}

type ReminderTime = Readonly<{ isLast: boolean; now: Instant }>;

export function reminderRecipients(
  contacts: readonly Contact[],
  incident: Incident,
  { isLast, now }: ReminderTime,
): readonly Contact[] {
  return named(contacts, incident, isLast).filter((contact) => whyNotReminded(contact, incident, now) === null);
}

/** Whether a contact asked for no reminders of the incident. Alerts and recoveries reach the contact all the same. */
export function whyNotReminded(
  { wantsReminders, snoozes }: Contact,
  { id }: Incident,
  now: Instant,
): 'reminders_off' | 'snoozed' | null {
  if (!wantsReminders) return 'reminders_off';
  return snoozes.some(({ incidentId, until }) => incidentId === id && until > now) ? 'snoozed' : null;
}

/** Why a reminder has no recipient; `snoozed` before `reminders_off`, because a snooze ends. */
export function whyNobodyReminded(
  contacts: readonly Contact[],
  incident: Incident,
  { isLast, now }: ReminderTime,
): 'snoozed' | 'reminders_off' | 'no_recipient' {
  const reasons = named(contacts, incident, isLast).map((contact) => whyNotReminded(contact, incident, now));
  return (['snoozed', 'reminders_off'] as const).find((reason) => reasons.includes(reason)) ?? 'no_recipient';
}

function named(contacts: readonly Contact[], incident: Incident, isLast: boolean): readonly Contact[] {
  return alertContacts(contacts, incident).filter(({ role }) => role === 'owner' || isLast);
}

/** Everybody who got an alert about the incident, or may have got one. */
export function recoveryRecipients(
  contacts: readonly Contact[],
  incident: Incident,
  notifications: readonly TenantNotification[],
): readonly Recipient[] {
  const alerts = mailThatAlerted(incident, notifications);
  const reached = contacts.filter(
    ({ id, state }) => state === 'active' && alerts.some((mail) => mail.contactId === id),
  );
  const [toOperator] = alerts.filter(({ contactId }) => contactId === null);
  return [...recipients(reached), ...(toOperator === undefined ? [] : [{ contactId: null, email: toOperator.to }])];
}

/** The mails whose recipients also get the recovery; an attempt with an unknown outcome counts. */
export function mailThatAlerted(
  { id }: Incident,
  notifications: readonly TenantNotification[],
): readonly TenantNotification[] {
  return notifications
    .filter(({ kind }) => isAlertKind(kind) || kind === 'flapping')
    .filter((mail) => (mail.state === 'sent' || mail.outcomeUnknown) && isAboutIncident(mail, id));
}

export function alertKindOf(incident: Incident): TenantMailKind {
  if (incident.connectionId !== null) return 'alert';
  return actionToAskFor(incident) === 'privileges' ? 'access_denied' : 'reauthorize';
}

function alertContacts(contacts: readonly Contact[], { connectionId }: Incident): readonly Contact[] {
  return contacts.filter(({ state, role }) => state === 'active' && (role === 'owner' || connectionId !== null));
}

function recipients(contacts: readonly Contact[]): readonly Recipient[] {
  return contacts.map(({ id, email }) => ({ contactId: id, email }));
}
