import { tellsOfTrouble } from '../model/mail-kind.ts';
import type { TenantNotification } from '../model/notification.ts';
import type { Instant } from '../model/time.ts';

/** What is known of each mail about an incident. */
export type MailOfIncident = Pick<TenantNotification, 'id' | 'kind' | 'state' | 'sentAt' | 'contactId'>;

/**
 * When a mail server last took mail about the trouble to one of the tenant's people; null while none of them has been
 * told. What came back has failed, and the operator's own mail tells no owner anything.
 */
export function lastToldAt(mails: readonly MailOfIncident[]): Instant | null {
  const told = mails.flatMap(({ kind, state, sentAt, contactId }) =>
    state === 'sent' && sentAt !== null && contactId !== null && tellsOfTrouble(kind) ? [sentAt] : [],
  );
  return told.length === 0 ? null : Math.max(...told);
}
