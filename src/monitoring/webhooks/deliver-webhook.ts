import { afterWebhookAttempt } from '../../domain/delivery/record-webhook-attempt.ts';
import { beginOperatorMail } from '../../domain/model/notification.ts';
import { type Instant, MINUTE_MS } from '../../domain/model/time.ts';
import { isDelivered, type WebhookAnswer, type WebhookAttempt, withoutAnswer } from '../../domain/model/webhook.ts';
import type { Outcomes } from '../outcomes.ts';
import type {
  ClaimedDelivery,
  DecideAttempt,
  Log,
  RecordedAttempt,
  Stores,
  Surroundings,
  WebhookSender,
} from '../ports.ts';
import type { RetriedWrites } from '../retried-writes.ts';

/** Longer than any request takes, which is bounded: the lease need not be renewed. */
const LEASE_MS = MINUTE_MS;

export type DeliverWebhookPorts = Omit<Surroundings, 'settings'> &
  Pick<Stores, 'webhookDeliveries'> &
  Readonly<{
    webhookSender: WebhookSender;
    webhookOutcomes: Outcomes;
    retriedWrites: RetriedWrites;
    /** At least 0, below 1: spreads retries. */
    chance(): number;
  }>;

/** Claims, sends and records the endpoint's next event. Null when none is due. */
export async function deliverNext(
  endpointId: string,
  ports: DeliverWebhookPorts,
  onClaimed: () => void,
): Promise<Readonly<{ isDelivered: boolean }> | null> {
  const { webhookDeliveries, webhookOutcomes, clock } = ports;
  // The outcome of its latest event waits for the store. A claim now would end the lease under which it is stored.
  if (webhookOutcomes.isWaiting(endpointId)) return null;
  const claimed = await webhookDeliveries.claim(endpointId, clock.now(), LEASE_MS);
  if (claimed === null) return null;
  onClaimed();
  const at = clock.now();
  const answer = await answerTo(claimed, at, ports);
  const answered = { id: ports.newId(), at, answer };
  await webhookOutcomes.store(endpointId, () => record(claimed, answered, ports));
  return { isDelivered: answer !== null && isDelivered(answer) };
}

/** Null where the event is no longer there: then there is nothing to send. */
async function answerTo(
  { endpoint: { url }, delivery, secrets, event }: ClaimedDelivery,
  at: Instant,
  { webhookSender, log }: DeliverWebhookPorts,
): Promise<WebhookAnswer | null> {
  const { eventId: id, endpointId, type } = delivery;
  if (event === null) return null;
  try {
    const { webhookBody } = await import('./webhook-body.ts');
    const body = webhookBody({ ...event, id, type });
    return await webhookSender.send({ url, id, at, body, secrets });
  } catch (error) {
    log.error({ err: error, endpointId, eventId: id }, 'an event could not be written for a webhook');
    return { ...withoutAnswer('The event could not be written.'), ms: 0 };
  }
}

type Answered = Readonly<{ id: string; at: Instant; answer: WebhookAnswer | null }>;

async function record(
  claimed: ClaimedDelivery,
  { id, at, answer }: Answered,
  ports: DeliverWebhookPorts,
): Promise<void> {
  const { delivery } = claimed;
  const attempt = answer === null ? null : attemptOf({ ...delivery, id, at }, answer);
  const decide: DecideAttempt = (endpoint, stored) => {
    const erased = { ...stored, state: 'failed', reason: 'erased', leaseUntil: null } as const;
    if (answer === null) return { endpoint, delivery: erased, operatorMail: [] };
    const now = ports.clock.now();
    const { report, ...after } = afterWebhookAttempt(endpoint, stored, { now, answer, chance: ports.chance() });
    const operatorMail =
      report === null ? [] : beginOperatorMail(report, { ...ports, now, conversationId: endpoint.id });
    return { ...after, operatorMail };
  };
  const recorded = await ports.webhookDeliveries.record(delivery, attempt, decide);
  if (recorded !== null) logAttempt(recorded, answer, ports.log);
}

type Sent = Readonly<{ id: string; endpointId: string; eventId: string; at: Instant }> &
  Pick<WebhookAttempt, 'tenantId' | 'type'>;

export function attemptOf(
  { id, endpointId, eventId, at, tenantId, type }: Sent,
  answer: WebhookAnswer,
): WebhookAttempt {
  const { retryAfterMs: _, ...kept } = answer;
  return { id, endpointId, eventId, at, tenantId, type, ...kept };
}

function logAttempt({ endpoint, delivery }: RecordedAttempt, answer: WebhookAnswer | null, log: Log): void {
  const { endpointId, eventId, tenantId, type, attempts, state, reason } = delivery;
  const { status = null, ms = 0, error = null } = answer ?? {};
  const fields = { endpointId, eventId, tenantId, type, attempts, status, ms, error };
  if (state === 'delivered') log.debug(fields, 'webhook delivered');
  else if (state === 'pending') log.warn(fields, 'webhook to be tried again');
  else log.error({ ...fields, reason }, 'webhook given up');
  // Only active endpoints are claimed: this attempt has just stopped the endpoint, or a command did meanwhile.
  if (endpoint.state !== 'active') log.error({ endpointId, reason: endpoint.reason }, 'webhook endpoint is stopped');
}
