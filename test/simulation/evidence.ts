import type { Action } from '../../src/domain/model/condition.ts';
import type { MailKind } from '../../src/domain/model/mail-kind.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { Look } from './plan.ts';

/** What a mail says of one account; `network` is null where it is about our access. */
export type Said = Readonly<{ network: string | null; action: Action }>;

/** A mail that a mail server took, whether or not anybody heard of that. */
export type TakenMail = Readonly<{
  at: Instant;
  messageId: string;
  to: string;
  kind: MailKind;
  /** Null in the operator's. */
  tenantId: string | null;
  said: readonly Said[];
  isLastReminder: boolean;
  /** What the operator is told of. */
  about: string | null;
  /** Whose outage the hold is about that a report to the operator names; null in any other mail. */
  heldNetwork: string | null;
}>;

/** An answer about a tenant's accounts that has reached a process. */
export type ShownAnswer = Readonly<{ at: Instant; tenantId: string; looks: Readonly<Record<string, Look>> }>;

export type TakenEvent = Readonly<{ at: Instant; receiver: string; eventId: string }>;

/** All that a world has seen, for whoever judges it. */
export type Evidence = Readonly<{
  mails: readonly TakenMail[];
  /** Mails of which nobody knows whether they were taken: lost after the final dot, or their process was struck meanwhile. */
  lostMails: readonly TakenMail[];
  answers: readonly ShownAnswer[];
  takenEvents: readonly TakenEvent[];
  /** The feed at the end: ids by tenant, in order. */
  feed: readonly Readonly<{ id: string; tenantId: string }>[];
  /** What is left undone at the end, each as a line. */
  left: readonly string[];
  /** Failures of Linkwatch's own, and spent refresh tokens that were presented. */
  faults: readonly string[];
  /**
   * Since when a tenant's grant is lost, because a process died or froze between its refresh and the store; until it thaws
   * and stores the grant after all, or the owner gives a new one.
   */
  lostGrants: readonly Readonly<{ at: Instant; until: Instant | null; tenantId: string }>[];
}>;
