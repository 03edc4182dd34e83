import { describe, expect, it } from '@jest/globals';
import type { TenantHealth } from '../../../src/domain/model/condition.ts';
import { speaksForMs } from '../../../src/domain/model/connection.ts';
import type { Rest } from '../../../src/domain/model/rest.ts';
import type { TenantUpdate } from '../../../src/domain/model/tenant-record.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/domain/model/time.ts';
import type { UnchangedPoll } from '../../../src/domain/polling/at-rest.ts';
import type { Stores } from '../../../src/monitoring/ports.ts';
import {
  aChange,
  aConnection,
  aContact,
  aGrant,
  aNotification,
  anIncident,
  anUpdate,
  aPoll,
  aSnapshot,
  aTenant,
  NOW,
} from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { removeTenant, save } from '../../support/store-records.ts';
import { tellTwice } from '../../support/store-two-ways.ts';

const begun: Rest = { digest: 'digest', since: NOW, repeats: 0, intervalMs: 0 };
const ofAll = { applicationId: null, which: 'due' } as const;
const range = { from: NOW - DAY_MS, to: NOW + 100 * DAY_MS };

export function unchangedPollsContract(fresh: FreshStore): void {
  describe('polls that found nothing new', () => {
    it('move the tenant and the present periods of its connections on, and end the claim', async () => {
      const store = await storeAtRest(fresh, ['a', 'b']);
      const claim = { now: NOW + HOUR_MS, holder: 'process', leaseMs: MINUTE_MS, limit: 10, ...ofAll };
      expect(new Set(await store.polls.claimDueTenants(claim))).toEqual(new Set(['a', 'b']));
      expect(await store.polls.storeUnchanged([again('a', begun, HOUR_MS)])).toEqual(new Set(['a']));

      const at = NOW + HOUR_MS;
      const [a, b] = await store.records.read(['a', 'b']);
      expect(a?.tenant).toEqual({
        ...tenantAtRest('a'),
        lastPolledAt: at,
        lastGoodPollAt: at,
        nextPollAt: at + HOUR_MS + 7,
        intervalMs: HOUR_MS,
      });
      const moved = { to: at, speaksForMs: 2 * HOUR_MS, polls: 2 };
      expect(a?.connections.map(({ period }) => period)).toMatchObject([
        { id: 'a-facebook-period', from: NOW, ...moved },
        { id: 'a-instagram-period', from: NOW, ...moved },
      ]);
      expect(b?.tenant).toEqual(tenantAtRest('b'));
      expect(b?.connections.map(({ period }) => period?.to)).toEqual([NOW, NOW]);
      expect(await store.polls.claimDueTenants({ ...claim, now: at + HOUR_MS + 7, holder: 'other' })).toEqual(['a']);
    });

    it('are recorded one by one, with their times to the millisecond', async () => {
      const store = await storeAtRest(fresh, ['a']);
      const times: Instant[] = [NOW];
      let rest = begun;
      for (const intervalMs of [HOUR_MS, HOUR_MS + 41, 1, 3 * HOUR_MS]) {
        const poll = again('a', rest, intervalMs, times.at(-1));
        expect(await store.polls.storeUnchanged([poll])).toEqual(new Set(['a']));
        times.push(poll.at);
        rest = poll.after;
      }
      const next = aPoll({ tenantId: 'a', at: NOW + DAY_MS });
      await save(store, anUpdate({ tenantId: 'a', poll: next }));

      const recorded = [...times, next.at].map((at) => ({ at, outcome: 'observed', listed: 2, failureKind: null }));
      expect(await pollsOf(store, range)).toEqual([...recorded.slice(0, -1), { ...recorded.at(-1), listed: 1 }]);
      expect(await pollsOf(store, { from: times[1] ?? 0, to: times[3] ?? 0 })).toEqual(recorded.slice(1, 4));
      expect(await pollsOf(store, { from: times[4] ?? 0, to: times[4] ?? 0 })).toEqual(recorded.slice(4, 5));
      expect((await store.monitor.polls(NOW)).lastAt).toBe(times.at(-1));
      expect(await store.replays.oldestPollAt()).toBe(NOW);
    });

    it.each(['broken', 'waiting', 'unobserved', 'healthy'] as const)(
      'keep a tenant that is %s so, until nothing speaks for it',
      async (health) => {
        const store = await storeAtRest(fresh, ['a'], health);
        await store.polls.storeUnchanged([again('a', begun, 2 * HOUR_MS)]);
        const healthAt = async (now: Instant) => {
          const counts = await store.tenants.counts({ tenantId: null, now });
          return Object.entries(counts).flatMap(([each, count]) => (count === 1 ? [each] : []));
        };
        const silentAt = NOW + 2 * HOUR_MS + speaksForMs(HOUR_MS);
        expect(await healthAt(silentAt)).toEqual([health]);
        expect(await healthAt(silentAt + 1)).toEqual(['unobserved']);
      },
    );

    it('say with the tenant what it rests on now', async () => {
      const store = await storeAtRest(fresh, ['a']);
      const poll = again('a', begun, HOUR_MS);
      expect(await restOf(store)).toEqual(begun);
      await store.polls.storeUnchanged([poll]);
      expect(await restOf(store)).toEqual({ ...begun, repeats: 1, intervalMs: HOUR_MS });
    });

    it.each<[string, (store: Stores) => Promise<unknown>]>([
      ['is not at rest', (store) => save(store, anUpdate({ tenantId: 'a' }))],
      [
        'rests on another answer',
        (store) => save(store, anUpdate({ tenantId: 'a', rest: { ...begun, digest: 'else' } })),
      ],
      ['was polled by another process', (store) => store.polls.storeUnchanged([again('a', begun, 2 * HOUR_MS)])],
      ['was polled later', (store) => save(store, polledAt('a', NOW + 2 * HOUR_MS))],
      ['was removed', (store) => removeTenant(store, 'a')],
      ['was erased', (store) => store.tenants.erase('a', [])],
    ])('are not stored where the tenant %s', async (_, write) => {
      const store = await storeAtRest(fresh, ['a', 'b']);
      await write(store);
      const before = await store.records.read(['a']);
      const polls = [again('a', begun, HOUR_MS), again('b', begun, HOUR_MS)];
      expect(await store.polls.storeUnchanged(polls)).toEqual(new Set(['b']));
      expect(await store.records.read(['a'])).toEqual(before);
      expect(await store.polls.storeUnchanged([again('a', begun, HOUR_MS)])).toEqual(new Set());
    });

    it.each<[string, Partial<TenantUpdate>]>([
      ['nothing', {}],
      ['a poll', { poll: aPoll({ tenantId: 'a', at: NOW + 1 }) }],
      ['a setting', { tenant: { ...tenantAtRest('a'), name: 'Renamed' } }],
      ['a contact', { contacts: [aContact({ id: 'new', tenantId: 'a', email: 'new@bakery.example' })] }],
      ['a grant', { grant: aGrant({ refreshToken: 'another' }) }],
      ['a connection', { connections: [aConnection({ id: 'new', tenantId: 'a', accountId: '9' })] }],
      ['a period', { newSnapshots: [aSnapshot({ id: 'new', connectionId: 'a-facebook', from: NOW + 1 })] }],
      ['a change', { changes: [aChange({ tenantId: 'a', connectionId: 'a-facebook' })] }],
      ['an incident', { incidents: [anIncident({ tenantId: 'a', connectionId: 'a-facebook' })] }],
      ['mail', { notifications: [aNotification({ tenantId: 'a', contactId: 'owner-of-a', topics: [] })] }],
    ])('find no rest after an update of %s, whoever wrote that', async (_, given) => {
      const store = await storeAtRest(fresh, ['a']);
      await save(store, anUpdate({ tenantId: 'a', ...given }));
      expect(await restOf(store)).toBeNull();
      expect(await store.polls.storeUnchanged([again('a', begun, HOUR_MS)])).toEqual(new Set());
    });

    it('never come between another decision and what that was made of', async () => {
      const store = await storeAtRest(fresh, ['a', 'b', 'c']);
      let rest = begun;
      for (let round = 1; round <= 20; round += 1) {
        const polls = ['c', 'a', 'b'].map((id) => again(id, rest, MINUTE_MS, NOW + (round - 1) * MINUTE_MS));
        const counting = store.records.change(['a', 'b', 'c'], (records) => ({
          updates: records.map(({ tenant }) =>
            anUpdate({ tenantId: tenant.id, tenant: { ...tenant, name: `${Number(tenant.lastPolledAt)}` }, rest }),
          ),
          result: undefined,
        }));
        const [stored] = await Promise.all([store.polls.storeUnchanged(polls), counting]);
        const after = await store.records.read(['a', 'b', 'c']);
        for (const { tenant } of after) {
          const isStored = tenant.lastPolledAt === polls[0]?.at;
          expect(isStored).toBe(stored.has(tenant.id));
        }
        rest = { ...begun, digest: `round-${round}` };
        const at = NOW + round * MINUTE_MS;
        await save(store, ...['a', 'b', 'c'].map((id) => ({ ...polledAt(id, at), rest })));
      }
    });

    it('go with the last of them when they are old', async () => {
      const store = await storeAtRest(fresh, ['a']);
      await store.polls.storeUnchanged([again('a', begun, HOUR_MS)]);
      const limits = { historyBefore: NOW - DAY_MS, writesBefore: NOW - DAY_MS };
      await store.retention.prune({ ...limits, pollsBefore: NOW + HOUR_MS });
      expect((await pollsOf(store, range)).map(({ at }) => at)).toContain(NOW + HOUR_MS);
      await store.retention.prune({ ...limits, pollsBefore: NOW + HOUR_MS + 1 });
      expect(await pollsOf(store, range)).toEqual([]);
    });

    it('leave the same behind as polls that were assessed, whatever is shown in whatever order', async () => {
      await tellTwice(fresh);
    });
  });
}

function again(tenantId: string, before: Rest, intervalMs: number, last: Instant = NOW): UnchangedPoll {
  const at = last + intervalMs;
  const after = { ...before, repeats: before.repeats + 1, intervalMs };
  return { tenantId, at, planned: { nextPollAt: at + HOUR_MS + 7, intervalMs: HOUR_MS }, before, after };
}

function tenantAtRest(id: string) {
  const polled = { baselinedAt: NOW, lastPolledAt: NOW, lastGoodPollAt: NOW, nextPollAt: NOW + HOUR_MS };
  return aTenant({ id, intervalMs: HOUR_MS, ...polled });
}

function polledAt(tenantId: string, at: Instant): TenantUpdate {
  const tenant = { ...tenantAtRest(tenantId), lastPolledAt: at };
  return anUpdate({ tenantId, tenant, rest: begun });
}

async function storeAtRest(
  fresh: FreshStore,
  ids: readonly string[],
  health: TenantHealth = 'healthy',
): Promise<Stores> {
  const store = await fresh();
  await store.tenants.add(
    ids.map((id) => ({
      tenant: tenantAtRest(id),
      contacts: [aContact({ id: `owner-of-${id}`, tenantId: id })],
      grant: null,
    })),
  );
  await save(store, ...ids.map((id) => firstPollOf(id, health)));
  return store;
}

/** One of its accounts has that health, the other is healthy. */
function firstPollOf(tenantId: string, health: TenantHealth): TenantUpdate {
  const connections = ['facebook', 'instagram'].map((network) =>
    aConnection({ id: `${tenantId}-${network}`, tenantId, network }),
  );
  const newSnapshots = connections.map(({ id, network }) =>
    aSnapshot({
      id: `${id}-period`,
      connectionId: id,
      health: network === 'facebook' ? health : 'healthy',
      from: NOW,
      to: NOW,
      speaksForMs: speaksForMs(HOUR_MS),
      polls: 1,
    }),
  );
  const result = { outcome: 'observed', connections, isPartial: false } as const;
  const poll = aPoll({ tenantId, at: NOW, result: { ...result, connections: connections.map(observed) } });
  return anUpdate({ tenantId, poll, rest: begun, connections, newSnapshots });
}

function observed({ network, accountId }: ReturnType<typeof aConnection>) {
  const status = aSnapshot().status;
  return { network, accountId, displayName: null, username: null, status };
}

async function restOf(store: Stores): Promise<Rest | null | undefined> {
  const [tenant] = await store.polls.toPoll(['a']);
  return tenant?.known?.rest;
}

async function pollsOf(store: Stores, within: typeof range) {
  const [past] = await store.replays.pasts(['a'], within);
  return past?.polls ?? [];
}
