import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import type { Stores } from '../../../src/monitoring/ports.ts';
import {
  aConfirmedIncident,
  aNotification,
  anOperatorNotification,
  anUpdate,
  aTenant,
  aWebhook,
  NOW,
} from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { save, storeOperatorMail, storeWithTenant } from '../../support/store-records.ts';

const nothing = { polls: false, mail: false, neverWorked: false, webhooks: false };

export function agendaStoreContract(fresh: FreshStore): void {
  describe('the agenda', () => {
    it('of an empty database is empty', async () => {
      expect(await (await fresh()).agenda.read(NOW)).toEqual(nothing);
    });

    it.each<[string, Partial<typeof nothing>, (store: Stores) => Promise<unknown>]>([
      ['a tenant that is due', { polls: true }, (store) => setTenant(store, { nextPollAt: NOW })],
      ['a tenant that is due later', {}, (store) => setTenant(store, { nextPollAt: NOW + 1 })],
      [
        'a tenant that was polled while the clock was ahead',
        { polls: true },
        (store) => setTenant(store, { nextPollAt: NOW + 3 * HOUR_MS, lastPolledAt: NOW + HOUR_MS }),
      ],
      [
        'a tenant that was added while the clock was ahead',
        { polls: true },
        (store) => setTenant(store, { nextPollAt: NOW + 3 * HOUR_MS, createdAt: NOW + HOUR_MS }),
      ],
      ['mail that is due', { mail: true }, (store) => mail(store, { dueAt: NOW })],
      ['mail that is due later', {}, (store) => mail(store, { dueAt: NOW + 1 })],
      ['mail that was sent', {}, (store) => mail(store, { dueAt: NOW, state: 'sent' })],
      [
        'mail to the operator',
        { mail: true },
        (store) => storeOperatorMail(store, anOperatorNotification({ dueAt: NOW })),
      ],
      ['mail that the brake holds', { mail: true }, (store) => mail(store, { state: 'held', reason: 'held_brake' })],
      ['a reminder that is due', { mail: true }, (store) => incident(store, { reminders: remindedAt(NOW) })],
      ['a reminder that is due later', {}, (store) => incident(store, { reminders: remindedAt(NOW + 1) })],
      [
        'a reminder of what is over',
        {},
        (store) => incident(store, { state: 'closed', closedAt: NOW, reminders: remindedAt(NOW) }),
      ],
      [
        'access that has never worked',
        { neverWorked: true },
        (store) =>
          incident(store, { alerting: { ...aConfirmedIncident().alerting, decision: 'before_first_good_poll' } }),
      ],
      ['an endpoint for webhooks', { webhooks: true }, (store) => store.webhooks.add(aWebhook(), 'secret')],
    ])('with %s', async (_, expected, write) => {
      const store = await storeWithTenant(fresh);
      await setTenant(store, { nextPollAt: null });
      await write(store);
      expect(await store.agenda.read(NOW)).toEqual({ ...nothing, ...expected });
    });
  });
}

function remindedAt(nextAt: number) {
  return { used: 0, nextAt, snoozedUntil: null };
}

async function setTenant(store: Stores, given: Parameters<typeof aTenant>[0]): Promise<void> {
  await save(store, anUpdate({ tenant: aTenant(given) }));
}

async function mail(store: Stores, given: Parameters<typeof aNotification>[0]): Promise<void> {
  await save(store, anUpdate({ notifications: [aNotification({ topics: [], ...given })] }));
}

/** About our access. */
async function incident(store: Stores, given: Parameters<typeof aConfirmedIncident>[0]): Promise<void> {
  await save(store, anUpdate({ incidents: [aConfirmedIncident({ connectionId: null, ...given })] }));
}
