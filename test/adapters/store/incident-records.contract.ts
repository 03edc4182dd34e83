import { describe, expect, it } from '@jest/globals';
import { notificationStates } from '../../../src/domain/model/notification.ts';
import { recordMembers, type TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import {
  aConfirmedIncident,
  aNotification,
  anIncident,
  anUpdate,
  aTenant,
  aTopic,
  NOW,
} from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { recordOf, save, storeWithConnection } from '../../support/store-records.ts';

export function incidentRecordsContract(fresh: FreshStore): void {
  describe('the incidents of a tenant', () => {
    it('come back as they were saved', async () => {
      const store = await storeWithConnection(fresh);
      const incident = aConfirmedIncident({
        state: 'recovering',
        conditions: ['token_invalid', 'rate_limited'],
        foundAtBaseline: true,
        confirmation: { good: { polls: 1, lastCountedAt: NOW + 1 } },
        alerting: {
          lastAlert: { action: 'reconnect', at: NOW + 2, conversationId: 'conversation-1' },
          alertsSent: 2,
          heldBy: 'hold-1',
        },
        reminders: { used: 3, nextAt: NOW + 3, snoozedUntil: NOW + 4 },
        acknowledgedAt: NOW + 5,
        flapping: { since: NOW - 1, by: 'changes', health: 'good', steadySince: NOW, settledAt: null },
      });
      const settled = {
        reminders: { snoozedUntil: Date.UTC(9999, 0) },
        flapping: { since: NOW, by: 'suspicions', health: 'bad', steadySince: NOW + 1, settledAt: NOW + 2 },
      } as const;
      const access = anIncident({
        id: 'access',
        connectionId: null,
        action: 'reauthorize',
        conditions: [],
        ...settled,
      });
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

    it('are, with their mail, those that recordMembers() names, whatever their states', async () => {
      const store = await storeWithConnection(fresh);
      const closing = { state: 'closed', closedAt: NOW, closeReason: 'recovered' } as const;
      const closed = notificationStates.map((state) => anIncident({ id: `closed-${state}`, ...closing }));
      const incidents = [anIncident({ id: 'open' }), ...closed];
      const mail = notificationStates.flatMap((state, n) =>
        [[`closed-${state}`], [`closed-${state}`, 'open'], ['open'], []].map((about, m) =>
          aNotification({
            id: `${state}-${m}`,
            state,
            createdAt: NOW + 10 * n + m,
            topics: about.map((incidentId) => aTopic({ incidentId, step: `reminder:${n}.${m}` })),
          }),
        ),
      );
      await save(store, anUpdate({ incidents, notifications: mail }));
      const expected = recordMembers({ incidents, notifications: mail });
      const record = await recordOf(store);
      expect(record.incidents.map(({ id }) => id).toSorted()).toEqual(
        expected.incidents.map(({ id }) => id).toSorted(),
      );
      expect(record.notifications).toEqual(expected.notifications);
    });

    it('come with a mail that is asked for, though all it is about is closed, in its own tenant alone', async () => {
      const store = await storeWithConnection(fresh);
      await store.tenants.add([{ tenant: aTenant({ id: 'other' }), contacts: [], grant: null }]);
      const closed = anIncident({ state: 'closed', closedAt: NOW, closeReason: 'recovered' });
      const sent = aNotification({ id: 'sent', state: 'sent', topics: [aTopic({ incidentId: closed.id })] });
      await save(store, anUpdate({ incidents: [closed], notifications: [sent] }));
      const mailOf = (tenantId: string, id: string) => {
        const decide = ([record]: readonly TenantRecord[]) => ({ updates: [], result: record?.notifications });
        return store.records.change([tenantId], decide, { mailId: id });
      };
      expect(await mailOf(closed.tenantId, 'sent')).toEqual([sent]);
      expect(await mailOf(closed.tenantId, 'nobody knows')).toEqual([]);
      expect(await mailOf('other', 'sent')).toEqual([]);
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
        firstAttemptAt: NOW - 2,
        lastAttemptAt: NOW - 1,
        requirePollAfter: NOW + 3,
        bypassHolds: true,
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

    it('never tells again what was discarded', async () => {
      const store = await storeWithConnection(fresh);
      const discarded = aNotification({ state: 'cancelled', reason: 'discarded' });
      await save(store, anUpdate({ incidents: [anIncident()], notifications: [discarded] }));
      const again = save(store, anUpdate({ notifications: [aNotification({ id: 'again' })] }));
      await expect(again).rejects.toThrow(/unique constraint/i);
    });

    it('tells a step once to the operator, in the place of all contacts', async () => {
      const store = await storeWithConnection(fresh);
      const toOperator = { contactId: null, to: 'operator@linkwatch.example' };
      await save(store, anUpdate({ incidents: [anIncident()], notifications: [aNotification(toOperator)] }));
      expect((await recordOf(store)).notifications).toEqual([aNotification(toOperator)]);
      const again = save(store, anUpdate({ notifications: [aNotification({ id: 'again', ...toOperator })] }));
      await expect(again).rejects.toThrow(/unique constraint/i);
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
}
