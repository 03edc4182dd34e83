import type { EventType } from './event.ts';
import type { Instant } from './time.ts';

/**
 * `paused`: by Linkwatch, because the receiver fails; `disabled`: by a command, or because the receiver asked for it.
 */
export const endpointStates = ['active', 'paused', 'disabled'] as const;
export type EndpointState = (typeof endpointStates)[number];

/** `gone`: the receiver answered with 410, which means that it wants no more. */
export const endpointReasons = ['by_command', 'failing', 'gone'] as const;
export type EndpointReason = (typeof endpointReasons)[number];

/** Where events are sent to another program; its secret is read when something is sent. */
export type WebhookEndpoint = Readonly<{
  id: string;
  url: string;
  /** The one tenant whose events it gets; null: all of them. */
  tenantId: string | null;
  /** Null: all. */
  types: readonly EventType[] | null;
  state: EndpointState;
  /** Null while it is active. */
  reason: EndpointReason | null;
  /** When the endpoint entered its state. */
  since: Instant;
  createdAt: Instant;
  /** The secret before the present one signs as well until then; null when there is none. */
  formerSecretUntil: Instant | null;
  /** Attempts in a row that failed. */
  failures: number;
  /** When the first of them was made. */
  failingSince: Instant | null;
  /** Nothing is sent before: a receiver that fails is given rests. */
  restUntil: Instant | null;
  lastDeliveredAt: Instant | null;
  /** Some events before this time were old, and erased, before the endpoint had them; null: none. */
  missedBefore: Instant | null;
}>;

export type WebhookDeliveryState = 'pending' | 'delivered' | 'failed';

/** `erased`: the event is no longer there, because it is old or its tenant was purged. */
export type WebhookFailReason = 'gave_up' | 'gone' | 'erased';

/** One event on its way to one endpoint. */
export type WebhookDelivery = Readonly<{
  endpointId: string;
  eventId: string;
  tenantId: string;
  type: EventType;
  state: WebhookDeliveryState;
  reason: WebhookFailReason | null;
  createdAt: Instant;
  dueAt: Instant;
  leaseUntil: Instant | null;
  /** Since it was begun, or begun anew by hand. */
  attempts: number;
  firstAttemptAt: Instant | null;
  lastAttemptAt: Instant | null;
}>;

/** The type of the event by which a person tries an endpoint; it is in no feed. */
export const TEST_TYPE = 'webhook.test';

/** What a receiver answered to one request. */
export type WebhookAnswer = Readonly<{
  /** Null: no answer came. */
  status: number | null;
  ms: number;
  /** How the answer begins, up to a kilobyte; null without one. */
  answer: string | null;
  /** What went wrong, for a person; null when the receiver took the event. */
  error: string | null;
  /** For so long the receiver wants to be left alone. */
  retryAfterMs: number | null;
}>;

export type WebhookAttempt = Omit<WebhookAnswer, 'retryAfterMs'> &
  Readonly<{
    id: string;
    endpointId: string;
    eventId: string;
    /** Null: a test. */
    tenantId: string | null;
    type: EventType | typeof TEST_TYPE;
    at: Instant;
  }>;

export function withoutAnswer(error: string): Omit<WebhookAnswer, 'ms'> {
  return { status: null, answer: null, retryAfterMs: null, error };
}

export function isDelivered({ status }: Pick<WebhookAnswer, 'status'>): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** The fields of an endpoint that has taken what was sent last, or that nothing was sent to. */
export const NO_WEBHOOK_FAILURES = { failures: 0, failingSince: null, restUntil: null } as const;

/** Delivery goes on from the endpoint's place in the feed. */
export function enableEndpoint(endpoint: WebhookEndpoint, now: Instant): WebhookEndpoint {
  if (endpoint.state === 'active') return endpoint;
  return { ...endpoint, ...NO_WEBHOOK_FAILURES, state: 'active', reason: null, since: now };
}

export function disableEndpoint(endpoint: WebhookEndpoint, now: Instant): WebhookEndpoint {
  if (endpoint.state === 'disabled') return endpoint;
  return { ...endpoint, state: 'disabled', reason: 'by_command', since: now };
}
