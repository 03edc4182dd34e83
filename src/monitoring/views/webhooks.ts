import { z } from 'zod';
import { eventTypes } from '../../domain/model/event.ts';
import { endpointReasons, endpointStates, TEST_TYPE } from '../../domain/model/webhook.ts';
import { count, instant, list, maybeInstant, maybeText, text } from './parts.ts';

/** Where events are sent; without its secret, which is shown once. */
export const webhookView = z.object({
  id: text,
  url: text,
  /** The one tenant whose events it gets; null: all of them. */
  tenantId: maybeText,
  /** Null: all. */
  types: list(z.enum(eventTypes)).nullable(),
  state: z.enum(endpointStates),
  /** Null while it is active. */
  reason: z.enum(endpointReasons).nullable(),
  /** When the endpoint entered its state. */
  since: instant,
  createdAt: instant,
  /** The secret before the last rotation signs as well until then. */
  formerSecretUntil: maybeInstant,
  pending: count,
  oldestPendingAt: maybeInstant,
  /** Deliveries that were given up. */
  failed: count,
  /** Attempts in a row that failed, and since when. */
  failures: count,
  failingSince: maybeInstant,
  lastDeliveredAt: maybeInstant,
  /** Some events before this time were old, and erased, before the endpoint had them; null: none. */
  missedBefore: maybeInstant,
});

/** `secret` is shown in this answer alone. */
export const newWebhook = webhookView.extend({ secret: text });

/** One request to a receiver, and what came back. */
export const webhookAttemptView = z.object({
  id: text,
  /** The `webhook-id`: the same for each attempt. */
  eventId: text,
  type: z.enum([...eventTypes, TEST_TYPE]),
  tenantId: maybeText,
  at: instant,
  isDelivered: z.boolean(),
  status: z.int().nullable(),
  ms: count,
  /** The first kilobyte. */
  answer: maybeText,
  error: maybeText,
});

/** `formerSecretUntil`: until then the former secret signs as well. */
export const rotatedWebhook = z.object({ id: text, secret: text, formerSecretUntil: instant });

export const redelivered = z.object({ id: text, redelivered: count });

export type WebhookView = Readonly<z.output<typeof webhookView>>;
export type NewWebhookView = Readonly<z.output<typeof newWebhook>>;
export type WebhookAttemptView = Readonly<z.output<typeof webhookAttemptView>>;
export type RotatedWebhook = Readonly<z.output<typeof rotatedWebhook>>;
export type Redelivered = Readonly<z.output<typeof redelivered>>;
