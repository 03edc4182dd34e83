import { type EventContext, eventsOf, tenantAdded, tenantPurged } from '../../domain/events/events-of.ts';
import type { TenantRecord, TenantUpdate } from '../../domain/model/tenant-record.ts';
import type { Clock, NewId, RecordStore, Stores, TenantStore } from '../ports.ts';

type Telling = Readonly<{
  clock: Clock;
  newId: NewId;
  /** Called once events are stored. */
  onTold(): void;
}>;

/**
 * The same stores, which write what other programs are told of a change in the change's own transaction, so that no use
 * case has to think of it. Every write that can change what is told goes through these two: `RecordStore.change`, and
 * the first and the last write of a tenant.
 */
export function tellingEvents<All extends Pick<Stores, 'records' | 'tenants'>>(stores: All, telling: Telling): All {
  return { ...stores, records: tellingChanges(stores.records, telling), tenants: tellingEnds(stores.tenants, telling) };
}

function tellingChanges(records: RecordStore, { clock, newId, onTold }: Telling): RecordStore {
  return {
    ...records,
    change: async (tenantIds, decide, also) => {
      let isNews = false;
      const decideAndTell: typeof decide = (before, ...seen) => {
        const { updates, result } = decide(before, ...seen);
        const told = withEvents(before, updates, { at: clock.now(), newId });
        isNews = told.some(({ events }) => events.length > 0);
        return { updates: told, result };
      };
      const result = await records.change(tenantIds, decideAndTell, also);
      if (isNews) onTold();
      return result;
    },
  };
}

/** What a poll shows was so when it was asked. */
function withEvents(before: readonly TenantRecord[], updates: readonly TenantUpdate[], { at, newId }: EventContext) {
  const recordOf = new Map(before.map((record) => [record.tenant.id, record]));
  return updates.map((update) => {
    const record = recordOf.get(update.tenantId);
    const events = record === undefined ? [] : eventsOf(record, update, { at: update.poll?.at ?? at, newId });
    return events.length === 0 ? update : { ...update, events };
  });
}

function tellingEnds(tenants: TenantStore, { clock, newId, onTold }: Telling): TenantStore {
  return {
    ...tenants,
    add: async (added) => {
      const contextOf = { at: clock.now(), newId };
      await tenants.add(added.map((one) => ({ ...one, events: tenantAdded(one.tenant, contextOf) })));
      if (added.length > 0) onTold();
    },
    erase: async (id) => {
      const wasThere = await tenants.erase(id, tenantPurged(id, { at: clock.now(), newId }));
      if (wasThere) onTold();
      return wasThere;
    },
  };
}
