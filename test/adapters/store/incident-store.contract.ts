import { describe, expect, it } from '@jest/globals';
import type { IncidentQuery, MailQuery, Stores } from '../../../src/monitoring/ports.ts';
import {
  aConnection,
  aContact,
  aNotification,
  anIncident,
  anOperatorNotification,
  anUpdate,
  aTenant,
  aTopic,
  NOW,
} from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { firstPage, storeOperatorMail } from '../../support/store-records.ts';

export function incidentLogContract(fresh: FreshStore): void {
  describe('the log of incidents', () => {
    const closed = { state: 'closed', closedAt: NOW, closeReason: 'recovered' } as const;
    const first = anIncident({ id: 'first', openedAt: NOW, ...closed });
    const second = anIncident({ id: 'second', openedAt: NOW + 1 });
    const access = anIncident({
      id: 'access',
      tenantId: 'tenant-2',
      connectionId: null,
      openedAt: NOW + 2,
      action: 'reauthorize',
    });

    const logWithAll = async () => {
      const store = await storeWithTwoTenants(fresh);
      const mail = (['reminder', 'alert'] as const).map((step, n) =>
        aNotification({
          id: step,
          kind: step,
          createdAt: NOW - n,
          topics: ['a', 'b'].map((x) => topicOf(`${step}:${x}`)),
          ...(step === 'alert' && { state: 'sent', sentAt: NOW }),
        }),
      );
      await save(store, anUpdate({ incidents: [first, second], notifications: mail }));
      await save(store, anUpdate({ tenantId: 'tenant-2', incidents: [access] }));
      const ids = async (query: Partial<IncidentQuery>) =>
        (await store.incidents.list({ ...firstPage, ...query })).items.map(({ incident }) => incident.id);
      return { ...store.incidents, ids };
    };
    const topicOf = (step: string) => aTopic({ incidentId: 'second', step });

    it('knows nothing of an unknown incident', async () => {
      const { find } = await logWithAll();
      expect(await find('nothing')).toBeNull();
    });

    it('lists the newest first, by tenant, state, action and network', async () => {
      const { ids } = await logWithAll();
      expect(await ids({})).toEqual(['access', 'second', 'first']);
      expect(await ids({ state: 'open' })).toEqual(['access', 'second']);
      expect(await ids({ state: 'closed' })).toEqual(['first']);
      expect(await ids({ tenantId: 'tenant-1' })).toEqual(['second', 'first']);
      expect(await ids({ tenantId: 'tenant-2', state: 'closed' })).toEqual([]);
      expect(await ids({ action: 'reauthorize' })).toEqual(['access']);
      expect(await ids({ network: 'facebook', state: 'open' })).toEqual(['second']);
      expect(await ids({ network: 'instagram' })).toEqual([]);
    });

    it('shows an incident with its connection and its mail, each mail once, oldest first', async () => {
      const { find } = await logWithAll();
      const { network, accountId, displayName } = aConnection();
      expect(await find('second')).toEqual({
        incident: second,
        tenantName: aTenant().name,
        connection: { network, accountId, displayName },
        mail: [
          { id: 'alert', kind: 'alert', state: 'sent', contactId: 'contact-1', sentAt: NOW },
          { id: 'reminder', kind: 'reminder', state: 'pending', contactId: 'contact-1', sentAt: null },
        ],
      });
      expect(await find('access')).toEqual({
        incident: access,
        tenantName: 'Other',
        connection: null,
        mail: [],
      });
    });
  });

  describe('the log of mail', () => {
    const logWithAll = async () => {
      const store = await storeWithTwoTenants(fresh);
      const pending = aNotification({ id: 'pending', createdAt: NOW + 1 });
      const sent = aNotification({ id: 'sent', state: 'sent', topics: [aTopic({ step: 'alert:2' })] });
      await save(store, anUpdate({ incidents: [anIncident()], notifications: [pending, sent] }));
      await storeOperatorMail(store, anOperatorNotification({ id: 'operator', createdAt: NOW + 2 }));
      const ids = async (query: Partial<MailQuery>) =>
        (await store.mail.list({ ...firstPage, ...query })).items.map(({ id }) => id);
      return { ...store.mail, ids, sent };
    };

    it('lists the newest first, by tenant, state and kind', async () => {
      const { ids } = await logWithAll();
      expect(await ids({})).toEqual(['operator', 'pending', 'sent']);
      expect(await ids({ tenantId: 'tenant-1' })).toEqual(['pending', 'sent']);
      expect(await ids({ state: 'sent' })).toEqual(['sent']);
      expect(await ids({ tenantId: 'tenant-2' })).toEqual([]);
      expect(await ids({ kind: 'operator' })).toEqual(['operator']);
      expect(await ids({ kind: 'alert', state: 'pending' })).toEqual(['pending']);
    });

    it('shows one as it is, or nothing', async () => {
      const { find, sent } = await logWithAll();
      expect(await find('sent')).toEqual(sent);
      expect(await find('nothing')).toBeNull();
    });
  });
}

async function storeWithTwoTenants(fresh: FreshStore): Promise<Stores> {
  const store = await fresh();
  await store.tenants.add([
    { tenant: aTenant(), contacts: [aContact()], grant: null },
    { tenant: aTenant({ id: 'tenant-2', name: 'Other' }), contacts: [], grant: null },
  ]);
  await save(store, anUpdate({ connections: [aConnection({ period: null })] }));
  return store;
}

async function save(store: Stores, update: ReturnType<typeof anUpdate>): Promise<void> {
  await store.records.change([update.tenantId], () => ({ updates: [update], result: null }));
}
