import type { ComposedMail, DeliveryOutcome } from '../../domain/model/message-content.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { PreviewKind } from '../mailing/preview-kinds.ts';
import type { MailQuery, Page, PageRequest } from '../ports.ts';
import type { Viewer } from '../viewer.ts';
import type { BounceOutcome, Explanation, HoldView, MailDetail, MailView } from '../views.ts';

export type Mail = Readonly<{
  /** Newest first. */
  list(viewer: Viewer, query: MailQuery): Promise<Page<MailView>>;
  find(viewer: Viewer, id: string): Promise<MailDetail | null>;
  /** Why the people of a tenant did, or did not, get mail, and what happens next; null when there is no such tenant. */
  explain(viewer: Viewer, request: ExplanationRequest): Promise<Explanation | null>;
  /** Explains every tenant that has a contact with this address, by id. */
  explainContact(viewer: Viewer, request: ContactExplanationRequest): Promise<Page<Explanation>>;
  /** What keeps owners' mail back now, for keys of all tenants. */
  holds(viewer: Viewer): Promise<readonly HoldView[]>;
  /** Keeps back the mail that waits; `all` of the operator also the mail to come, until it is released. */
  hold(viewer: Viewer, selection: MailSelection): Promise<MailSelectionOutcome>;
  release(viewer: Viewer, selection: MailSelection): Promise<MailSelectionOutcome>;
  /** The mail is never sent. */
  discard(viewer: Viewer, selection: MailSelection): Promise<MailSelectionOutcome>;
  /**
   * A mail of that kind about made-up problems, to a reader of that locale (BCP 47). For the operator and for keys of
   * all tenants, as the two below.
   */
  preview(viewer: Viewer, kind: PreviewKind, locale: string): Promise<ComposedMail>;
  /** Sends a test mail at once, to the operator when the address is null; nothing of it is stored. */
  test(viewer: Viewer, address: string | null): Promise<TestedMail>;
  /** Takes a returned mail as it came, headers first. */
  recordBounce(viewer: Viewer, source: Uint8Array): Promise<BounceOutcome>;
}>;

/** Explains what happened since `from`; an incident that is not over is explained from its beginning. */
export type ExplanationRequest = Readonly<{ tenantId: string; from: Instant }>;

export type ContactExplanationRequest = PageRequest & Readonly<{ address: string; from: Instant }>;

export type TestedMail =
  | (DeliveryOutcome & Readonly<{ to: string }>)
  /** No address was given, and the operator has none. */
  | Readonly<{ outcome: 'no_address' }>;

/** Owners' mail: single mails, one tenant's, or every tenant's. */
export type MailSelection =
  | Readonly<{ kind: 'ids'; ids: readonly string[] }>
  | Readonly<{ kind: 'tenant'; tenantId: string }>
  | Readonly<{ kind: 'all' }>;

/** `skipped` are the mails that were meant and are unknown, or not in a state that allows the change. */
export type MailSelectionOutcome = Readonly<{ changed: readonly string[]; skipped: readonly string[] }>;
