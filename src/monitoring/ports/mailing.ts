import type { ComposedMail, DeliveryOutcome, MessageContent } from '../../domain/model/message-content.ts';
import type { Notification, OperatorNotification } from '../../domain/model/notification.ts';
import type { Instant } from '../../domain/model/time.ts';

export interface OutboxStore {
  /** Pending notifications that are due and not leased, oldest first; of all, or of those with the ids `among`. */
  dueMail(now: Instant, limit: number, among?: readonly string[]): Promise<readonly DueMail[]>;
  /** Tenants with an incident whose reminder is due. */
  tenantsWithDueReminders(now: Instant, limit: number): Promise<readonly string[]>;
  /** One tenant's, or everybody's. */
  counts(tenantId: string | null): Promise<Readonly<{ pending: number; held: number }>>;
  /** How many mails MAIL_BRAKE keeps back at present, and of how many tenants. */
  heldForBrake(): Promise<Readonly<{ mails: number; tenants: number }>>;
}

export type DueMail = Pick<Notification, 'id' | 'tenantId' | 'to'>;

/** Mail to the operator belongs to no tenant, so it is claimed by itself. */
export interface OperatorMailStore {
  /**
   * The notification with its lease, or null when it is no longer pending or somebody else has it. `leaseMs` counts
   * from the store's own clock.
   */
  claim(id: string, leaseMs: number): Promise<OperatorNotification | null>;
  /** When the renewed lease ends; null when somebody else has taken the mail over. */
  renew(lease: Pick<OperatorNotification, 'id' | 'leaseUntil'>, leaseMs: number): Promise<Instant | null>;
  /**
   * Stores what became of an attempt, never what the mail reports. False, and nothing stored, where its lease is no
   * longer `leaseUntil`, because another worker has taken the mail since, or where the mail was erased.
   */
  save(mail: OperatorNotification, leaseUntil: Instant | null): Promise<boolean>;
}

export interface Mailer {
  /** Pure: the same content gives the same mail, so a retry is the same message. */
  compose(content: MessageContent): ComposedMail;
  /** The Message-ID of a notification's mail, known before the mail is written. */
  messageIdOf(notificationId: string): string;
  /** Never throws: what the server said, or did not say, is the outcome. */
  send(mail: ComposedMail): Promise<DeliveryOutcome>;
}

/** Where a conversation with the mail server stands: `sender` is MAIL FROM, `recipient` is RCPT TO. */
export type MailServerStage = 'connection' | 'login' | 'sender' | 'recipient';

/**
 * What the mail server says to a mail to the operator that is taken back before its content; `response` is its answer.
 */
export type MailServerCheck =
  | Readonly<{ outcome: 'taken'; response: string }>
  /** A 4xx, such as greylisting: it may take the same mail later. */
  | Readonly<{ outcome: 'deferred'; stage: MailServerStage; response: string }>
  /** `isAboutAddress`: the recipient is refused, and not we. */
  | Readonly<{ outcome: 'failed'; stage: MailServerStage; response: string; isAboutAddress: boolean }>;

/** What the DNS says of the sender's domain. */
export type SenderRecords = Readonly<{
  domain: string;
  hasSpf: boolean;
  hasDmarc: boolean;
  /** Whether receivers find the key that mail is signed with. */
  dkim: 'unsigned' | 'published' | 'missing' | 'other_key';
}>;
