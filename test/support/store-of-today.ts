import { DAY_MS, HOUR_MS } from '../../src/domain/model/time.ts';
import type { Stores } from '../../src/monitoring/ports.ts';
import {
  aChange,
  aConfirmedIncident,
  aConnection,
  aContact,
  aFault,
  aGrant,
  aHold,
  aNotification,
  anApiKey,
  anAuditEntry,
  anEvent,
  anIncident,
  anOperatorNotification,
  anUpdate,
  aPoll,
  aSnapshot,
  aTenant,
  aTopic,
  aWebhook,
  NOW,
} from './builders.ts';
import { save, storeOperatorMail } from './store-records.ts';

/** Of mail that is being sent, in a process that dies. */
const IN_FLIGHT = { attempts: 1, outcomeUnknown: true, leaseUntil: NOW + 30_000, messageId: '<in-flight@linkwatch>' };
const told = { action: 'reconnect', at: NOW - DAY_MS, conversationId: 'conversation-1' } as const;

/** A fleet in the middle of its work: incidents that are open, mail in flight and held, events that nobody has read. */
export async function fillAsToday(store: Stores): Promise<void> {
  await store.tenants.add([
    { tenant: aTenant({ externalId: 'customer-17' }), contacts: [aContact()], grant: aGrant() },
    { tenant: aTenant({ id: 'tenant-2', state: 'paused' }), contacts: [], grant: null },
  ]);
  const broken = aSnapshot({ id: 'period-2', health: 'broken', conditions: ['token_invalid'] });
  const connection = aConnection({ period: broken });
  await save(
    store,
    anUpdate({
      poll: aPoll(),
      connections: [connection],
      newSnapshots: [aSnapshot({ id: 'period-1', from: NOW - 2 * DAY_MS, to: NOW - DAY_MS }), broken],
      changes: [aChange()],
      incidents: [
        aConfirmedIncident({
          alerting: { lastAlert: told, alertsSent: 1 },
          reminders: { used: 0, nextAt: NOW + DAY_MS },
        }),
        anIncident({ id: 'incident-access', connectionId: null, action: 'reauthorize' }),
        anIncident({ id: 'incident-closed', state: 'closed', closedAt: NOW - HOUR_MS, closeReason: 'recovered' }),
      ],
      notifications: [
        aNotification({ id: 'mail-sent', state: 'sent', sentAt: told.at, createdAt: told.at, dueAt: told.at }),
        aNotification({
          ...IN_FLIGHT,
          id: 'mail-in-flight',
          kind: 'reminder',
          topics: [aTopic({ step: 'reminder:1.1' })],
        }),
        aNotification({ id: 'mail-held', state: 'held', reason: 'held_by_command', topics: [] }),
      ],
      events: [anEvent()],
    }),
  );
  await fillBesideTenants(store);
}

async function fillBesideTenants(store: Stores): Promise<void> {
  await storeOperatorMail(store, anOperatorNotification());
  await store.faults.save(null, aFault({ confirmedAt: NOW }), []);
  await store.holds.begin(aHold(), []);
  await store.digests.write('2026-01-15', NOW, []);
  await store.quota.reserve({ key: 'client', perDay: 0, reserveShare: 0 }, { count: 3, purpose: 'regular', now: NOW });
  const rate = { key: 'client', endpoint: 'api' } as const;
  const { now: _, ...before } = await store.rates.read(rate);
  await store.rates.replace(rate, before, { ...before, nextAt: NOW });
  await store.apiKeys.add(anApiKey(), 'hash of a key');
  await store.audit.add(anAuditEntry());
  await store.webhooks.add(aWebhook(), 'whsec_c2VjcmV0LW9mLXRoZS1maXJzdA==');
  await save(store, anUpdate({ events: [anEvent({ id: 'event-2' })] }));
  await store.webhookDeliveries.dispatch(NOW);
  await save(store, anUpdate({ events: [anEvent({ id: 'event-unread' })] }));
}
