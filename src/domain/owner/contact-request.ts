import { afterContactLeft, type ContactLeftContext } from '../delivery/contact-left.ts';
import { type Incident, isCertain, isOperatorsMatter, withDecision, withReminders } from '../model/incident.ts';
import type { Contact, Snooze } from '../model/tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import { DAY_MS, type Instant } from '../model/time.ts';

/** The end of a snooze that lasts until the trouble is over: the incident closes long before. */
export const UNTIL_FIXED: Instant = Date.UTC(9999, 0);

/** Whoever wants no reminders at all leaves the contact list, or switches them off. */
export const LONGEST_SNOOZE_MS = 366 * DAY_MS;

export const snoozeLengths = ['day', 'week', 'until_fixed', 'ended'] as const;
/** `ended` ends the present snooze. */
export type SnoozeLength = (typeof snoozeLengths)[number];

/** What a contact may ask for without a login. */
export type ContactRequest =
  /** No reminders of the present problems: an owner's snooze is for all contacts, a cc's for that contact alone. */
  | Readonly<{ kind: 'snooze'; length: SnoozeLength }>
  | Readonly<{ kind: 'leave'; as: 'unsubscribed' | 'not_mine' }>
  /** Mail again, after all. */
  | Readonly<{ kind: 'return' }>
  | Readonly<{ kind: 'prefer'; locale: string | null; wantsReminders: boolean }>;

export const contactRequestOutcomes = [
  'snoozed_day',
  'snoozed_week',
  'snoozed_until_fixed',
  'snoozed_ended',
  'nothing_to_snooze',
  'unsubscribed',
  'not_mine',
  'returned',
  'preferred',
] as const;
export type ContactRequestOutcome = (typeof contactRequestOutcomes)[number];

type Requester = Readonly<{ record: TenantRecord; contact: Contact }>;

export type ContactRequestDecision = Readonly<{ update: TenantUpdate; outcome: ContactRequestOutcome }>;

/** What a contact's wish changes. Wishing the same again changes nothing more. */
export function decideContactRequest(
  contactRequest: ContactRequest,
  { record, contact }: Requester,
  context: ContactLeftContext,
): ContactRequestDecision {
  const nothing = noUpdate(record.tenant.id);
  switch (contactRequest.kind) {
    case 'snooze':
      return decideSnooze(contactRequest.length, { record, contact }, context.now);
    case 'leave':
      return {
        update: afterContactLeft(record, { ...contact, state: contactRequest.as }, context),
        outcome: contactRequest.as,
      };
    case 'return':
      return { update: afterReturn(record, contact), outcome: 'returned' };
    case 'prefer': {
      const { locale, wantsReminders } = contactRequest;
      return { update: { ...nothing, contacts: [{ ...contact, locale, wantsReminders }] }, outcome: 'preferred' };
    }
  }
}

function decideSnooze(length: SnoozeLength, { record, contact }: Requester, now: Instant): ContactRequestDecision {
  const nothing = noUpdate(record.tenant.id);
  const troubles = troublesOf(record);
  if (troubles.length === 0) return { update: nothing, outcome: 'nothing_to_snooze' };
  const until = endOfSnooze(length, now);
  const outcome = `snoozed_${length}` as const;
  if (contact.role === 'owner') {
    const incidents = troubles.map((incident) => withSnooze(incident, until, now));
    return { update: { ...nothing, incidents }, outcome };
  }
  return { update: { ...nothing, contacts: [withOwnSnoozes(contact, record, { troubles, until, now })] }, outcome };
}

/** What a contact may be reminded of: certain trouble that is not over, and not the operator's matter alone. */
export function troublesOf({ tenant, incidents }: Pick<TenantRecord, 'tenant' | 'incidents'>): readonly Incident[] {
  return incidents.filter(isCertain).filter((incident) => !isOperatorsMatter(incident, tenant));
}

function endOfSnooze(length: SnoozeLength, now: Instant): Instant | null {
  switch (length) {
    case 'day':
      return now + DAY_MS;
    case 'week':
      return now + 7 * DAY_MS;
    case 'until_fixed':
      return UNTIL_FIXED;
    case 'ended':
      return null;
  }
}

/** A reminder that was put off to the end of an earlier snooze is decided again: this one may end sooner. */
export function withSnooze(incident: Incident, until: Instant | null, now: Instant): Incident {
  const { snoozedUntil, nextAt } = incident.reminders;
  const isPutOff = snoozedUntil !== null && nextAt !== null;
  const after = withReminders(incident, { snoozedUntil: until, nextAt: isPutOff ? Math.min(nextAt, now) : nextAt });
  return until === null ? after : withDecision(after, 'snoozed');
}

type OwnSnoozes = Readonly<{ troubles: readonly Incident[]; until: Instant | null; now: Instant }>;

/** Those that have ended, or whose incident is over, are forgotten by the way. */
function withOwnSnoozes(contact: Contact, record: TenantRecord, { troubles, until, now }: OwnSnoozes): Contact {
  const isAbout = ({ incidentId }: Snooze, incidents: readonly Incident[]) =>
    incidents.some(({ id }) => id === incidentId);
  const kept = contact.snoozes.filter(
    (snooze) => snooze.until > now && isAbout(snooze, record.incidents) && !isAbout(snooze, troubles),
  );
  const added = until === null ? [] : troubles.map(({ id }) => ({ incidentId: id, until }));
  return { ...contact, snoozes: [...kept, ...added] };
}

/** An address that was refused gets another chance: the person who asks for it can read its mail. */
function afterReturn({ tenant }: TenantRecord, contact: Contact): TenantUpdate {
  return {
    ...noUpdate(tenant.id),
    contacts: [{ ...contact, state: 'active', refusals: 0 }],
    tenant: tenant.unreachableSince === null ? null : { ...tenant, unreachableSince: null },
  };
}
