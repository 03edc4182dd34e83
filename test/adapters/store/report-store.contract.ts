import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import type { IncidentFilter } from '../../../src/monitoring/ports.ts';
import {
  aConnection,
  aContact,
  aNotification,
  anIncident,
  anUpdate,
  aTenant,
  type GivenIncident,
  NOW,
} from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { firstPage, removeTenant } from '../../support/store-records.ts';

const told = { lastAlert: { action: 'reconnect', at: NOW - HOUR_MS, conversationId: 'c' } } as const;
const certain = { state: 'open', action: 'reconnect', confirmedAt: NOW } as const;
const repaired = { state: 'closed', closeReason: 'recovered', closedAt: NOW, confirmedAt: NOW } as const;

/** What the operator is told of the fleet as a whole. */
export function reportStoreContract(fresh: FreshStore): void {
  type People = Readonly<Record<string, readonly string[]>>;

  /** By tenant, the addresses of its contacts; each incident is of a connection of its own. */
  async function storeWith(
    people: People,
    incidents: readonly (GivenIncident & Readonly<{ id: string; tenantId: string }>)[],
  ) {
    const store = await fresh();
    await store.tenants.add(
      Object.entries(people).map(([id, emails]) => ({
        tenant: aTenant({ id, locale: 'de-DE' }),
        contacts: emails.map((email) => aContact({ id: `${id} ${email}`, tenantId: id, email })),
        grant: null,
      })),
    );
    for (const incident of incidents) {
      const connectionId = `of-${incident.id}`;
      const { tenantId } = incident;
      const connection = aConnection({
        id: connectionId,
        tenantId,
        accountId: incident.id,
        network: 'instagram',
        period: null,
      });
      const update = anUpdate({
        tenantId,
        connections: [connection],
        incidents: [anIncident({ connectionId, ...incident })],
      });
      await store.records.change([tenantId], () => ({ updates: [update], result: null }));
    }
    return store;
  }

  describe('reports', () => {
    it('count what happened since then, and what nobody was told of', async () => {
      const store = await storeWith({ a: ['x@a.example'], gone: ['x@gone.example'] }, [
        { id: 'untold', tenantId: 'a', openedAt: NOW - 9 * DAY_MS, ...certain },
        { id: 'told', tenantId: 'a', openedAt: NOW - HOUR_MS, ...certain, alerting: told },
        { id: 'suspected', tenantId: 'a', openedAt: NOW - HOUR_MS },
        { id: 'waits', tenantId: 'a', openedAt: NOW - HOUR_MS, ...certain, action: 'wait' },
        { id: 'repaired', tenantId: 'a', openedAt: NOW - 9 * DAY_MS, ...repaired },
        { id: 'commanded', tenantId: 'a', openedAt: NOW - 9 * DAY_MS, ...repaired, closeReason: 'by_command' },
        { id: 'removed', tenantId: 'gone', openedAt: NOW - HOUR_MS, ...certain },
      ]);
      const mail = (id: string, sentAt: number) =>
        aNotification({ id, tenantId: 'a', topics: [], state: 'sent', contactId: null, sentAt });
      const update = anUpdate({ tenantId: 'a', notifications: [mail('new', NOW - 1), mail('old', NOW - 2 * DAY_MS)] });
      await store.records.change(['a'], () => ({ updates: [update], result: null }));
      await removeTenant(store, 'gone');
      expect(await store.reports.changes(NOW - DAY_MS)).toEqual({
        broke: 2,
        repaired: 1,
        mailed: 1,
        untold: 1,
        failing: 0,
      });
      const { items } = await store.incidents.list({ ...firstPage, tenantId: null, untold: true });
      expect(items.map(({ incident }) => incident.id)).toEqual(['untold']);
      const listed = async (query: IncidentFilter) => {
        const page = await store.incidents.list({ ...firstPage, tenantId: null, ...query });
        return page.items.map(({ incident }) => incident.id);
      };
      expect(await listed({ brokeSince: NOW - DAY_MS })).toEqual(['waits', 'told']);
      expect(await listed({ repairedSince: NOW - DAY_MS })).toEqual(['repaired']);
      expect(await listed({ during: { from: NOW - DAY_MS, to: NOW } })).toEqual([
        'waits',
        'told',
        'untold',
        'repaired',
        'commanded',
      ]);
      expect(await listed({ during: { from: NOW + 1, to: NOW + DAY_MS } })).toEqual(['waits', 'told', 'untold']);
      expect(await listed({ during: { from: NOW - 9 * DAY_MS, to: NOW - DAY_MS } })).toEqual([
        'untold',
        'repaired',
        'commanded',
      ]);
      expect(await listed({ during: { from: 0, to: NOW - 9 * DAY_MS - 1 } })).toEqual([]);
      expect(await listed({ brokeSince: NOW - DAY_MS, untold: true })).toEqual([]);
      const mails = await store.mail.list({ ...firstPage, tenantId: null, mailedSince: NOW - DAY_MS });
      expect(mails.items.map(({ id }) => id)).toEqual(['new']);
    });

    it('count the active tenants whose polls fail since then or longer', async () => {
      const store = await storeWith({}, []);
      const failing = (since: number) => ({ kind: 'server', since }) as const;
      await store.tenants.add(
        [
          aTenant({ id: 'long', failing: failing(NOW - 2 * DAY_MS) }),
          aTenant({ id: 'new', failing: failing(NOW - HOUR_MS) }),
          aTenant({ id: 'paused', failing: failing(NOW - 2 * DAY_MS), state: 'paused' }),
          aTenant({ id: 'well' }),
        ].map((tenant) => ({ tenant, contacts: [], grant: null })),
      );
      expect((await store.reports.changes(NOW - DAY_MS)).failing).toBe(1);
      const found = async (failingForMs: number) => {
        const { items } = await store.tenants.list({ ...firstPage, tenantId: null, now: NOW, failingForMs });
        return items.map(({ tenant }) => tenant.id);
      };
      expect([await found(0), await found(DAY_MS), await found(3 * DAY_MS)]).toEqual([['long', 'new'], ['long'], []]);
    });

    it('name the people who can end most trouble first, page by page', async () => {
      const store = await storeWith(
        { a: ['Both@x.example', 'a@x.example'], b: ['both@x.example'], c: ['c@x.example'] },
        [
          { id: 'a1', tenantId: 'a', openedAt: NOW - HOUR_MS, ...certain },
          { id: 'b1', tenantId: 'b', openedAt: NOW - DAY_MS, ...certain },
          { id: 'c1', tenantId: 'c', openedAt: NOW - 1, ...certain },
          { id: 'c2', tenantId: 'c', openedAt: NOW - 1, ...certain, action: 'wait' },
        ],
      );
      const both = { email: 'both@x.example', incidents: 2, tenants: 2, since: NOW - DAY_MS };
      const first = await store.reports.people({ cursor: null, limit: 2 });
      expect(first.items).toEqual([both, { email: 'a@x.example', incidents: 1, tenants: 1, since: NOW - HOUR_MS }]);
      const second = await store.reports.people({ cursor: first.nextCursor, limit: 2 });
      expect(second).toEqual({
        items: [{ email: 'c@x.example', incidents: 1, tenants: 1, since: NOW - 1 }],
        nextCursor: null,
      });
    });

    it('tell which incidents owners were told of, and when they were repaired', async () => {
      const store = await storeWith({ a: ['x@a.example'] }, [
        { id: 'old', tenantId: 'a', openedAt: NOW - 9 * DAY_MS, ...certain, alerting: told },
        { id: 'open', tenantId: 'a', openedAt: NOW - 3, ...certain, alerting: told },
        { id: 'repaired', tenantId: 'a', openedAt: NOW - 2, ...repaired, alerting: told, reminders: { used: 2 } },
        { id: 'commanded', tenantId: 'a', openedAt: NOW - 1, ...repaired, closeReason: 'by_command', alerting: told },
        { id: 'untold', tenantId: 'a', openedAt: NOW - 1, ...certain },
      ]);
      const same = { network: 'instagram', locale: 'de-DE', action: 'reconnect', toldAt: NOW - HOUR_MS } as const;
      expect(await store.reports.told(NOW - DAY_MS, 10)).toEqual([
        { ...same, remindersUsed: 2, repairedAt: NOW },
        { ...same, remindersUsed: 0, repairedAt: null },
      ]);
      expect(await store.reports.told(NOW - DAY_MS, 1)).toEqual([]);
    });
  });
}
