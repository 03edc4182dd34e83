import { applyUpdate } from '../model/apply-update.ts';
import type { EventContent, FeedEvent } from '../model/event.ts';
import type { Tenant } from '../model/tenant.ts';
import type { TenantRecord, TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { connectionEvents } from './connection-events.ts';
import { incidentEvents } from './incident-events.ts';
import { mailEvents } from './mail-events.ts';
import { tenantAddedContent, tenantEvents, tenantPurgedContent, tenantRemovedContent } from './tenant-events.ts';

export type EventContext = Readonly<{ at: Instant; newId: () => string }>;

/**
 * What an update changes, as other programs are told: the difference between the record before and after, in the order
 * tenant, connections, incidents, mail. Whoever follows these events knows each tenant's state and the health that the
 * latest poll showed of each connection.
 */
export function eventsOf(before: TenantRecord, update: TenantUpdate, context: EventContext): readonly FeedEvent[] {
  const { tenant } = before;
  if (update.removedAt !== null) return written(tenant.id, [tenantRemovedContent(tenant, context.at)], context);
  const after = applyUpdate(before, update);
  const incidents = [...update.incidents, ...before.incidents];
  return written(
    tenant.id,
    [
      ...tenantEvents(before, after, { update, at: context.at }),
      ...connectionEvents(before, after),
      ...incidentEvents(before, after, update.incidents),
      ...mailEvents(before, after, incidents, update.notifications),
    ],
    context,
  );
}

export function tenantAdded(tenant: Tenant, context: EventContext): readonly FeedEvent[] {
  return written(tenant.id, [tenantAddedContent(tenant)], context);
}

/** To be kept when everything else of the tenant is erased. */
export function tenantPurged(id: string, context: EventContext): readonly FeedEvent[] {
  return written(id, [tenantPurgedContent(id, context.at)], context);
}

function written(tenantId: string, contents: readonly EventContent[], { at, newId }: EventContext) {
  return contents.map((content): FeedEvent => ({ ...content, id: newId(), tenantId, at }));
}
