import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lockTenants } from '../../../src/store/load-records.ts';
import { inTransaction } from '../../../src/store/transaction.ts';
import {
  aContact,
  aFault,
  aGrant,
  aHold,
  aNotification,
  anOperatorNotification,
  anUpdate,
  aTenant,
  NOW,
} from '../../support/builders.ts';
import type { TestDatabase } from '../../support/store-fixtures.ts';
import { type Processes, startProcesses } from '../../support/store-processes.ts';
import { storeOperatorMail } from '../../support/store-records.ts';

/** What holds when several processes work on one database at once. */
export function processesContract(database: () => TestDatabase): void {
  describe('several processes at once', () => {
    let processes: Processes;
    beforeAll(async () => {
      processes = await startProcesses(database().url);
    });
    afterAll(() => processes.stop());

    it('decide about a tenant one after the other: no update is lost', async () => {
      const store = database().open();
      const tenants = ['tenant-1', 'tenant-2'].map((id) => aTenant({ id, intervalMs: 0 }));
      await store.tenants.add(tenants.map((tenant) => ({ tenant, contacts: [], grant: null })));
      await processes.together('count');
      const after = await store.records.read(['tenant-1', 'tenant-2']);
      expect(after.map(({ tenant }) => tenant.intervalMs)).toEqual([120, 120]);
    });

    it('read a tenant at once while another transaction has it locked', async () => {
      const store = database().open();
      await store.tenants.add([{ tenant: aTenant(), contacts: [], grant: null }]);
      const read = await inTransaction(database().raw, async (session) => {
        await lockTenants(session, ['tenant-1']);
        return await store.records.read(['tenant-1']);
      });
      expect(read.map(({ tenant }) => tenant)).toEqual([aTenant()]);
    });

    it('take each due tenant once', async () => {
      const store = database().open();
      const ids = Array.from({ length: 40 }, (_, n) => `tenant-${n}`);
      const tenants = ids.map((id) => ({ tenant: aTenant({ id, nextPollAt: NOW }), contacts: [], grant: null }));
      await store.tenants.add(tenants);
      const claimed = await processes.together('claimDue');
      expect(claimed.flat().toSorted()).toEqual(ids.toSorted());
    });

    it('leave a refresh to one of them', async () => {
      await database()
        .open()
        .tenants.add([{ tenant: aTenant(), contacts: [], grant: aGrant() }]);
      const locked = await processes.together('lockRefresh');
      expect(locked.filter(Boolean)).toHaveLength(1);
    });

    it('send exactly as many mails as the brake lets out', async () => {
      const store = database().open();
      const ids = Array.from({ length: 40 }, (_, n) => `tenant-${n}`);
      const contactOf = (tenantId: string) => aContact({ id: `of-${tenantId}`, tenantId });
      await store.tenants.add(ids.map((id) => ({ tenant: aTenant({ id }), contacts: [contactOf(id)], grant: null })));
      const updates = ids.map((tenantId) => {
        const mail = aNotification({ id: `mail-${tenantId}`, tenantId, contactId: `of-${tenantId}`, topics: [] });
        return anUpdate({ tenantId, notifications: [mail] });
      });
      await store.records.change(ids, () => ({ updates, result: null }));
      const sent = (await processes.together('sendWithinBrake')).map((mails) => mails as readonly string[]);
      expect(sent.flat()).toHaveLength(20);
      expect(new Set(sent.flat()).size).toBe(20);
    });

    it('leave a mail to the operator to one of them', async () => {
      await storeOperatorMail(database().open(), anOperatorNotification());
      const claimed = await processes.together('claimMail');
      expect(claimed.filter(Boolean)).toHaveLength(1);
    });

    it.each(['beginHold', 'endHold', 'beginFault', 'endFault', 'writeDigest'])(
      'tell the operator once: %s',
      async (action) => {
        const { holds, faults, outbox } = database().open();
        if (action === 'endHold') await holds.begin(aHold(), []);
        if (action === 'endFault') await faults.save(null, aFault(), []);
        const done = await processes.together(action);
        expect(done.filter(Boolean)).toHaveLength(1);
        expect(await outbox.dueMail(NOW, 10)).toHaveLength(1);
      },
    );

    it('get slots that nobody else has, evenly spaced', async () => {
      const reserved = (await processes.together('reserveSlots')).map((slots) => slots as readonly number[]);
      const all = reserved.flat().toSorted((a, b) => a - b);
      expect(all.length).toBeGreaterThanOrEqual(80);
      const gaps = all.slice(1).map((at, index) => at - (all[index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(11);
    });

    it('count the requests of an API key together, and leave a write to one of them', async () => {
      const counts = (await processes.together('countUses')).flat();
      expect(counts.toSorted((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: 120 }, (_, n) => 3 * (n + 1)),
      );
      expect((await processes.together('beginWrite')).filter(Boolean)).toHaveLength(1);
    });

    it('together get the requests of the day, and not one more', async () => {
      const granted = await processes.together('reserve');
      expect(granted.reduce((sum: number, count) => sum + Number(count), 0)).toBe(500);
      const { quota } = database().open();
      expect(await quota.today({ key: 'key-1', perDay: 500, reserveShare: 0.1 }, NOW)).toMatchObject({ used: 500 });
    });
  });
}
