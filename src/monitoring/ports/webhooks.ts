import type { OperatorNotification } from '../../domain/model/notification.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { WebhookAnswer, WebhookAttempt, WebhookDelivery, WebhookEndpoint } from '../../domain/model/webhook.ts';
import type { Page, PageRequest } from './pages.ts';

/** Endpoints and what they were sent. One of a removed tenant is gone for everybody. */
export interface WebhookStore {
  /** The endpoint gets the events that are written from now on. `secret` is stored sealed. */
  add(endpoint: WebhookEndpoint, secret: string): Promise<void>;
  /** Newest first. */
  list(query: Readonly<{ tenantId: string | null }> & PageRequest): Promise<Page<WebhookEntry>>;
  /** Null: no such endpoint. */
  find(id: string): Promise<WebhookEntry | null>;
  /** How many endpoints there are of this tenant alone; null: of all tenants. */
  countOf(tenantId: string | null): Promise<number>;
  /**
   * Locks the endpoint, and stores what `decide` makes of it. What waits for an endpoint that becomes active is begun
   * anew, `now`. Null when there is no such endpoint.
   */
  change(
    id: string,
    now: Instant,
    decide: (endpoint: WebhookEndpoint) => WebhookEndpoint,
  ): Promise<WebhookEndpoint | null>;
  /** The new secret signs from now on, the former one besides it until then. False: there is no such endpoint. */
  rotate(id: string, secret: string, formerUntil: Instant): Promise<boolean>;
  /** Its deliveries and attempts go with it. False: there is no such endpoint. */
  remove(id: string): Promise<boolean>;
  /** The secrets that sign at this moment, the present one first; null when there is no such endpoint. */
  secrets(id: string, now: Instant): Promise<readonly [string, ...string[]] | null>;
  /** Newest first. */
  attempts(query: AttemptQuery & PageRequest): Promise<Page<WebhookAttempt>>;
  /** For a test request: it belongs to no delivery. */
  addAttempt(attempt: WebhookAttempt): Promise<void>;
}

/** `failed` counts the deliveries that are kept and were given up. */
export type WebhookEntry = Readonly<{
  endpoint: WebhookEndpoint;
  pending: number;
  failed: number;
  oldestPendingAt: Instant | null;
}>;

/** A filter that is left out lets everything through. */
export type AttemptQuery = Readonly<{
  endpointId: string;
  eventId?: string | undefined;
  /** Whether the receiver took the event. */
  isDelivered?: boolean | undefined;
}>;

/** Events that are sent once more: one, all that were given up, or all since then. */
export type Redelivery =
  | Readonly<{ kind: 'event'; eventId: string }>
  | Readonly<{ kind: 'failed' }>
  | Readonly<{ kind: 'since'; since: Instant }>;

/** The way of events to endpoints: of each tenant's events to one endpoint, the earlier one goes first. */
export interface WebhookDeliveryStore {
  /** Whether there is any endpoint that is active. */
  isNeeded(): Promise<boolean>;
  /**
   * Makes a delivery of every event behind the place of each active endpoint, and moves those places on in the same
   * transaction.
   */
  dispatch(now: Instant): Promise<void>;
  /** Active endpoints, not at rest, for which a delivery is due. */
  due(now: Instant): Promise<readonly DueEndpoint[]>;
  /** Leases the next delivery of the endpoint; null when none is due, or somebody else was faster. */
  claim(endpointId: string, now: Instant, leaseMs: number): Promise<ClaimedDelivery | null>;
  /**
   * Stores the attempt, if there was one, and what `decide` makes of it. An attempt whose lease has ended meanwhile is
   * stored, and changes nothing else; of a delivery that is gone nothing is stored.
   */
  record(
    claimed: WebhookDelivery,
    attempt: WebhookAttempt | null,
    decide: DecideAttempt,
  ): Promise<RecordedAttempt | null>;
  /** How many events are sent once more: of those that the endpoint is to get, and that the feed still has. */
  redeliver(endpointId: string, redelivery: Redelivery, now: Instant): Promise<number>;
}

export type DueEndpoint = Readonly<{
  id: string;
  /** Failed requests to the endpoint since its last success. */
  failures: number;
}>;

/** `event` is null where it is no longer there. */
export type ClaimedDelivery = Readonly<{
  endpoint: WebhookEndpoint;
  delivery: WebhookDelivery;
  secrets: readonly [string, ...string[]];
  event: Readonly<{ at: Instant; data: unknown }> | null;
}>;

export type DecideAttempt = (
  endpoint: WebhookEndpoint,
  delivery: WebhookDelivery,
) => RecordedAttempt & Readonly<{ operatorMail: readonly OperatorNotification[] }>;

export type RecordedAttempt = Readonly<{ endpoint: WebhookEndpoint; delivery: WebhookDelivery }>;

/** One signed request. */
export type WebhookRequest = Readonly<{
  url: string;
  /** The event's id, which is the same for each attempt. */
  id: string;
  at: Instant;
  body: string;
  secrets: readonly [string, ...string[]];
}>;

export interface WebhookSender {
  /** Never throws: what the receiver answered, or did not, is the answer. */
  send(request: WebhookRequest): Promise<WebhookAnswer>;
  newSecret(): string;
  /** Why nothing may be sent to this address, for a person; null when it may, as far as the address tells. */
  problemOf(url: string): string | null;
}
