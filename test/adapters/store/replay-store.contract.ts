import { describe, expect, it } from '@jest/globals';
import type { TenantUpdate } from '../../../src/domain/model/tenant-record.ts';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import type { Stores } from '../../../src/monitoring/ports.ts';
import {
  aConfirmedIncident,
  aConnection,
  aContact,
  aFailedPoll,
  aNotification,
  anUpdate,
  aPoll,
  aSnapshot,
  aTenant,
  aTopic,
  NOW,
} from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { removeTenant, save } from '../../support/store-records.ts';

const range = { from: at(0), to: at(10) };
const everybody = { ...range, tenantIds: null };

export function pastArchiveContract(fresh: FreshStore): void {
  describe('the archive of the past', () => {
    it('is empty without tenants and polls', async () => {
      const { replays } = await fresh();
      expect(await replays.oldestPollAt()).toBeNull();
      expect(await replays.troubled(everybody)).toEqual({ tenants: 0, troubled: [] });
      expect(await replays.pasts(['nobody'], range)).toEqual([]);
    });

    it('knows nothing of removed tenants', async () => {
      const store = await storeOf(fresh, ['a', 'b']);
      for (const id of ['a', 'b']) await save(store, unhealthy(id), anUpdate({ tenantId: id, poll: poll(id, 1) }));
      await removeTenant(store, 'a');
      expect(await store.replays.troubled(everybody)).toEqual({ tenants: 1, troubled: ['b'] });
      expect((await store.replays.pasts(['a', 'b'], range)).map(({ tenant }) => tenant.id)).toEqual(['b']);
      await removeTenant(store, 'b');
      expect(await store.replays.oldestPollAt()).toBeNull();
    });

    it('says when the oldest poll was', async () => {
      const store = await storeOf(fresh, ['a']);
      for (const hour of [3, -2, 5]) await save(store, anUpdate({ tenantId: 'a', poll: poll('a', hour) }));
      expect(await store.replays.oldestPollAt()).toBe(at(-2));
    });

    it.each<[string, (id: string) => TenantUpdate]>([
      ['was not healthy', (id) => unhealthy(id)],
      ['was not observed', (id) => unhealthy(id, { health: 'unobserved' })],
      ['lost a connection', (id) => unhealthy(id, { health: 'removed', from: at(2), to: at(20) })],
      ['was in trouble that is not over', (id) => inTrouble(id, { openedAt: at(-5) })],
      ['was in trouble that ended', (id) => inTrouble(id, { state: 'closed', openedAt: at(-5), closedAt: at(0) })],
      ['got mail', (id) => mailed(id, { sentAt: at(10) })],
    ])('finds a tenant that %s in that time', async (_name, update) => {
      const store = await storeOf(fresh, ['a', 'b']);
      await save(store, update('b'));
      expect(await store.replays.troubled(everybody)).toEqual({ tenants: 2, troubled: ['b'] });
    });

    it.each<[string, (id: string) => TenantUpdate]>([
      ['was healthy', (id) => unhealthy(id, { health: 'healthy' })],
      ['was not healthy before', (id) => unhealthy(id, { from: at(-5), to: at(-1) })],
      ['was not healthy afterwards', (id) => unhealthy(id, { from: at(11), to: at(12) })],
      ['had lost a connection before', (id) => unhealthy(id, { health: 'removed', from: at(-2), to: at(20) })],
      ['was in trouble before', (id) => inTrouble(id, { state: 'closed', openedAt: at(-5), closedAt: at(-1) })],
      ['was in trouble afterwards', (id) => inTrouble(id, { openedAt: at(11) })],
      ['got mail before', (id) => mailed(id, { sentAt: at(-1) }, { state: 'closed', closedAt: at(-1) })],
    ])('leaves out a tenant that %s', async (_name, update) => {
      const store = await storeOf(fresh, ['a', 'b']);
      await save(store, update('b'));
      expect(await store.replays.troubled(everybody)).toEqual({ tenants: 2, troubled: [] });
    });

    it('looks at some tenants alone', async () => {
      const store = await storeOf(fresh, ['a', 'b', 'c']);
      for (const id of ['a', 'b', 'c']) await save(store, unhealthy(id));
      const some = { ...range, tenantIds: ['c', 'a', 'nobody'] };
      expect(await store.replays.troubled(some)).toEqual({ tenants: 2, troubled: ['a', 'c'] });
    });

    it('gives polls as they were stored, and the snapshots seen in that time whole', async () => {
      const store = await storeOf(fresh, ['a', 'b']);
      const snapshot = (id: string, from: number, to: number) =>
        aSnapshot({ id, connectionId: 'connection-of-a', from: at(from), to: at(to) });
      const newSnapshots = [snapshot('before', -9, -8), snapshot('into', -7, 0), snapshot('after', 11, 12)];
      await save(store, anUpdate({ tenantId: 'a', newSnapshots }));
      const pages = [{ network: 'facebook', accountId: '1', unreachable: { named: ['A, B'], more: 1 }, accessible: 0 }];
      const withPages = aPoll({ result: { outcome: 'observed', connections: [], isPartial: false, pages } });
      const polls = [
        poll('a', -1),
        { ...withPages, tenantId: 'a', at: at(4) },
        poll('a', 3),
        aFailedPoll('forbidden', { tenantId: 'a', at: at(10) }),
      ];
      for (const one of polls) await save(store, anUpdate({ tenantId: 'a', poll: one }));

      const [a, b] = await store.replays.pasts(['b', 'a', 'b'], range);
      expect(a?.snapshots).toEqual([snapshot('into', -7, 0)]);
      expect(a?.polls).toEqual([
        { at: at(4), outcome: 'observed', listed: 0, failureKind: null, pages },
        { at: at(3), outcome: 'observed', listed: 1, failureKind: null },
        { at: at(10), outcome: 'failed', listed: null, failureKind: 'forbidden' },
      ]);
      expect(a?.connections.map(({ id }) => id)).toEqual(['connection-of-a']);
      expect(b).toMatchObject({ tenant: { id: 'b' }, contacts: [{ id: 'owner-of-b' }], polls: [], snapshots: [] });
    });

    it('gives what was sent, earlier mail about trouble of that time included, and what it was about', async () => {
      const store = await storeOf(fresh, ['a']);
      const about = (incidentId: string, step = 'alert:1') => ({ topics: [aTopic({ incidentId, step })] });
      const incident = (id: string, openedAt: number, closedAt: number | null) =>
        aConfirmedIncident({
          id,
          tenantId: 'a',
          connectionId: null,
          openedAt: at(openedAt),
          ...(closedAt === null ? {} : { state: 'closed', closedAt: at(closedAt), closeReason: 'recovered' }),
        });
      const mail = (id: string, sentAt: number, incidentId: string) =>
        sentMail('a', { id, createdAt: at(sentAt) - 1, sentAt: at(sentAt), ...about(incidentId) });
      const pending = aNotification({
        id: 'pending',
        tenantId: 'a',
        contactId: 'owner-of-a',
        ...about('old', 'recovered'),
      });
      await save(
        store,
        anUpdate({
          tenantId: 'a',
          incidents: [incident('gone', -9, -8), incident('old', -5, -1), incident('lasting', -4, null)],
          notifications: [
            mail('too-old', -8, 'gone'),
            mail('earlier', -3, 'lasting'),
            mail('thanks', 0, 'old'),
            pending,
          ],
        }),
      );

      const [past] = await store.replays.pasts(['a'], range);
      expect(past?.incidents.map(({ id }) => id)).toEqual(['old', 'lasting']);
      expect(past?.sent).toEqual([mail('earlier', -3, 'lasting'), mail('thanks', 0, 'old')]);
    });
  });
}

function at(hour: number): number {
  return NOW + hour * HOUR_MS;
}

function poll(tenantId: string, hour: number) {
  return aPoll({ tenantId, at: at(hour) });
}

async function storeOf(fresh: FreshStore, ids: readonly string[]): Promise<Stores> {
  const store = await fresh();
  const tenants = ids.map((id) => ({
    tenant: aTenant({ id }),
    contacts: [aContact({ id: `owner-of-${id}`, tenantId: id })],
    grant: null,
  }));
  await store.tenants.add(tenants);
  for (const id of ids) {
    await save(
      store,
      anUpdate({ tenantId: id, connections: [aConnection({ id: `connection-of-${id}`, tenantId: id, period: null })] }),
    );
  }
  return store;
}

function unhealthy(id: string, given: Parameters<typeof aSnapshot>[0] = {}): TenantUpdate {
  const seen = { id: `snapshot-of-${id}`, connectionId: `connection-of-${id}`, from: at(-1), to: at(0) };
  return anUpdate({ tenantId: id, newSnapshots: [aSnapshot({ ...seen, health: 'waiting', ...given })] });
}

function inTrouble(id: string, given: Parameters<typeof aConfirmedIncident>[0]): TenantUpdate {
  const incident = aConfirmedIncident({ id: `incident-of-${id}`, tenantId: id, connectionId: null, ...given });
  return anUpdate({ tenantId: id, incidents: [incident] });
}

/** Once more about trouble that was over by then. */
function mailed(
  id: string,
  given: Parameters<typeof aNotification>[0],
  incident: Parameters<typeof aConfirmedIncident>[0] = { state: 'closed', closedAt: at(-3) },
): TenantUpdate {
  const topics = [aTopic({ incidentId: `incident-of-${id}` })];
  const trouble = inTrouble(id, { openedAt: at(-9), ...incident });
  return { ...trouble, notifications: [sentMail(id, { topics, ...given })] };
}

function sentMail(id: string, given: Parameters<typeof aNotification>[0]) {
  return aNotification({ tenantId: id, contactId: `owner-of-${id}`, state: 'sent', ...given });
}
