import { withDecision } from '../model/incident.ts';
import { isAbout, type Notification, type TenantNotification } from '../model/notification.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import { afterAddressRefused, type ContactLeftContext } from './contact-left.ts';
import { refusedBy } from './refusal.ts';

/** What a delivery status notification (RFC 3464) says of one recipient of a mail. */
export type BounceReport = Readonly<{
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** RFC 3463: `5.1.1`. */
  status: string;
  /** The answer of the last server, on one line. */
  response: string;
}>;

/** A mail that came back, as it was read. */
export type ReturnedMail =
  | Readonly<{ kind: 'bounce'; report: BounceReport; sentTo: readonly string[]; messageIds: readonly string[] }>
  | Readonly<{ kind: 'not_a_bounce'; why: 'empty' | 'unreadable' | 'no_report' }>;

export type BounceDecision =
  | Readonly<{ kind: 'fail'; reason: 'bounced' | 'address_refused' }>
  /** A delay, or a report about a cancelled mail: the server's words are kept, and nothing else changes. */
  | Readonly<{ kind: 'note' }>
  | Readonly<{ kind: 'ignore'; reason: 'already_recorded' | 'no_failure' | 'never_sent' }>;

/** What a report means for the mail it is about. */
export function decideBounce(mail: Notification, report: BounceReport): BounceDecision {
  if (report.action !== 'failed' && report.action !== 'delayed') return { kind: 'ignore', reason: 'no_failure' };
  if (mail.attempts === 0) return { kind: 'ignore', reason: 'never_sent' };
  if (isBounced(mail)) return { kind: 'ignore', reason: 'already_recorded' };
  // A cancelled mail stays cancelled: it may have been sent once, without an answer.
  if (report.action === 'delayed' || mail.state === 'cancelled') return { kind: 'note' };
  return { kind: 'fail', reason: isAddressBad(report) ? 'address_refused' : 'bounced' };
}

/** A report about a mail, and what was decided that it means for the mail. */
export type Bounce<Mail> = Readonly<{ mail: Mail; report: BounceReport; decision: BounceDecision }>;

/** The mail after a report. A worker that is sending it again finds its lease gone, and changes nothing. */
export function afterBounce<Mail extends Notification>({ mail, report, decision }: Bounce<Mail>): Mail {
  switch (decision.kind) {
    case 'ignore':
      return mail;
    case 'note':
      return { ...mail, response: report.response };
    case 'fail':
      return {
        ...mail,
        state: 'failed',
        reason: decision.reason,
        response: report.response,
        leaseUntil: null,
        outcomeUnknown: false,
      };
  }
}

/** What a report changes in a tenant's record: the mail, the decisions about its incidents, and its contact. */
export function recordBounce(
  record: TenantRecord,
  bounce: Bounce<TenantNotification>,
  context: Omit<ContactLeftContext, 'response'>,
): TenantUpdate {
  const { mail, report, decision } = bounce;
  const nothing = noUpdate(record.tenant.id);
  if (decision.kind === 'ignore') return nothing;
  const update = { ...nothing, notifications: [afterBounce(bounce)] };
  if (decision.kind === 'note') return update;
  const incidents = record.incidents
    .filter(({ id, state }) => state !== 'closed' && isOnlyCopy(id, mail, record))
    .map((incident) => withDecision(incident, 'mail_bounced'));
  if (decision.reason !== 'address_refused') return { ...update, incidents };
  const refused = afterAddressRefused(record, mail.contactId, { ...context, response: report.response });
  return { ...refused, incidents, notifications: update.notifications };
}

/** Nobody else got a copy of what this mail says about the incident. */
function isOnlyCopy(incidentId: string, mail: TenantNotification, { notifications }: TenantRecord): boolean {
  const steps = mail.topics.filter((topic) => topic.incidentId === incidentId).map(({ step }) => step);
  const others = notifications.filter(({ id, state }) => id !== mail.id && state === 'sent');
  return steps.some((step) => !others.some((other) => isAbout(other, incidentId, step)));
}

function isBounced({ state, reason }: Notification): boolean {
  return state === 'failed' && (reason === 'bounced' || reason === 'address_refused');
}

/**
 * RFC 3463: 5.1.x is about the recipient's address, but for 5.1.7 and 5.1.8, which are about the sender's. Words count
 * where the status names no subject.
 */
function isAddressBad({ status, response }: BounceReport): boolean {
  if (status === '5.0.0') return refusedBy(response) === 'mailbox';
  return status.startsWith('5.1.') && status !== '5.1.7' && status !== '5.1.8';
}
