import type { WebhookStoppedReport } from '../model/operator-report.ts';
import { DAY_MS, HOUR_MS, type Instant, SECOND_MS } from '../model/time.ts';
import {
  isDelivered,
  NO_WEBHOOK_FAILURES,
  type WebhookAnswer,
  type WebhookDelivery,
  type WebhookEndpoint,
} from '../model/webhook.ts';
import { type RetryDelays, retryDelayMs } from './retry-delay.ts';

const retries: RetryDelays = { firstMs: 5 * SECOND_MS, longestMs: 6 * HOUR_MS };
/** For so long an event is tried again. */
const TRY_FOR_MS = 3 * DAY_MS;
/** With more failures in a row the receiver itself seems to be down, and is spared the other events for a while. */
const FAILURES_BEFORE_REST = 4;

const GONE = 410;

export type WebhookAttempted = Readonly<{
  now: Instant;
  answer: WebhookAnswer;
  /** At least 0, below 1. */
  chance: number;
}>;

export type AfterWebhookAttempt = Readonly<{
  endpoint: WebhookEndpoint;
  delivery: WebhookDelivery;
  /** What the operator is told, because the endpoint has just been stopped. */
  report: WebhookStoppedReport | null;
}>;

/**
 * What an attempt means for the delivery and for its endpoint. An event is tried for 3 days and then given up; where
 * the receiver took nothing else in those 3 days either, the endpoint is paused instead, and nothing is given up. A
 * receiver that answers with 410 wants no more.
 */
export function afterWebhookAttempt(
  endpoint: WebhookEndpoint,
  delivery: WebhookDelivery,
  attempted: WebhookAttempted,
): AfterWebhookAttempt {
  const { now, answer } = attempted;
  const firstAttemptAt = delivery.firstAttemptAt ?? now;
  const tried = { ...delivery, attempts: delivery.attempts + 1, firstAttemptAt, lastAttemptAt: now, leaseUntil: null };
  if (isDelivered(answer)) {
    const well = { ...NO_WEBHOOK_FAILURES, lastDeliveredAt: now };
    return {
      endpoint: { ...endpoint, ...well },
      delivery: { ...tried, state: 'delivered', reason: null },
      report: null,
    };
  }
  const failing = failed(endpoint, attempted);
  if (answer.status === GONE) {
    const gone = { ...tried, state: 'failed', reason: 'gone' } as const;
    return { ...stopped(failing, { state: 'disabled', reason: 'gone' }, attempted), delivery: gone };
  }
  const retryAt = now + delayMs(tried.attempts, attempted);
  const pending = { ...tried, dueAt: retryAt };
  const failsSince = failing.failingSince ?? now;
  if (retryAt - failsSince > TRY_FOR_MS && endpoint.state === 'active') {
    return { ...stopped(failing, { state: 'paused', reason: 'failing' }, attempted), delivery: pending };
  }
  const isOver = retryAt - firstAttemptAt > TRY_FOR_MS;
  return {
    endpoint: failing,
    delivery: isOver ? { ...tried, state: 'failed', reason: 'gave_up' } : pending,
    report: null,
  };
}

function failed(endpoint: WebhookEndpoint, attempted: WebhookAttempted): WebhookEndpoint {
  const { now } = attempted;
  const failures = endpoint.failures + 1;
  const rests = failures - FAILURES_BEFORE_REST;
  const restUntil = rests > 0 ? now + delayMs(rests, attempted) : null;
  return { ...endpoint, failures, failingSince: endpoint.failingSince ?? now, restUntil };
}

/** A receiver may ask for more time than it would be given, up to the longest delay. */
function delayMs(attempts: number, { answer: { retryAfterMs }, chance }: WebhookAttempted): number {
  return Math.max(retryDelayMs(attempts, chance, retries), Math.min(retryAfterMs ?? 0, retries.longestMs));
}

function stopped(
  endpoint: WebhookEndpoint,
  to: Readonly<{ state: 'paused'; reason: 'failing' } | { state: 'disabled'; reason: 'gone' }>,
  { now, answer: { status, error } }: WebhookAttempted,
): Omit<AfterWebhookAttempt, 'delivery'> {
  // Somebody has disabled it while the request was under way: that stays, and is no news.
  if (endpoint.state !== 'active') return { endpoint, report: null };
  const { id, url, tenantId, failingSince } = endpoint;
  const response = status === null ? error : `HTTP ${status}`;
  return {
    endpoint: { ...endpoint, ...to, since: now },
    report: {
      about: 'webhook_stopped',
      why: to.reason,
      endpointId: id,
      host: hostOf(url),
      tenantId,
      since: failingSince ?? now,
      response,
    },
  };
}

/** The path of an address may be a secret. */
function hostOf(url: string): string {
  return /^[a-z]+:\/\/([^/?#]+)/i.exec(url)?.[1] ?? url;
}
