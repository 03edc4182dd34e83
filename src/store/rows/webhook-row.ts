import type { EventType } from '../../domain/model/event.ts';
import type {
  EndpointReason,
  EndpointState,
  WebhookAttempt,
  WebhookDelivery,
  WebhookDeliveryState,
  WebhookEndpoint,
  WebhookFailReason,
} from '../../domain/model/webhook.ts';
import type {
  WebhookAttempt as AttemptRow,
  WebhookDelivery as DeliveryRow,
  WebhookEndpoint as EndpointRow,
} from '../model.ts';
import { dateOf, dateOrNull, instantOrNull, wordsFromText, wordsToText } from './values.ts';

/** What is not the endpoint's own: its secrets and its place in the feed. */
type Kept = 'secret' | 'formerSecret' | 'position';

export function endpointFromRow(row: EndpointRow): WebhookEndpoint {
  const { secret: _, formerSecret: __, position: ___, formerUntil, types, ...endpoint } = row;
  return {
    ...endpoint,
    types: types === null ? null : wordsFromText<EventType>(types),
    state: row.state as EndpointState,
    reason: row.reason as EndpointReason | null,
    since: row.since.getTime(),
    createdAt: row.createdAt.getTime(),
    formerSecretUntil: instantOrNull(formerUntil),
    failingSince: instantOrNull(row.failingSince),
    restUntil: instantOrNull(row.restUntil),
    lastDeliveredAt: instantOrNull(row.lastDeliveredAt),
    missedBefore: instantOrNull(row.missedBefore),
  };
}

export function endpointToRow({ formerSecretUntil, types, ...endpoint }: WebhookEndpoint): Omit<EndpointRow, Kept> {
  return {
    ...endpoint,
    types: types === null ? null : wordsToText(types),
    since: dateOf(endpoint.since),
    createdAt: dateOf(endpoint.createdAt),
    formerUntil: dateOrNull(formerSecretUntil),
    failingSince: dateOrNull(endpoint.failingSince),
    restUntil: dateOrNull(endpoint.restUntil),
    lastDeliveredAt: dateOrNull(endpoint.lastDeliveredAt),
    missedBefore: dateOrNull(endpoint.missedBefore),
  };
}

export function deliveryFromRow({ position: _, ...row }: DeliveryRow): WebhookDelivery {
  return {
    ...row,
    type: row.type as EventType,
    state: row.state as WebhookDeliveryState,
    reason: row.reason as WebhookFailReason | null,
    createdAt: row.createdAt.getTime(),
    dueAt: row.dueAt.getTime(),
    leaseUntil: instantOrNull(row.leaseUntil),
    firstAttemptAt: instantOrNull(row.firstAttemptAt),
    lastAttemptAt: instantOrNull(row.lastAttemptAt),
  };
}

export function deliveryToRow(delivery: WebhookDelivery): Omit<DeliveryRow, 'position'> {
  return {
    ...delivery,
    createdAt: dateOf(delivery.createdAt),
    dueAt: dateOf(delivery.dueAt),
    leaseUntil: dateOrNull(delivery.leaseUntil),
    firstAttemptAt: dateOrNull(delivery.firstAttemptAt),
    lastAttemptAt: dateOrNull(delivery.lastAttemptAt),
  };
}

export function attemptFromRow(row: AttemptRow): WebhookAttempt {
  return { ...row, type: row.type as WebhookAttempt['type'], at: row.at.getTime() };
}

export function attemptToRow(attempt: WebhookAttempt): AttemptRow {
  return { ...attempt, at: dateOf(attempt.at) };
}
