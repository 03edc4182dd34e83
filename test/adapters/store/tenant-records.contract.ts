import { describe, expect, it } from '@jest/globals';
import type { TenantRecord, TenantUpdate } from '../../../src/domain/tenant-record.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/time.ts';
import {
  aChange,
  aConfirmedIncident,
  aConnection,
  aContact,
  aNotification,
  anIncident,
  anUpdate,
  aPoll,
  aSnapshot,
  aStatus,
  aTenant,
  aTopic,
  NOW,
} from '../../support/builders.ts';
import type { FreshStore, StorePorts } from '../../support/store-fixtures.ts';

export function tenantRecordsContract(fresh: FreshStore): void {
  describe('the record of a tenant', () => {
    it('leaves everything as it was when the decision throws', async () => {
      const store = await storeWithTenant(fresh);
      const failing = store.tenantRecords.change(['tenant-1'], () => {
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
      await store.tenantDirectory.add([{ tenant: aTenant({ id: 'tenant-2' }), contacts: [], grant: null }]);
      await store.tenantDirectory.remove('tenant-2', false);
      const ids = await store.tenantRecords.change(['tenant-2', 'tenant-1', 'nobody', 'tenant-1'], (records) => ({
        updates: [],
        result: records.map(({ tenant }) => tenant.id),
      }));
      expect(ids).toEqual(['tenant-1']);
    });

    it('comes with its contacts, owners first', async () => {
      const store = await fresh();
      const owner = aContact({ id: 'b', email: 'owner@x.example' });
      const ccs = ['z@x.example', 'a@x.example'].map((email) => aContact({ id: email, email, role: 'cc' }));
      await store.tenantDirectory.add([{ tenant: aTenant(), contacts: [...ccs, owner], grant: null }]);
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
      });
      const contact = aContact({ state: 'undeliverable', refusals: 2 });
      await save(store, anUpdate({ tenant, contacts: [contact], poll: aPoll() }));
      const record = await recordOf(store);
      expect(record.tenant).toEqual(tenant);
      expect(record.contacts[0]).toEqual(contact);
    });

    it('takes polls of one tenant at the same moment', async () => {
      const store = await storeWithTenant(fresh);
      await save(store, anUpdate({ poll: aPoll() }), anUpdate({ poll: aPoll() }));
      const { polls } = await store.retention.prune({ pollsBefore: NOW + 1, historyBefore: 0 });
      expect(polls).toBe(2);
    });
  });

  describe('the connections of a tenant', () => {
    it('come back as they were saved, with their latest period, in the order of their identity', async () => {
      const store = await storeWithTenant(fresh);
      const full = aConnection({
        id: 'a',
        network: 'instagram',
        absentPolls: 1,
        removedAt: NOW,
        rateLimitedSince: NOW - 1,
        checkFailedInvalidSince: NOW - 2,
      });
      const bare = aConnection({ id: 'b', displayName: null, username: null, foundAtBaseline: false, period: null });
      await save(store, anUpdate({ connections: [full, bare], newSnapshots: periodsOf(full) }));
      expect((await recordOf(store)).connections).toEqual([bare, full]);
    });

    it('keep every field of a period, unknown ones as unknown', async () => {
      const store = await storeWithTenant(fresh);
      const period = aSnapshot({
        health: 'broken',
        conditions: ['token_invalid', 'rate_limited'],
        status: aStatus({ hasToken: null, tokenIsValid: false, error: 'Bad "token"\n', networkStatus: null }),
        speaksForMs: 40 * 24 * HOUR_MS,
      });
      await save(store, anUpdate({ connections: [aConnection()], newSnapshots: [period] }));
      expect((await recordOf(store)).connections).toEqual([aConnection({ period })]);
    });

    it('are changed in place, their period staying as it is', async () => {
      const store = await storeWithTenant(fresh);
      const connection = aConnection();
      await save(store, anUpdate({ connections: [connection], newSnapshots: periodsOf(connection) }));
      const renamed = { ...connection, displayName: 'Jane & Sons', absentPolls: 1 };
      await save(store, anUpdate({ connections: [{ ...renamed, period: null }] }));
      expect((await recordOf(store)).connections).toEqual([renamed]);
    });

    it('show the newest of their periods', async () => {
      const store = await storeWithTenant(fresh);
      const [first, second, third] = [1, 2, 3].map((n) =>
        aSnapshot({ id: `period-${n}`, from: NOW + n * HOUR_MS, to: NOW + n * HOUR_MS }),
      );
      if (!first || !second || !third) throw new Error('three periods');
      await save(store, anUpdate({ connections: [aConnection()], newSnapshots: [first] }));
      await save(store, anUpdate({ newSnapshots: [second, third] }));
      expect((await recordOf(store)).connections).toEqual([aConnection({ period: third })]);
    });

    it('gain no period by an unchanged poll: the latest one is extended', async () => {
      const store = await storeWithTenant(fresh);
      const connection = aConnection();
      await save(store, anUpdate({ connections: [connection], newSnapshots: periodsOf(connection) }));
      const [{ id } = aSnapshot()] = periodsOf(connection);
      for (const n of [1, 2]) {
        const extension = { id, to: NOW + n * HOUR_MS, speaksForMs: 3 * HOUR_MS };
        await save(store, anUpdate({ extendedSnapshots: [extension] }));
      }
      const extended = aSnapshot({ id, to: NOW + 2 * HOUR_MS, speaksForMs: 3 * HOUR_MS, polls: 4 });
      const periods = await store.healthHistory.periods({ tenantId: 'tenant-1', from: 0, to: NOW + HOUR_MS });
      expect(periods).toEqual([extended]);
    });

    it('are one for each account of a network', async () => {
      const store = await storeWithTenant(fresh);
      await save(store, anUpdate({ connections: [aConnection({ id: 'a', period: null })] }));
      const saving = save(store, anUpdate({ connections: [aConnection({ id: 'b', period: null })] }));
      await expect(saving).rejects.toThrow(/unique constraint/i);
    });
  });

  describe('the incidents of a tenant', () => {
    it('come back as they were saved', async () => {
      const store = await storeWithConnection(fresh);
      const incident = aConfirmedIncident({
        state: 'recovering',
        conditions: ['token_invalid', 'rate_limited'],
        foundAtBaseline: true,
        good: { polls: 1, lastCountedAt: NOW + 1 },
        told: { action: 'reconnect', at: NOW + 2, conversationId: 'conversation-1' },
        alertsTold: 2,
        remindersUsed: 3,
        remindAt: NOW + 3,
        snoozedUntil: NOW + 4,
        acknowledgedAt: NOW + 5,
      });
      const access = anIncident({ id: 'access', connectionId: null, action: 'reauthorize', conditions: [] });
      await save(store, anUpdate({ incidents: [incident, access] }));
      expect((await recordOf(store)).incidents).toEqual([access, incident]);
    });

    it('are one open for each connection, and one for our access', async () => {
      const store = await storeWithConnection(fresh);
      const access = { connectionId: null, action: 'privileges' } as const;
      await save(store, anUpdate({ incidents: [anIncident(), anIncident({ id: 'access-1', ...access })] }));
      const refused = /unique constraint/i;
      await expect(save(store, anUpdate({ incidents: [anIncident({ id: 'b' })] }))).rejects.toThrow(refused);
      await expect(save(store, anUpdate({ incidents: [anIncident({ id: 'c', ...access })] }))).rejects.toThrow(refused);
    });

    it('may close and be followed by another in one decision', async () => {
      const store = await storeWithConnection(fresh);
      await save(store, anUpdate({ incidents: [anIncident()] }));
      const closed = anIncident({ state: 'closed', closedAt: NOW, closeReason: 'replaced' });
      await save(store, anUpdate({ incidents: [anIncident({ id: 'next' }), closed] }));
      expect((await recordOf(store)).incidents.map(({ id }) => id)).toEqual(['next']);
    });

    it('are left out when closed, unless a pending mail is about them', async () => {
      const store = await storeWithConnection(fresh);
      const [quiet, recovered] = ['quiet', 'recovered'].map((id) =>
        anIncident({ id, state: 'closed', closedAt: NOW, closeReason: 'recovered' }),
      );
      if (!quiet || !recovered) throw new Error('two incidents');
      const thanks = aNotification({
        kind: 'recovered',
        topics: [aTopic({ incidentId: 'recovered', step: 'recovered' })],
      });
      const sent = aNotification({ id: 'sent', state: 'sent', topics: [aTopic({ incidentId: 'quiet' })] });
      await save(store, anUpdate({ incidents: [quiet, recovered], notifications: [thanks, sent] }));
      const { incidents, notifications } = await recordOf(store);
      expect(incidents).toEqual([recovered]);
      expect(notifications).toEqual([thanks]);
    });
  });

  describe('the mail of a tenant', () => {
    it('comes back as it was saved, its topics in order', async () => {
      const store = await storeWithConnection(fresh);
      const other = anIncident({ id: 'incident-2', connectionId: null, openedAt: NOW + 1 });
      const mail = aNotification({
        leaseUntil: NOW + 1,
        attempts: 2,
        outcomeUnknown: true,
        messageId: '<1@linkwatch.example>',
        subject: 'Reconnect Facebook',
        response: '250 OK',
        sentAt: NOW + 2,
        topics: [aTopic({ incidentId: 'incident-2', action: 'wait' }), aTopic()],
      });
      await save(store, anUpdate({ incidents: [anIncident(), other], notifications: [mail] }));
      expect((await recordOf(store)).notifications).toEqual([mail]);
    });

    it('is there in every state while it is about an open incident, and while it waits', async () => {
      const store = await storeWithConnection(fresh);
      const states = ['pending', 'held', 'sent', 'failed', 'cancelled'] as const;
      const mail = states.map((state, n) =>
        aNotification({ id: state, state, createdAt: NOW + n, topics: [aTopic({ step: `reminder:${n}` })] }),
      );
      const gone = anIncident({ id: 'gone', state: 'closed', closedAt: NOW, closeReason: 'recovered' });
      const old = aNotification({ id: 'old', state: 'sent', topics: [aTopic({ incidentId: 'gone' })] });
      await save(store, anUpdate({ incidents: [anIncident(), gone], notifications: [...mail, old] }));
      expect((await recordOf(store)).notifications).toEqual(mail);
    });

    it('tells a step to a contact once, unless the mail was cancelled', async () => {
      const store = await storeWithConnection(fresh);
      await save(store, anUpdate({ incidents: [anIncident()], notifications: [aNotification()] }));
      const again = aNotification({ id: 'again' });
      const toAnother = aNotification({ id: 'to-another', contactId: 'contact-2', to: 'cc@bakery.example' });
      await expect(save(store, anUpdate({ notifications: [again] }))).rejects.toThrow(/unique constraint/i);
      await save(store, anUpdate({ notifications: [toAnother] }));
      await save(store, anUpdate({ notifications: [again, aNotification({ state: 'cancelled' })] }));
      expect((await recordOf(store)).notifications.map(({ id }) => id)).toEqual([
        'again',
        'notification-1',
        'to-another',
      ]);
    });

    it('can lose and gain topics', async () => {
      const store = await storeWithConnection(fresh);
      const [one, two] = [aTopic(), aTopic({ step: 'alert:2' })];
      await save(store, anUpdate({ incidents: [anIncident()], notifications: [aNotification({ topics: [one] })] }));
      await save(store, anUpdate({ notifications: [aNotification({ topics: [two, one] })] }));
      await save(store, anUpdate({ notifications: [aNotification({ topics: [two] })] }));
      expect((await recordOf(store)).notifications).toEqual([aNotification({ topics: [two] })]);
    });
  });

  it('takes a batch of many tenants at once', async () => {
    const store = await fresh();
    const ids = Array.from({ length: 250 }, (_, n) => `tenant-${String(n).padStart(3, '0')}`);
    await store.tenantDirectory.add(ids.map((id) => ({ tenant: aTenant({ id }), contacts: [], grant: null })));
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
    await store.tenantRecords.change(ids, () => ({ updates, result: null }));
    const records = await store.tenantRecords.change(ids, (all) => ({ updates: [], result: all }));
    expect(records.map(({ tenant }) => tenant)).toEqual(updates.map(({ tenant }) => tenant));
    expect(records.map(({ connections }) => connections)).toEqual(updates.map(({ connections }) => connections));
  });
}

async function storeWithTenant(fresh: FreshStore): Promise<StorePorts> {
  const store = await fresh();
  const contacts = [aContact(), aContact({ id: 'contact-2', email: 'cc@bakery.example', role: 'cc' })];
  await store.tenantDirectory.add([{ tenant: aTenant(), contacts, grant: null }]);
  return store;
}

async function storeWithConnection(fresh: FreshStore): Promise<StorePorts> {
  const store = await storeWithTenant(fresh);
  await save(store, anUpdate({ connections: [aConnection()], newSnapshots: periodsOf(aConnection()) }));
  return store;
}

async function save(store: StorePorts, ...updates: readonly TenantUpdate[]): Promise<void> {
  const ids = updates.map(({ tenantId }) => tenantId);
  await store.tenantRecords.change(ids, () => ({ updates, result: undefined }));
}

async function recordOf(store: StorePorts): Promise<TenantRecord> {
  const [record] = await store.tenantRecords.change(['tenant-1'], (records) => ({ updates: [], result: records }));
  if (record === undefined) throw new Error('tenant-1 is unknown');
  return record;
}

function periodsOf({ period }: ReturnType<typeof aConnection>) {
  return period === null ? [] : [period];
}
