import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import type { Stores } from '../../../src/monitoring/ports.ts';
import {
  aConfirmedIncident,
  aConnection,
  aContact,
  aNotification,
  anOperatorNotification,
  anUpdate,
  aTenant,
  type GivenIncident,
  type GivenNotification,
  NOW,
} from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { removeTenant, storeOperatorMail } from '../../support/store-records.ts';

export function mailQueueContract(fresh: FreshStore): void {
  describe('the queue of mail', () => {
    it('shows what is due and nobody is sending, oldest first', async () => {
      const { outbox } = await storeWithMail(fresh, [
        { id: 'due', dueAt: NOW },
        { id: 'older', dueAt: NOW - HOUR_MS },
        { id: 'later', dueAt: NOW + 1 },
        { id: 'leased', leaseUntil: NOW + 1 },
        { id: 'lease-ended', dueAt: NOW - 1, leaseUntil: NOW },
        { id: 'held', state: 'held' },
        { id: 'sent', state: 'sent' },
        { id: 'cancelled', state: 'cancelled' },
        { id: 'failed', state: 'failed' },
      ]);
      const ids = (await outbox.dueMail(NOW, 10)).map(({ id }) => id);
      expect(ids).toEqual(['older', 'lease-ended', 'due']);
      expect(await outbox.dueMail(NOW, 1)).toEqual([{ id: 'older', tenantId: 'tenant-1', to: 'jane@bakery.example' }]);
    });

    it('goes by its own clock for leases, and by that of the asker for what is due', async () => {
      const { outbox, leaseTimeIs } = await storeWithMail(fresh, [{ id: 'leased', dueAt: NOW, leaseUntil: NOW + 1 }]);
      expect(await outbox.dueMail(NOW + HOUR_MS, 10)).toEqual([]);
      leaseTimeIs(NOW + 1);
      expect(await outbox.dueMail(NOW - 1, 10)).toEqual([]);
      expect(await outbox.dueMail(NOW, 10)).toHaveLength(1);
      leaseTimeIs(NOW - 6 * HOUR_MS);
      expect(await outbox.dueMail(NOW, 10)).toHaveLength(1);
    });

    it('gives those of a page alone', async () => {
      const { outbox } = await storeWithMail(fresh, [{ id: 'a' }, { id: 'b' }, { id: 'c', dueAt: NOW + 1 }]);
      const ids = async (among: readonly string[]) => (await outbox.dueMail(NOW, 10, among)).map(({ id }) => id);
      expect(await ids(['b', 'c', 'nobody'])).toEqual(['b']);
      expect(await ids([])).toEqual([]);
    });

    it('shows the operator’s mail among the others', async () => {
      const store = await fresh();
      await storeOperatorMail(store, anOperatorNotification());
      expect(await store.outbox.dueMail(NOW, 10)).toMatchObject([
        { id: 'operator-notification-1', tenantId: null, to: anOperatorNotification().to },
      ]);
    });

    it('forgets the mail and the reminders of a tenant that is removed', async () => {
      const store = await storeWithMail(fresh, [{ id: 'due' }, { id: 'held', state: 'held' }]);
      await saveIncidents(store, [{ reminders: { nextAt: NOW } }]);
      await removeTenant(store, 'tenant-1');
      expect(await store.outbox.dueMail(NOW, 10)).toEqual([]);
      expect(await store.outbox.tenantsWithDueReminders(NOW, 10)).toEqual([]);
      expect(await store.outbox.counts(null)).toEqual({ pending: 0, held: 0 });
      expect(await store.mail.find('held')).toMatchObject({ state: 'cancelled', reason: 'tenant_removed' });
    });

    it('counts what waits and what is held', async () => {
      const { outbox } = await storeWithMail(fresh, [
        { id: 'a', leaseUntil: NOW + 1 },
        { id: 'b', dueAt: NOW + 1 },
        { id: 'c', state: 'held' },
        { id: 'd', state: 'sent' },
      ]);
      expect(await outbox.counts(null)).toEqual({ pending: 2, held: 1 });
      expect(await outbox.counts('tenant-1')).toEqual({ pending: 2, held: 1 });
      expect(await outbox.counts('tenant-2')).toEqual({ pending: 0, held: 0 });
    });

    it('counts what is held for the brake, and nothing else', async () => {
      const { outbox } = await storeWithMail(fresh, [
        { id: 'a', state: 'held', reason: 'held_brake' },
        { id: 'b', state: 'held', reason: 'held_brake' },
        { id: 'c', state: 'held', reason: 'held_fleet' },
        { id: 'd', state: 'held', reason: 'held_by_command' },
        { id: 'e', reason: 'held_brake' },
      ]);
      expect(await outbox.heldForBrake()).toEqual({ mails: 2, tenants: 1 });
    });

    it('is counted for a decision: what was sent to contacts since then, and what is being sent', async () => {
      const sent = { state: 'sent', sentAt: NOW } as const;
      const store = await storeWithMail(fresh, [
        { id: 'a', ...sent },
        { id: 'b', ...sent, kind: 'recovered', sentAt: NOW + HOUR_MS },
        { id: 'earlier', ...sent, sentAt: NOW - 1 },
        { id: 'in-the-place-of-contacts', ...sent, contactId: null },
        { id: 'being-sent', leaseUntil: NOW + 1 },
        { id: 'being-sent-to-the-operator', contactId: null, leaseUntil: NOW + 1 },
        { id: 'pending' },
        { id: 'failed', state: 'failed' },
      ]);
      const { records, leaseTimeIs } = store;
      await storeOperatorMail(store, anOperatorNotification(sent));
      const counted = (mailSentSince?: number) =>
        records.change(['tenant-1'], (_, __, mailSent) => ({ updates: [], result: mailSent }), {
          ...(mailSentSince !== undefined && { mailSentSince }),
        });
      expect(await counted(NOW)).toBe(3);
      expect(await counted(NOW + HOUR_MS + 1)).toBe(1);
      expect(await counted()).toBe(0);
      leaseTimeIs(NOW + 1);
      expect(await counted(NOW)).toBe(2);
    });

    it('names each tenant with a due reminder once, longest overdue first', async () => {
      const store = await fresh();
      const tenantIds = ['a', 'b', 'c', 'd'];
      await store.tenants.add(tenantIds.map((id) => ({ tenant: aTenant({ id }), contacts: [], grant: null })));
      await saveIncidents(store, [
        { id: 'a1', tenantId: 'a', reminders: { nextAt: NOW } },
        { id: 'a2', tenantId: 'a', reminders: { nextAt: NOW - MINUTE_MS } },
        { id: 'b1', tenantId: 'b', reminders: { nextAt: NOW - HOUR_MS } },
        { id: 'c1', tenantId: 'c', reminders: { nextAt: NOW + 1 } },
        { id: 'd1', tenantId: 'd', reminders: { nextAt: null } },
      ]);
      expect(await store.outbox.tenantsWithDueReminders(NOW, 10)).toEqual(['b', 'a']);
      expect(await store.outbox.tenantsWithDueReminders(NOW, 1)).toEqual(['b']);
    });
  });

  describe('mail to the operator', () => {
    it('cannot be claimed when it is unknown, a tenant’s, done, or being sent', async () => {
      const store = await storeWithMail(fresh, [{ id: 'of-a-tenant' }]);
      await storeOperatorMail(store, anOperatorNotification({ id: 'sent', state: 'sent' }));
      await storeOperatorMail(store, anOperatorNotification({ id: 'leased', leaseUntil: NOW + 1 }));
      for (const id of ['nothing', 'of-a-tenant', 'sent', 'leased']) {
        expect(await store.operatorMail.claim(id, MINUTE_MS)).toBeNull();
      }
    });

    it('is claimed by one, with its lease, until that ends', async () => {
      const store = await fresh();
      const { operatorMail, leaseTimeIs } = store;
      const mail = anOperatorNotification();
      await storeOperatorMail(store, mail);
      const lease = NOW + MINUTE_MS;
      expect(await operatorMail.claim(mail.id, MINUTE_MS)).toEqual({ ...mail, leaseUntil: lease });
      leaseTimeIs(lease - 1);
      expect(await operatorMail.claim(mail.id, MINUTE_MS)).toBeNull();
      leaseTimeIs(lease);
      expect(await operatorMail.claim(mail.id, 1)).toEqual({ ...mail, leaseUntil: lease + 1 });
    });

    it('has its lease renewed by whoever has it', async () => {
      const store = await fresh();
      const { operatorMail, leaseTimeIs } = store;
      const mail = anOperatorNotification();
      await storeOperatorMail(store, mail);
      const leased = await operatorMail.claim(mail.id, MINUTE_MS);
      leaseTimeIs(NOW + MINUTE_MS - 1);
      expect(await operatorMail.renew(leased ?? mail, MINUTE_MS)).toBe(NOW + 2 * MINUTE_MS - 1);
      expect(await operatorMail.renew(leased ?? mail, MINUTE_MS)).toBeNull();
      leaseTimeIs(NOW + MINUTE_MS);
      expect(await operatorMail.claim(mail.id, MINUTE_MS)).toBeNull();
    });

    it('is saved with its outcome', async () => {
      const store = await fresh();
      await storeOperatorMail(store, anOperatorNotification());
      const sent = anOperatorNotification({ state: 'sent', attempts: 1, response: '250 OK', sentAt: NOW });
      expect(await store.operatorMail.save(sent, null)).toBe(true);
      expect(await store.mail.find(sent.id)).toEqual(sent);
    });

    it('keeps the outcome of the worker that has taken it since', async () => {
      const store = await fresh();
      const { operatorMail, leaseTimeIs } = store;
      const mail = anOperatorNotification();
      await storeOperatorMail(store, mail);
      const late = await operatorMail.claim(mail.id, MINUTE_MS);
      leaseTimeIs(NOW + MINUTE_MS);
      const taken = await operatorMail.claim(mail.id, MINUTE_MS);
      const sent = { ...mail, state: 'sent', sentAt: NOW, attempts: 2 } as const;
      expect(await operatorMail.save(sent, taken?.leaseUntil ?? null)).toBe(true);
      expect(await operatorMail.save({ ...mail, attempts: 1 }, late?.leaseUntil ?? null)).toBe(false);
      expect(await store.mail.find(mail.id)).toEqual(sent);
    });

    it('stays erased, and what was erased of its report stays erased', async () => {
      const store = await fresh();
      const mail = anOperatorNotification();
      expect(await store.operatorMail.save({ ...mail, state: 'sent' }, null)).toBe(false);
      expect(await store.mail.find(mail.id)).toBeNull();
      await storeOperatorMail(store, mail);
      const { report } = anOperatorNotification({ report: { about: 'trial' } });
      await store.operatorMail.save({ ...mail, report, state: 'sent' }, null);
      expect(await store.mail.find(mail.id)).toMatchObject({ state: 'sent', report: mail.report });
    });
  });
}

async function storeWithMail(fresh: FreshStore, mail: readonly GivenNotification[]) {
  const store = await fresh();
  await store.tenants.add([{ tenant: aTenant(), contacts: [aContact()], grant: null }]);
  const notifications = mail.map((given) => aNotification({ topics: [], ...given }));
  const updates = [anUpdate({ notifications })];
  await store.records.change(['tenant-1'], () => ({ updates, result: null }));
  return store;
}

/** Each about a connection of its own. */
async function saveIncidents(store: Stores, all: readonly GivenIncident[]): Promise<void> {
  const updates = all.map((given) => {
    const { id, tenantId } = aConfirmedIncident(given);
    const connection = aConnection({ id: `of-${id}`, accountId: id, tenantId, period: null });
    const incident = aConfirmedIncident({ ...given, connectionId: connection.id });
    return anUpdate({ tenantId, connections: [connection], incidents: [incident] });
  });
  const ids = updates.map(({ tenantId }) => tenantId);
  await store.records.change(ids, () => ({ updates, result: null }));
}
