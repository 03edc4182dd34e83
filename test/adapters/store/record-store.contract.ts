import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { aChange, aConnection, aContact, anIncident, anUpdate, aPoll, aTenant, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { periodsOf, recordOf, removeTenant, save, storeWithTenant } from '../../support/store-records.ts';

export function tenantRecordsContract(fresh: FreshStore): void {
  describe('the record of a tenant', () => {
    it('leaves everything as it was when the decision throws', async () => {
      const store = await storeWithTenant(fresh);
      const failing = store.records.change(['tenant-1'], () => {
        throw new Error('cannot decide');
      });
      await expect(failing).rejects.toThrow('cannot decide');
      expect((await recordOf(store)).connections).toEqual([]);
    });

    it('stores nothing of a batch when one part of it cannot be stored', async () => {
      const store = await storeWithTenant(fresh);
      const saving = save(
        store,
        anUpdate({ connections: [aConnection()], incidents: [anIncident()] }),
        anUpdate({ incidents: [anIncident({ id: 'second-about-the-same' })] }),
      );
      await expect(saving).rejects.toThrow(/unique constraint/i);
      expect((await recordOf(store)).connections).toEqual([]);
    });

    it('leaves out tenants that are unknown or were removed', async () => {
      const store = await storeWithTenant(fresh);
      await store.tenants.add([{ tenant: aTenant({ id: 'tenant-2' }), contacts: [], grant: null }]);
      await removeTenant(store, 'tenant-2');
      const asked = ['tenant-2', 'tenant-1', 'nobody', 'tenant-1'];
      const locked = await store.records.change(asked, (records) => ({ updates: [], result: records }));
      expect(locked.map(({ tenant }) => tenant.id)).toEqual(['tenant-1']);
      expect(await store.records.read(asked)).toEqual(locked);
    });

    it('comes with its contacts, owners first', async () => {
      const store = await fresh();
      const owner = aContact({ id: 'b', email: 'owner@x.example' });
      const ccs = ['z@x.example', 'a@x.example'].map((email) => aContact({ id: email, email, role: 'cc' }));
      await store.tenants.add([{ tenant: aTenant(), contacts: [...ccs, owner], grant: null }]);
      const { tenant, contacts } = await recordOf(store);
      expect(tenant).toEqual(aTenant());
      expect(contacts.map(({ email }) => email)).toEqual(['owner@x.example', 'a@x.example', 'z@x.example']);
    });

    it('gives back a tenant and a contact as they were saved', async () => {
      const store = await storeWithTenant(fresh);
      const tenant = aTenant({
        state: 'access_denied',
        name: 'Zoë’s “Café” 🥐',
        schedule: '*/30 8-18 * * 1-5',
        baselinedAt: NOW - HOUR_MS,
        lastPolledAt: NOW,
        lastGoodPollAt: NOW - HOUR_MS,
        nextPollAt: null,
        intervalMs: 40 * 24 * HOUR_MS,
        failing: { kind: 'forbidden', since: NOW - MINUTE_MS },
        senderName: 'Agency “Süd”',
        replyTo: 'help@agency.example',
        reconnectUrl: 'https://agency.example/reconnect?a=1&b=2',
        unreachableSince: NOW - 1,
      });
      const contact = aContact({
        state: 'undeliverable',
        refusals: 2,
        locale: 'pt-BR',
        wantsReminders: false,
        snoozes: [
          { incidentId: 'incident-1', until: NOW },
          { incidentId: 'incident-2', until: Date.UTC(9999, 0) },
        ],
      });
      await save(store, anUpdate({ tenant, contacts: [contact], poll: aPoll() }));
      const record = await recordOf(store);
      expect(record.tenant).toEqual(tenant);
      expect(record.contacts[0]).toEqual(contact);
    });

    it('takes polls of one tenant at the same moment', async () => {
      const store = await storeWithTenant(fresh);
      await save(store, anUpdate({ poll: aPoll() }), anUpdate({ poll: aPoll() }));
      const { polls } = await store.retention.prune({ pollsBefore: NOW + 1, historyBefore: 0, writesBefore: 0 });
      expect(polls).toBe(2);
    });
  });

  it('takes a batch of many tenants at once', async () => {
    const store = await fresh();
    const ids = Array.from({ length: 250 }, (_, n) => `tenant-${String(n).padStart(3, '0')}`);
    await store.tenants.add(ids.map((id) => ({ tenant: aTenant({ id }), contacts: [], grant: null })));
    const updates = ids.map((tenantId, n) => {
      const connections = ['facebook', 'instagram', 'linkedin'].map((network) =>
        aConnection({ id: `${tenantId}-${network}`, tenantId, network }),
      );
      return anUpdate({
        tenantId,
        poll: aPoll({ tenantId }),
        tenant: aTenant({ id: tenantId, lastPolledAt: NOW + n }),
        connections,
        newSnapshots: connections.flatMap(periodsOf),
        changes: connections.map(({ id }) => aChange({ id, tenantId, connectionId: id, from: null, to: 'healthy' })),
      });
    });
    await store.records.change(ids, () => ({ updates, result: null }));
    const records = await store.records.read(ids);
    expect(records.map(({ tenant }) => tenant)).toEqual(updates.map(({ tenant }) => tenant));
    expect(records.map(({ connections }) => connections)).toEqual(updates.map(({ connections }) => connections));
  });
}
