import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { UNTIL_FIXED } from '../../../src/domain/owner/contact-request.ts';
import type { Stores } from '../../../src/monitoring/ports.ts';
import {
  aChange,
  aConnection,
  aContact,
  anOperatorNotification,
  anUpdate,
  aSnapshot,
  aTenant,
  NOW,
} from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { findTenant, removeTenant } from '../../support/store-records.ts';

export function historyContract(fresh: FreshStore): void {
  describe('the history of a tenant', () => {
    it('is empty for an unknown tenant', async () => {
      const { history } = await fresh();
      const query = { tenantId: 'nobody', from: 0, to: NOW };
      expect(await history.periods(query)).toEqual([]);
      expect(await history.changes(query)).toEqual([]);
      expect(await history.subject('nobody')).toBeNull();
    });

    it('is that of the tenant and its connections, which begins when each was there, until the tenant is removed', async () => {
      const store = await storeWithConnections(fresh, ['b', 'a']);
      const { id, name, createdAt } = aTenant();
      const connections = ['a', 'b'].map((each) => {
        const { network, accountId, displayName, foundAtBaseline, firstSeenAt } = aConnection({ accountId: each });
        return { id: each, network, accountId, displayName, foundAtBaseline, firstSeenAt };
      });
      const subject = await store.history.subject('tenant-1');
      expect(subject?.tenant).toMatchObject({ id, name, createdAt });
      expect(subject?.connections).toMatchObject(connections);
      await removeTenant(store, 'tenant-1');
      expect(await store.history.subject('tenant-1')).toBeNull();
    });

    it('has the periods that speak for some of the time asked about, by connection, oldest first', async () => {
      const store = await storeWithConnections(fresh, ['a', 'b']);
      const period = (connectionId: string, id: string, hour: number) =>
        aSnapshot({ id, connectionId, from: at(hour), to: at(hour + 1), speaksForMs: HOUR_MS });
      const newSnapshots = [
        period('b', 'b-early', 0),
        period('b', 'b-late', 4),
        period('a', 'a-over', -2),
        period('a', 'a-speaks', 0),
        period('a', 'a-future', 5),
      ];
      await save(store, anUpdate({ newSnapshots }));
      const periods = await store.history.periods({ tenantId: 'tenant-1', from: at(2), to: at(4) });
      expect(periods.map(({ id }) => id)).toEqual(['a-speaks', 'b-early', 'b-late']);
      const ofB = await store.history.periods({ tenantId: 'tenant-1', connectionIds: ['b'], from: at(2), to: at(4) });
      expect(ofB).toEqual(periods.slice(1));
      const ofNone = { tenantId: 'tenant-1', connectionIds: [], from: at(2), to: at(4) };
      expect(await store.history.periods(ofNone)).toEqual([]);
      expect(periods[2]).toEqual(period('b', 'b-late', 4));
    });

    it('has the changes of that time with their connection, oldest first', async () => {
      const store = await storeWithConnections(fresh, ['a']);
      const change = (id: string, hour: number) => aChange({ id, connectionId: 'a', accountId: 'a', at: at(hour) });
      const changes = [change('late', 3), change('first', 1), change('before', 0), change('after', 4)];
      await save(
        store,
        anUpdate({ changes: [...changes, aChange({ ...change('new', 2), from: null, conditions: [] })] }),
      );
      const found = await store.history.changes({ tenantId: 'tenant-1', from: at(1), to: at(3) });
      expect(found.map(({ id }) => id)).toEqual(['first', 'new', 'late']);
      expect(found.slice(0, 2)).toEqual([change('first', 1), { ...change('new', 2), from: null, conditions: [] }]);
    });
  });

  describe('a contact', () => {
    it('has its wishes remembered', async () => {
      const store = await storeWithConnections(fresh, []);
      const snoozes = [{ incidentId: 'incident-1', until: UNTIL_FIXED }];
      const contact = aContact({ state: 'not_mine', locale: 'pt', wantsReminders: false, snoozes });
      await save(store, anUpdate({ contacts: [contact] }));
      expect((await findTenant(store, 'tenant-1'))?.contacts).toEqual([contact]);
    });

    it('that the operator is to hear of is stored together with that mail', async () => {
      const store = await storeWithConnections(fresh, []);
      const whom = { tenantId: 'tenant-1', tenantName: '<b>', email: 'a@b.example', role: 'cc' } as const;
      const report = { about: 'recipient_gone', ...whom, why: 'not_mine', response: null, left: 0 } as const;
      const mail = anOperatorNotification({ report });
      await save(store, anUpdate({ operatorMail: [mail] }));
      expect(await store.mail.find(mail.id)).toEqual(mail);
    });
  });
}

function at(hour: number): number {
  return NOW + hour * HOUR_MS;
}

async function storeWithConnections(fresh: FreshStore, ids: readonly string[]): Promise<Stores> {
  const store = await fresh();
  await store.tenants.add([{ tenant: aTenant(), contacts: [aContact()], grant: null }]);
  await save(store, anUpdate({ connections: ids.map((id) => aConnection({ id, accountId: id, period: null })) }));
  return store;
}

async function save(store: Stores, update: ReturnType<typeof anUpdate>): Promise<void> {
  await store.records.change(['tenant-1'], () => ({ updates: [update], result: null }));
}
