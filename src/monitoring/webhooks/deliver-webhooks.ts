import pLimit, { type LimitFunction } from 'p-limit';
import { SECOND_MS } from '../../domain/model/time.ts';
import { BATCHES_OFFERED, batchesOf } from '../batches.ts';
import type { DueBatch, DueEndpoint, WorkQueue } from '../ports.ts';
import { slept } from '../slept.ts';
import { type DeliverWebhookPorts, deliverNext } from './deliver-webhook.ts';

/** Requests of this process that are in flight: in all, to one receiver, and to a receiver that fails. */
const IN_ALL = 32;
const TO_ONE = 4;
const TO_ONE_THAT_FAILS = 1;
/** Endpoints offered as one batch. */
const BATCH = IN_ALL;
/** While a slow receiver is waited for, others get what is new after this time at most. */
const LOOK_EVERY_MS = SECOND_MS / 2;

/**
 * What all runs of a process keep to together; `openLanes`: how many requests may be in flight to each endpoint now.
 */
export type WebhookLimits = Readonly<{ requests: LimitFunction; openLanes: Map<string, number> }>;

export function createWebhookLimits(): WebhookLimits {
  return { requests: pLimit(IN_ALL), openLanes: new Map() };
}

export type DeliverWebhooksPorts = DeliverWebhookPorts &
  Readonly<{
    webhookLimits: WebhookLimits;
    /** Null: nobody shares the work of this process. */
    queue: Pick<WorkQueue, 'offer'> | null;
  }>;

export type WebhookOptions = Readonly<{
  signal?: AbortSignal | undefined;
  /** These endpoints alone, as far as something is still due for them. */
  batch?: DueBatch | undefined;
}>;

export type WebhookTally = Readonly<{ delivered: number; failed: number }>;

/**
 * Makes deliveries of what is new in the feed and sends those that are due, at least once: claim -> lease -> send ->
 * record. Of each tenant's events to one endpoint the earlier one goes first, and later ones wait for it. A run ends
 * when nothing is left to be sent; while it waits for a slow receiver it goes on looking, so that no other receiver
 * waits too.
 */
export async function deliverWebhooks(ports: DeliverWebhooksPorts, options: WebhookOptions): Promise<WebhookTally> {
  const { signal, batch } = options;
  const { webhookDeliveries, clock } = ports;
  const lanes = createLanes(ports, signal);
  while (!signal?.aborted && (await webhookDeliveries.isNeeded())) {
    if (batch === undefined) await webhookDeliveries.dispatch(clock.now());
    const before = lanes.claims();
    for (const due of await endpointsToServe(ports, batch)) lanes.open(due);
    await lanes.doneOrAfter(LOOK_EVERY_MS);
    // What is due may be another process's, or wait for an earlier event: the next run looks again.
    if (lanes.areEmpty() && lanes.claims() === before) break;
  }
  await lanes.done();
  return lanes.tally();
}

/** Of many endpoints the first ones, where workers that are free take the others. */
async function endpointsToServe(
  { webhookDeliveries, clock, queue }: DeliverWebhooksPorts,
  batch: DueBatch | undefined,
): Promise<readonly DueEndpoint[]> {
  const due = await webhookDeliveries.due(clock.now());
  if (batch !== undefined) return due.filter(({ id }) => batch.includes(id));
  const others = due.slice(BATCH, BATCH * (BATCHES_OFFERED + 1)).map(({ id }) => id);
  const areShared =
    others.length > 0 && queue !== null && (await queue.offer('webhooks', [...batchesOf(others, BATCH)]));
  return areShared ? due.slice(0, BATCH) : due;
}

/** Each lane sends one event after the other to one endpoint, as long as any is due. */
function createLanes(ports: DeliverWebhooksPorts, signal?: AbortSignal) {
  const { requests, openLanes } = ports.webhookLimits;
  const running = new Set<Promise<void>>();
  const tally = { delivered: 0, failed: 0 };
  let claims = 0;

  /** The claim is made within the limit, so that no lease is eaten up by waiting. */
  const next = async (endpoint: DueEndpoint) =>
    await requests(async () => {
      if (signal?.aborted) return null;
      return await deliverNext(endpoint.id, ports, () => {
        claims += 1;
        open(endpoint);
      });
    });

  async function follow(endpoint: DueEndpoint): Promise<void> {
    try {
      for (;;) {
        const delivered = await next(endpoint);
        if (delivered === null) return;
        tally[delivered.isDelivered ? 'delivered' : 'failed'] += 1;
        if (!delivered.isDelivered && (openLanes.get(endpoint.id) ?? 0) > TO_ONE_THAT_FAILS) return;
      }
    } catch (error) {
      ports.log.error({ err: error, endpointId: endpoint.id }, 'a webhook could not be delivered');
    }
  }

  function open(endpoint: DueEndpoint): void {
    const { id, failures } = endpoint;
    const isOpen = openLanes.get(id) ?? 0;
    if (isOpen >= (failures > 0 ? TO_ONE_THAT_FAILS : TO_ONE)) return;
    openLanes.set(id, isOpen + 1);
    const lane = follow(endpoint).finally(() => {
      running.delete(lane);
      const left = (openLanes.get(id) ?? 1) - 1;
      if (left === 0) openLanes.delete(id);
      else openLanes.set(id, left);
    });
    running.add(lane);
  }

  return {
    open,
    areEmpty: () => running.size === 0,
    /** How many deliveries were taken so far. */
    claims: () => claims,
    done: async () => {
      while (running.size > 0) await Promise.all(running);
    },
    /** Every lane has ended, or the time is over. */
    async doneOrAfter(ms: number): Promise<void> {
      const isDone = new AbortController();
      const all = Promise.all(running).then(() => isDone.abort());
      const wake = AbortSignal.any([isDone.signal, ...(signal === undefined ? [] : [signal])]);
      await Promise.race([all, slept(ports.clock, ms, wake)]);
    },
    tally: () => tally,
  };
}
