import type { DigestReport, Listed } from './digest.ts';
import type { ReportedCause } from './fault.ts';
import type { EndReason, Hold } from './hold.ts';
import type { PollFailureKind } from './poll.ts';
import type { ContactRole, ContactState } from './tenant.ts';
import type { Instant } from './time.ts';

/** Facts for the operator alone, about Constant Contact, the fleet, the mail, or Linkwatch itself. */
export type OperatorReport =
  | (Readonly<{ about: 'outage_began'; since: Instant; failing: number; polled: number; kind: string }> & OfApplication)
  | (Readonly<{ about: 'outage_ended'; since: Instant; endedAt: Instant; kind: string }> & OfApplication)
  /** Constant Contact says that the key's requests of the day are used up; `limit` is what we take it to have. */
  | (Readonly<{ about: 'quota_exceeded'; since: Instant; used: number; limit: number | null }> & OfApplication)
  | HoldReport
  /** The mail server, which refused all of our mail, accepts mail again. */
  | Readonly<{ about: 'mail_works_again'; since: Instant; until: Instant; response: string }>
  | RecipientGoneReport
  | NeverWorkedReport
  | WebhookStoppedReport
  | DigestReport
  /** No facts: the operator tries whether mail arrives. */
  | Readonly<{ about: 'trial' }>;

/** The application's name; left out where there is only one, or where the report is about all of them. */
type OfApplication = Readonly<{ application?: string }>;

/** A hold, or lost access of the whole fleet, of which the operator reads in the same words. */
export type ReportedHold = Pick<Hold, 'since' | 'beganAt' | 'endedAt' | 'tenants'> & Readonly<{ cause: ReportedCause }>;

/** Owners' mail is kept back, or is no longer. */
export type HoldReport =
  | Readonly<{ about: 'hold_began'; hold: ReportedHold; polled: number }>
  /** Of the hold's tenants, `recovered` work again; owners of the others are now mailed about problems that remain. */
  | Readonly<{ about: 'hold_ended'; hold: ReportedHold; reason: EndReason; recovered: number; remaining: number }>
  | Readonly<{ about: 'brake'; perHour: number; held: number }>;

/** A contact gets no mail any more; with `left` 0 the operator gets that tenant's alerts. */
export type RecipientGoneReport = Readonly<{
  about: 'recipient_gone';
  tenantId: string;
  tenantName: string;
  email: string;
  role: ContactRole;
  why: Exclude<ContactState, 'active'>;
  /** What the mail server said, when it was one. */
  response: string | null;
  left: number;
}>;

/** New tenants that have refused us from the first poll on, so that a wrong token is likely. No owner is told. */
export type NeverWorkedReport = Readonly<{
  about: 'never_worked';
  tenants: Listed<Readonly<{ tenantId: string; tenantName: string; failure: PollFailureKind }>>;
}>;

/** Events are no longer sent to an endpoint: its receiver has failed for days, or wants no more. */
export type WebhookStoppedReport = Readonly<{
  about: 'webhook_stopped';
  why: 'failing' | 'gone';
  endpointId: string;
  host: string;
  /** The one tenant whose events it gets; null: all of them. */
  tenantId: string | null;
  /** When the first of the attempts in a row failed. */
  since: Instant;
  /** What came of the last one. */
  response: string | null;
}>;
