import { HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import type { MemoryState } from '../support/memory-state.ts';
import type { MemoryStores } from '../support/memory-store.ts';

/** The first moment at which something is due that any process could do. */
export function nextDueAt({ memory: { state } }: MemoryStores): Instant {
  return Math.min(Number.POSITIVE_INFINITY, ...pollsDue(state), ...mailDue(state), ...eventsDue(state));
}

function pollsDue({ tenants, pollLeases }: MemoryState): readonly Instant[] {
  return [...tenants.values()].flatMap(({ tenant: { id, nextPollAt } }) =>
    nextPollAt === null ? [] : [Math.max(nextPollAt, pollLeases.get(id)?.until ?? 0)],
  );
}

function mailDue({ notifications, incidents }: MemoryState): readonly Instant[] {
  const mails = [...notifications.values()].flatMap(({ state, dueAt, leaseUntil }) =>
    state === 'pending' ? [Math.max(dueAt, leaseUntil ?? 0)] : [],
  );
  return [...mails, ...[...incidents.values()].flatMap(({ reminders: { nextAt } }) => nextAt ?? [])];
}

function eventsDue({ webhookDeliveries, webhooks, events }: MemoryState): readonly Instant[] {
  const last = Math.max(0, ...events.keys());
  if ([...webhooks.values()].some(({ position }) => position < last)) return [0];
  return [...webhookDeliveries.values()].flatMap(({ delivery: { state, endpointId, dueAt, leaseUntil } }) =>
    state === 'pending' ? [Math.max(dueAt, leaseUntil ?? 0, webhooks.get(endpointId)?.endpoint.restUntil ?? 0)] : [],
  );
}

/** Everything is done within that time when nothing disturbs it. */
const PATIENCE_MS = 2 * HOUR_MS + HOUR_MS / 4;

/** What nobody has done although it was due long ago, each as a line. */
export function undone({ memory: { state } }: MemoryStores, now: Instant): readonly string[] {
  const { tenants, notifications, webhookDeliveries } = state;
  const isOld = (at: Instant | null) => at === null || at < now - PATIENCE_MS;
  return [
    ...[...tenants.values()]
      .filter(
        ({ tenant }) => (tenant.state === 'active' || tenant.state === 'access_denied') && isOld(tenant.lastPolledAt),
      )
      .map(
        ({ tenant: { id, lastPolledAt } }) =>
          `${id} was last polled ${lastPolledAt === null ? 'never' : textOf(lastPolledAt)}`,
      ),
    ...[...notifications.values()]
      .filter((mail) => mail.state === 'pending' && isOld(mail.dueAt))
      .map(({ id, kind, to, dueAt }) => `the ${kind} ${id} to ${to} is due since ${textOf(dueAt)}`),
    ...[...notifications.values()]
      .filter(({ state: is }) => is === 'held')
      .map(({ id, kind, to, reason }) => `the ${kind} ${id} to ${to} is held: ${reason}`),
    ...[...webhookDeliveries.values()]
      .filter(({ delivery }) => delivery.state !== 'delivered' && isOld(delivery.createdAt))
      .map(({ delivery: { eventId, endpointId, state: is } }) => `${eventId} is ${is} for ${endpointId}`),
  ];
}

function textOf(at: Instant): string {
  return new Date(at).toISOString();
}
