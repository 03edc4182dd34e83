import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import {
  aConnection,
  aContact,
  aGrant,
  aNotification,
  anApplication,
  anIncident,
  anUpdate,
  aTenant,
  type GivenNotification,
  NOW,
} from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { removeTenant } from '../../support/store-records.ts';

export function monitorStoreContract(fresh: FreshStore): void {
  describe('the progress of the work', () => {
    it('of an empty database is none', async () => {
      const { monitor } = await fresh();
      expect(await monitor.tenants()).toBe(0);
      expect(await monitor.polls(NOW)).toEqual({ lastAt: null, due: null });
      expect(await monitor.grants(NOW)).toEqual({ failing: null, deadWhilePaused: 0, refused: [] });
      expect(await monitor.connections(NOW)).toEqual([]);
      expect([...(await monitor.openIncidents()).values()]).toEqual([0, 0, 0, 0, 0, 0]);
      expect(await monitor.mail(NOW)).toEqual({
        oldestPendingAt: null,
        dueSince: null,
        failingSince: null,
        lastSentAt: null,
        lastResponse: null,
      });
    });

    it('tells of the latest poll, and of the tenants that are due', async () => {
      const store = await fresh();
      const tenants = [
        aTenant({ id: 'due', nextPollAt: NOW, lastPolledAt: NOW - MINUTE_MS }),
        aTenant({ id: 'overdue', nextPollAt: NOW - HOUR_MS, state: 'access_denied' }),
        aTenant({ id: 'later', nextPollAt: NOW + 1, lastPolledAt: NOW - HOUR_MS }),
        aTenant({ id: 'paused', nextPollAt: null, state: 'paused' }),
        aTenant({ id: 'removed', nextPollAt: NOW - 2 * HOUR_MS }),
      ];
      await store.tenants.add(tenants.map((tenant) => ({ tenant, contacts: [], grant: null })));
      await removeTenant(store, 'removed');
      expect(await store.monitor.tenants()).toBe(4);
      expect(await store.monitor.polls(NOW)).toEqual({
        lastAt: NOW - MINUTE_MS,
        due: { tenants: 2, isMore: false, since: NOW - HOUR_MS },
      });
    });

    it.each<readonly [string, readonly (string | null)[], string[]]>([
      ['none', [], ['brand', 'configured', 'other']],
      ['one', ['brand'], ['configured', 'other']],
      ['the configured one', [null], ['brand', 'other']],
      ['two', ['brand', null], ['other']],
    ])('leaves out the tenants of applications that wait: %s', async (_, except, expected) => {
      const store = await fresh();
      for (const id of ['brand', 'other']) await store.applications.add(anApplication({ id, name: id, clientId: id }));
      const applications = [null, 'brand', 'other'] as const;
      const tenants = applications.map((applicationId, n) =>
        aTenant({ id: applicationId ?? 'configured', applicationId, nextPollAt: NOW - n }),
      );
      await store.tenants.add(tenants.map((tenant) => ({ tenant, contacts: [], grant: null })));
      const { due } = await store.monitor.polls(NOW, except);
      const left = tenants.filter(({ id }) => expected.includes(id)).map(({ nextPollAt }) => nextPollAt ?? NOW);
      expect(due).toEqual({ tenants: expected.length, isMore: false, since: Math.min(...left) });
    });

    it('counts due tenants to a thousand', async () => {
      const store = await fresh();
      const dueAt = (n: number) => aTenant({ id: `t-${n}`, nextPollAt: NOW - n });
      const add = (from: number, to: number) => {
        const tenants = Array.from({ length: to - from }, (_, n) => dueAt(from + n));
        return store.tenants.add(tenants.map((tenant) => ({ tenant, contacts: [], grant: null })));
      };
      await add(0, 1000);
      expect((await store.monitor.polls(NOW)).due).toEqual({ tenants: 1000, isMore: false, since: NOW - 999 });
      await add(1000, 1001);
      expect((await store.monitor.polls(NOW)).due).toEqual({ tenants: 1000, isMore: true, since: NOW - 1000 });
    });

    it('tells of grants whose refreshes fail for long, that are dead while nobody polls, and of refused tenants', async () => {
      const store = await fresh();
      const refused = { kind: 'invalid_grant', since: NOW - HOUR_MS } as const;
      const tenants = [
        aTenant({ id: 'dead', state: 'paused' }),
        aTenant({ id: 'failing' }),
        aTenant({ id: 'never', state: 'reauthorize', failing: refused }),
        aTenant({ id: 'refused', state: 'reauthorize', failing: refused, lastGoodPollAt: NOW - 9 * HOUR_MS }),
        aTenant({ id: 'shortly' }),
      ];
      await store.tenants.add(
        tenants.map((tenant) => ({ tenant, contacts: [], grant: aGrant({ refreshToken: tenant.id }) })),
      );
      const fail = async (tenantId: string, kind: 'server' | 'invalid_grant', times: number, since: number) => {
        for (let time = 0; time < times; time += 1) {
          await store.grants.noteFailure({ tenantId, revision: 1, kind, now: since });
        }
      };
      await fail('dead', 'invalid_grant', 1, NOW);
      await fail('failing', 'server', 5, NOW - DAY_MS);
      await fail('shortly', 'server', 9, NOW - DAY_MS + 1);
      expect(await store.monitor.grants(NOW)).toEqual({
        failing: { tenants: 1, since: NOW - DAY_MS },
        deadWhilePaused: 1,
        refused: [{ lastGoodPollAt: NOW - 9 * HOUR_MS, refusedSince: NOW - HOUR_MS, intervalMs: HOUR_MS }],
      });
    });

    it('counts the incidents that are not closed by their action, but those of removed tenants', async () => {
      const store = await fresh();
      const ids = ['bakery', 'mill', 'removed'];
      await store.tenants.add(ids.map((id) => ({ tenant: aTenant({ id }), contacts: [], grant: null })));
      for (const tenantId of ids) {
        const of = (name: string) => ({ id: `${tenantId}-${name}`, tenantId });
        const connections = ['open', 'suspected', 'closed'].map((name) =>
          aConnection({ ...of(name), accountId: name }),
        );
        const incidents = [
          anIncident({ ...of('open'), connectionId: of('open').id, state: 'open', action: 'reconnect' }),
          anIncident({ ...of('suspected'), connectionId: of('suspected').id, state: 'suspected', action: 'wait' }),
          anIncident({ ...of('closed'), connectionId: of('closed').id, state: 'closed', action: 'reconnect' }),
        ];
        const update = anUpdate({ tenantId, connections, incidents });
        await store.records.change([tenantId], () => ({ updates: [update], result: null }));
      }
      await removeTenant(store, 'removed');
      expect(Object.fromEntries(await store.monitor.openIncidents())).toEqual({
        reconnect: 2,
        wait: 2,
        choose_profile: 0,
        none: 0,
        reauthorize: 0,
        privileges: 0,
      });
    });

    it('counts every connection of a large fleet once, whatever its network, but those of removed tenants', async () => {
      const store = await fresh();
      await store.tenants.add(
        ['mill', 'removed'].map((id) => ({ tenant: aTenant({ id }), contacts: [], grant: null })),
      );
      for (const tenantId of ['mill', 'removed']) {
        const connections = Array.from({ length: 5_001 }, (_, n) =>
          aConnection({ id: `${tenantId}-${n}`, tenantId, accountId: String(n), network: n === 7 ? 'new' : 'tiktok' }),
        );
        const update = anUpdate({ tenantId, connections });
        await store.records.change([tenantId], () => ({ updates: [update], result: null }));
      }
      await removeTenant(store, 'removed');
      const counted = await store.monitor.connections(NOW);
      expect(counted.toSorted((a, b) => a.connections - b.connections)).toEqual([
        { network: 'new', health: 'unobserved', connections: 1 },
        { network: 'tiktok', health: 'unobserved', connections: 5_000 },
      ]);
    });

    it('tells of the mail that waits, and of what the server said', async () => {
      const pending = { createdAt: NOW - HOUR_MS, dueAt: NOW + 1 } as const;
      const monitor = await monitorWithMail([
        { id: 'waits', ...pending },
        { id: 'oldest', ...pending, createdAt: NOW - 5 * HOUR_MS },
        { id: 'due', ...pending, dueAt: NOW - 3 },
        { id: 'in-flight', ...pending, dueAt: NOW - HOUR_MS, leaseUntil: NOW + 1 },
        { id: 'deferred', ...pending, firstAttemptAt: NOW - 9, lastAttemptAt: NOW - 1, response: '451 later' },
        { id: 'deferred-before', ...pending, firstAttemptAt: NOW - 8, lastAttemptAt: NOW - 2, response: '450 later' },
        { id: 'held', ...pending, state: 'held', createdAt: NOW - 9 * HOUR_MS, dueAt: NOW - 9 * HOUR_MS },
        {
          id: 'sent',
          state: 'sent',
          firstAttemptAt: NOW - 99,
          lastAttemptAt: NOW - 50,
          sentAt: NOW - 50,
          response: '250',
        },
        { id: 'failed', state: 'failed', firstAttemptAt: NOW - 99, lastAttemptAt: NOW, response: '550 no' },
      ]);
      expect(await monitor.mail(NOW)).toEqual({
        oldestPendingAt: NOW - 5 * HOUR_MS,
        dueSince: NOW - 3,
        failingSince: NOW - 9,
        lastSentAt: NOW - 50,
        lastResponse: '451 later',
      });
    });

    it('tells of the latest mail that was taken while none is deferred', async () => {
      const monitor = await monitorWithMail([
        { id: 'a', state: 'sent', sentAt: NOW - 2, lastAttemptAt: NOW - 2, response: '250 first' },
        { id: 'b', state: 'sent', sentAt: NOW - 1, lastAttemptAt: NOW - 1, response: '250 second' },
      ]);
      expect(await monitor.mail(NOW)).toMatchObject({ lastSentAt: NOW - 1, lastResponse: '250 second' });
    });
  });

  async function monitorWithMail(given: readonly GivenNotification[]) {
    const store = await fresh();
    await store.tenants.add([{ tenant: aTenant(), contacts: [aContact()], grant: null }]);
    const notifications = given.map((each) => aNotification({ topics: [], ...each }));
    await store.records.change(['tenant-1'], () => ({ updates: [anUpdate({ notifications })], result: null }));
    return store.monitor;
  }
}
