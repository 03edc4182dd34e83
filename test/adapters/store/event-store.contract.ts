import { describe, expect, it } from '@jest/globals';
import type { FeedEvent } from '../../../src/domain/model/event.ts';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import type { EventQuery, Stores } from '../../../src/monitoring/ports.ts';
import { aContact, anEvent, anIncident, anUpdate, aTenant, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { save } from '../../support/store-records.ts';

const TENANTS = ['tenant-1', 'tenant-2'];

export function eventStoreContract(fresh: FreshStore): void {
  describe('the feed of events', () => {
    it('is empty at first, and ends at 0', async () => {
      const { events } = await fresh();
      expect(await events.end()).toEqual({ position: 0, eventId: null });
      expect(await events.read(from(0))).toEqual({
        events: [],
        end: { position: 0, eventId: null },
        eventIdAtAfter: null,
        prunedTo: 0,
      });
    });

    it('gives back events as they were written, in the order of the changes and within each', async () => {
      const store = await storeWithTenants(fresh);
      const written = [anEvent({ id: 'z' }), anEvent({ id: 'a', at: NOW - 1 }), anEvent({ id: 'm' })];
      await tell(store, written.slice(0, 2));
      await tell(store, written.slice(2));
      expect((await store.events.read(from(0))).events).toEqual(written);
    });

    it('keeps the order of any number of events that are written at once', async () => {
      const store = await storeWithTenants(fresh);
      const written = Array.from({ length: 1200 }, (_, n) => anEvent({ id: `event-${(n * 7919) % 1200}` }));
      await tell(store, written);
      expect(await follow(store, from(0, { limit: 500 }))).toEqual(written.map(({ id }) => id));
    });

    it('goes on behind the place where a page ended, and tells which event is there', async () => {
      const store = await storeWithTenants(fresh);
      await tell(store, eventsNamed('a', 'b', 'c'));
      const first = await store.events.read(from(0, { limit: 2 }));
      expect(first.end).toEqual({ position: expect.any(Number), eventId: 'b' });
      const next = await store.events.read(from(first.end.position, { limit: 2 }));
      expect(next).toMatchObject({ events: [{ id: 'c' }], end: { eventId: 'c' }, eventIdAtAfter: 'b' });
      const last = await store.events.read(from(next.end.position));
      expect(last).toMatchObject({ events: [], end: next.end });
      expect(await store.events.end()).toEqual(next.end);
    });

    it('goes past what its filters leave out', async () => {
      const store = await storeWithTenants(fresh);
      await tell(store, [
        ...eventsNamed('a', 'b'),
        anEvent({ id: 'other', tenantId: 'tenant-2' }),
        ...eventsNamed('c'),
      ]);
      const ofOne = await store.events.read(from(0, { tenantId: 'tenant-2' }));
      expect(ofOne).toMatchObject({ events: [{ id: 'other' }], end: { eventId: 'c' } });
      const ofType = await store.events.read(from(0, { types: ['tenant.removed'] }));
      expect(ofType).toMatchObject({ events: [], end: { eventId: 'c' } });
      expect((await store.events.read(from(0, { types: ['tenant.paused'], limit: 3 }))).events).toHaveLength(3);
    });

    it('begins with what a new tenant brings', async () => {
      const store = await fresh();
      await store.tenants.add([{ tenant: aTenant(), contacts: [aContact()], grant: null, events: eventsNamed('a') }]);
      expect(await follow(store, from(0))).toEqual(['a']);
    });

    it('has nothing of a change that was not stored', async () => {
      const store = await storeWithTenants(fresh);
      const refused = [anIncident({ connectionId: null }), anIncident({ id: 'incident-2', connectionId: null })];
      await expect(save(store, anUpdate({ incidents: refused, events: eventsNamed('a') }))).rejects.toThrow();
      await tell(store, eventsNamed('b'));
      expect(await follow(store, from(0))).toEqual(['b']);
    });

    it('forgets a purged tenant but for the last word of it', async () => {
      const store = await storeWithTenants(fresh);
      await tell(store, [...eventsNamed('a'), anEvent({ id: 'other', tenantId: 'tenant-2' }), ...eventsNamed('b')]);
      const { end } = await store.events.read(from(0, { limit: 1 }));
      expect(await store.tenants.erase('tenant-1', eventsNamed('last'))).toBe(true);
      expect(await follow(store, from(0))).toEqual(['other', 'last']);
      expect(await store.events.read(from(end.position))).toMatchObject({ eventIdAtAfter: null, prunedTo: 0 });
      expect(await store.tenants.erase('tenant-1', eventsNamed('again'))).toBe(false);
      expect(await follow(store, from(0))).toEqual(['other', 'last']);
    });

    it('is kept as long as polls, from its beginning on, and says how far it reaches back', async () => {
      const store = await storeWithTenants(fresh);
      const limits = { pollsBefore: NOW - 30 * DAY_MS, historyBefore: 0, writesBefore: 0 };
      const old = (id: string) => anEvent({ id, at: limits.pollsBefore - 1 });
      await tell(store, [old('a'), old('b'), anEvent({ id: 'c', at: limits.pollsBefore }), old('d')]);
      const { end } = await store.events.read(from(0, { limit: 2 }));
      expect(await store.retention.prune(limits)).toMatchObject({ events: 2 });
      expect(await store.events.read(from(0))).toMatchObject({
        events: [{ id: 'c' }, { id: 'd' }],
        prunedTo: end.position,
      });
      expect(await store.retention.prune(limits)).toMatchObject({ events: 0 });
    });

    it('goes on counting when all of it was erased', async () => {
      const store = await storeWithTenants(fresh);
      const old = Array.from({ length: 2500 }, (_, n) => anEvent({ id: `old-${n}`, at: NOW - 31 * DAY_MS }));
      await tell(store, old);
      expect(await store.retention.prune({ pollsBefore: NOW, historyBefore: 0, writesBefore: 0 })).toMatchObject({
        events: 2500,
      });
      const { position } = await store.events.end();
      await tell(store, eventsNamed('new'));
      const page = await store.events.read(from(position));
      expect(page).toMatchObject({ events: [{ id: 'new' }], end: { position: position + 1 }, prunedTo: position });
    });
  });
}

function from(after: number, query: Partial<EventQuery> = {}): EventQuery {
  return { after, limit: 100, types: null, tenantId: null, ...query };
}

function eventsNamed(...ids: readonly string[]): readonly FeedEvent[] {
  return ids.map((id) => anEvent({ id }));
}

async function storeWithTenants(fresh: FreshStore): Promise<Stores> {
  const store = await fresh();
  await store.tenants.add(TENANTS.map((id) => ({ tenant: aTenant({ id }), contacts: [], grant: null })));
  return store;
}

/** In one change. */
async function tell(store: Stores, events: readonly FeedEvent[]): Promise<void> {
  await save(store, anUpdate({ events }));
}

/** The ids of all pages. */
async function follow({ events }: Stores, query: EventQuery): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let after = query.after; ; ) {
    const page = await events.read({ ...query, after });
    if (page.events.length === 0) return ids;
    ids.push(...page.events.map(({ id }) => id));
    after = page.end.position;
  }
}
