import type { Action, Condition } from './condition.ts';
import type { MailKind } from './mail-kind.ts';
import type { Notification } from './notification.ts';
import type { OperatorReport } from './operator-report.ts';
import type { PageNames } from './pages.ts';
import type { MissingPart } from './poll.ts';
import type { Contact, Tenant } from './tenant.ts';
import type { Instant } from './time.ts';

/** Everything a mail says, decided before a word of it is written. `mail/` turns it into HTML, text and headers. */
export type MessageContent = Readonly<{
  notificationId: string;
  kind: MailKind;
  reason: Notification['reason'];
  to: string;
  /** The moment it is written: durations in it count up to here. */
  at: Instant;
  /** Null in mail that speaks of no tenant. */
  recipient: MessageRecipient | null;
  /** Empty in an invitation alone, of the mails to a tenant's contacts. */
  problems: readonly MessageProblem[];
  /** A reminder after which no other follows. */
  isLastReminder: boolean;
  conversationId: string | null;
  /** In a reminder, the subject of the alert this reader got in the same conversation; null when there was none. */
  threadSubject: string | null;
  /** What an operator's mail reports. */
  report: OperatorReport | null;
}>;

export type MessageRecipient = Readonly<{
  /** Null when no contact of the tenant can be reached, so that the operator gets its mail. */
  contact: Pick<Contact, 'id' | 'role' | 'email' | 'locale'> | null;
  tenant: Pick<Tenant, 'id' | 'timezone' | 'locale' | 'senderName' | 'replyTo' | 'reconnectUrl'> &
    Readonly<{
      /** Null to a contact whose account nobody has named. */
      name: string | null;
    }>;
  /** The addresses of the other contacts who get the same mail. */
  alsoTo: readonly string[];
}>;

export type MessageProblem = Readonly<{
  incidentId: string;
  /** Null when it is about our access to the account. */
  connection: Readonly<{ network: string; accountId: string; displayName: string | null }> | null;
  action: Action;
  conditions: readonly Condition[];
  since: Instant;
  /** When it was seen to work again; null while it does not. */
  until: Instant | null;
  /** Its pages that can no longer be posted to, as far as they are known; null when none are. */
  pages: PageNames | null;
  /** The cause of a refusal, where it is known; left out where it is not, and of a connection. */
  missing?: MissingPart;
}>;

/** A rendered mail, ready for a mail server. */
export type ComposedMail = Readonly<{
  messageId: string;
  /** The envelope sender (MAIL FROM), to which mail servers return undeliverable mail. */
  envelopeFrom: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  headers: Readonly<Record<string, string>>;
}>;

/** What a mail server said. */
export type DeliveryOutcome =
  | Readonly<{ outcome: 'accepted'; response: string }>
  /** Worth another try: a network error, a 4xx, or a 5xx about us (login, sender, relaying, reputation). */
  | Readonly<{ outcome: 'deferred'; response: string; isOurFault: boolean }>
  /** All of the mail was sent and no answer came: it may have been accepted. Worth another try, as the same message. */
  | Readonly<{ outcome: 'unknown'; response: string }>
  /** Another 5xx to RCPT or DATA. `isAddressBad`: its code or its words speak of the mailbox. */
  | Readonly<{ outcome: 'refused'; response: string; isAddressBad: boolean }>;
