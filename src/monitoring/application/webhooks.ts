import type { EventType } from '../../domain/model/event.ts';
import type { Page, PageRequest, Redelivery } from '../ports.ts';
import type { Viewer } from '../viewer.ts';
import type { NewWebhookView, Redelivered, RotatedWebhook, WebhookAttemptView, WebhookView } from '../views.ts';

/**
 * Where events are sent to other programs, as the viewer sees it: a key of one tenant has that tenant's endpoints
 * alone. What shows a secret or says where events go is for an `admin` key, also one of a single tenant.
 */
export type Webhooks = Readonly<{
  /** It gets the events from now on. */
  add(viewer: Viewer, webhook: NewWebhook): Promise<AddedWebhook>;
  /** Newest first. */
  list(viewer: Viewer, query: Readonly<{ tenantId: string | null }> & PageRequest): Promise<Page<WebhookView>>;
  /** Null, here and below: there is no such endpoint. */
  find(viewer: Viewer, id: string): Promise<WebhookView | null>;
  update(viewer: Viewer, id: string, patch: WebhookPatch): Promise<UpdatedWebhook>;
  /** What has happened since it was stopped is sent, as far as the feed reaches back. */
  enable(viewer: Viewer, id: string): Promise<WebhookView | null>;
  disable(viewer: Viewer, id: string): Promise<WebhookView | null>;
  remove(viewer: Viewer, id: string): Promise<boolean>;
  /** The new secret signs from now on, and the former one besides it for a day. */
  rotate(viewer: Viewer, id: string): Promise<RotatedWebhook | null>;
  /** Sends an event of the type `webhook.test` at once, whatever the state of the endpoint. */
  test(viewer: Viewer, id: string): Promise<WebhookAttemptView | null>;
  /** Sends events once more, with the `webhook-id` that they had. */
  redeliver(viewer: Viewer, id: string, redelivery: Redelivery): Promise<Redelivered | null>;
  /** Newest first. */
  attempts(viewer: Viewer, id: string, query: AttemptFilter & PageRequest): Promise<Page<WebhookAttemptView> | null>;
}>;

export type NewWebhook = Readonly<{
  url: string;
  /** The one tenant whose events it gets; all that the viewer sees unless it is given. */
  tenantId?: string | undefined;
  /** All unless they are given. */
  types?: readonly EventType[] | undefined;
}>;

export type WebhookPatch = Readonly<{ url?: string | undefined; types?: readonly EventType[] | null | undefined }>;

/** `problem`: why nothing may be sent there. */
export type AddedWebhook =
  | Readonly<{ outcome: 'added'; webhook: NewWebhookView }>
  | Readonly<{ outcome: 'unknown_tenant' }>
  | Readonly<{ outcome: 'bad_url'; problem: string }>
  | Readonly<{ outcome: 'too_many'; most: number }>;

export type UpdatedWebhook =
  | Readonly<{ outcome: 'updated'; webhook: WebhookView }>
  | Readonly<{ outcome: 'not_found' }>
  | Readonly<{ outcome: 'bad_url'; problem: string }>;

export type AttemptFilter = Readonly<{ eventId?: string | undefined; isDelivered?: boolean | undefined }>;
