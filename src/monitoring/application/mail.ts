import type { ComposedMail, DeliveryOutcome } from '../../domain/model/message-content.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { PreviewKind } from '../mailing/preview-kinds.ts';
import type { MailQuery, Page } from '../ports.ts';
import type { Viewer } from '../viewer.ts';
import type { BounceOutcome, Explanation, MailDetail, MailView } from '../views.ts';

export type Mail = Readonly<{
  /** Newest first. */
  list(viewer: Viewer, query: MailQuery): Promise<Page<MailView>>;
  find(viewer: Viewer, id: string): Promise<MailDetail | null>;
  /** Why the people of a tenant did, or did not, get mail, and what happens next; null when there is no such tenant. */
  explain(viewer: Viewer, request: ExplanationRequest): Promise<Explanation | null>;
  /** Keeps back the mail that waits; `all` of the operator also the mail to come, until it is released. */
  hold(viewer: Viewer, selection: MailSelection): Promise<MailSelectionOutcome>;
  release(viewer: Viewer, selection: MailSelection): Promise<MailSelectionOutcome>;
  /** The mail is never sent. */
  discard(viewer: Viewer, selection: MailSelection): Promise<MailSelectionOutcome>;
  /**
   * A mail of that kind about made-up problems, to a reader of that locale (BCP 47). For the operator, as the two
   * below.
   */
  preview(viewer: Viewer, kind: PreviewKind, locale: string): Promise<ComposedMail>;
  /** Sends a test mail to the address at once; nothing of it is stored. */
  test(viewer: Viewer, address: string): Promise<DeliveryOutcome>;
  /** Takes a returned mail as it came, headers first. */
  recordBounce(viewer: Viewer, source: Uint8Array): Promise<BounceOutcome>;
}>;

/** Since then; what is not over is told from its beginning. */
export type ExplanationRequest = Readonly<{ tenantId: string; from: Instant }>;

/** Owners' mail: single mails, one tenant's, or every tenant's. */
export type MailSelection =
  | Readonly<{ kind: 'ids'; ids: readonly string[] }>
  | Readonly<{ kind: 'tenant'; tenantId: string }>
  | Readonly<{ kind: 'all' }>;

/** `skipped` are the mails that were meant and are unknown, or not in a state that allows the change. */
export type MailSelectionOutcome = Readonly<{ changed: readonly string[]; skipped: readonly string[] }>;
