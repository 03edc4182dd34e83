import { describe, expect, it } from '@jest/globals';
import type { Tenant } from '../../../src/domain/model/tenant.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import type { PollClaim } from '../../../src/monitoring/ports.ts';
import { anApplication, anUpdate, aPoll, aTenant, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { findTenant, removeTenant } from '../../support/store-records.ts';

export function pollQueueContract(fresh: FreshStore): void {
  const ofNow = { now: NOW, applicationId: null };
  const claim: PollClaim = {
    now: NOW,
    holder: 'first',
    leaseMs: 5 * MINUTE_MS,
    limit: 10,
    applicationId: null,
    which: 'due',
  };

  describe('the queue of polls', () => {
    it('gives nobody a tenant that is paused, waits for a new grant, was removed, or is not due', async () => {
      const store = await storeWith(fresh, [
        { id: 'paused', state: 'paused' },
        { id: 'reauthorize', state: 'reauthorize' },
        { id: 'unplanned', nextPollAt: null },
        { id: 'later', nextPollAt: NOW + 1 },
        { id: 'removed' },
      ]);
      await removeTenant(store, 'removed');
      expect(await store.polls.claimDueTenants(claim)).toEqual([]);
    });

    it('says of many tenants at once what their polls start from', async () => {
      const { polls } = await storeWith(fresh, [
        { id: 'a', pagesAskedAt: null },
        {
          id: 'b',
          pagesAskedAt: NOW - 1,
          pagesWanted: true,
          schedule: '0 9 * * *',
          lastPolledAt: NOW,
          intervalMs: 40 * DAY_MS,
        },
      ]);
      const [b, nobody, a] = await polls.toPoll(['b', 'nobody', 'a']);
      const { name, timezone, intervalMs } = aTenant();
      const rows = { applicationId: null, name, timezone, rest: null };
      expect(nobody).toEqual({ id: 'nobody', grant: null, known: null });
      expect(a?.known).toEqual({
        ...rows,
        id: 'a',
        schedule: null,
        lastPolledAt: null,
        intervalMs,
        pagesAskedAt: null,
        pagesWanted: false,
      });
      expect(b?.known).toEqual({
        ...rows,
        id: 'b',
        schedule: '0 9 * * *',
        lastPolledAt: NOW,
        intervalMs: 40 * DAY_MS,
        pagesAskedAt: NOW - 1,
        pagesWanted: true,
      });
    });

    it('gives the access tokens of many tenants at once', async () => {
      const { polls, tenants } = await storeWith(fresh, [{ id: 'a' }]);
      const ended = { accessToken: null, expiresAt: null, lifetimeMs: null };
      const fresh24h = {
        accessToken: 'access',
        expiresAt: NOW + HOUR_MS,
        lifetimeMs: 24 * HOUR_MS,
        scopes: ['one', 'two'],
      };
      await tenants.add([
        { tenant: aTenant({ id: 'b' }), contacts: [], grant: { refreshToken: 'refresh-b', ...ended } },
        { tenant: aTenant({ id: 'c' }), contacts: [], grant: { refreshToken: 'refresh-c', ...fresh24h } },
      ]);
      const grants = (await polls.toPoll(['a', 'b', 'c'])).map(({ grant }) => grant);
      expect(grants).toEqual([null, ended, fresh24h]);
    });

    it('says why a tenant is refused, and when its user’s privileges were last asked for', async () => {
      const failing = { kind: 'missing_privilege', since: NOW - 1 } as const;
      const { polls } = await storeWith(fresh, [{ id: 'a' }, { id: 'b', failing, privilegesAskedAt: NOW }]);
      expect(await polls.refusal('a')).toEqual({ failing: null, privilegesAskedAt: null });
      expect(await polls.refusal('b')).toEqual({ failing, privilegesAskedAt: NOW });
      expect(await polls.refusal('nobody')).toBeNull();
    });

    it('gives the longest overdue first, and no more than asked for', async () => {
      const { polls } = await storeWith(fresh, [
        { id: 'a', nextPollAt: NOW - 1 },
        { id: 'b', nextPollAt: NOW - HOUR_MS },
        { id: 'c', nextPollAt: NOW - MINUTE_MS, state: 'access_denied' },
        { id: 'd', nextPollAt: NOW },
      ]);
      expect(await polls.claimDueTenants({ ...claim, limit: 3 })).toEqual(['b', 'c', 'a']);
      expect(await polls.claimDueTenants({ ...claim, limit: 3 })).toEqual(['d']);
    });

    it('gives a tenant to one taker until the lease ends, then to another', async () => {
      const { polls, records, leaseTimeIs } = await storeWith(fresh, [{ id: 'a', nextPollAt: NOW }]);
      expect(await polls.claimDueTenants(claim)).toEqual(['a']);
      leaseTimeIs(NOW + claim.leaseMs - 1);
      expect(await polls.claimDueTenants({ ...claim, holder: 'second' })).toEqual([]);
      leaseTimeIs(NOW + claim.leaseMs);
      expect(await polls.claimDueTenants(claim)).toEqual([]);
      expect(await polls.claimDueTenants({ ...claim, holder: 'second' })).toEqual(['a']);
      expect((await findTenant({ records }, 'a'))?.tenant.nextPollAt).toBe(NOW);
    });

    it('names those that are due and that nobody has, in the order in which they are given, and keeps none of them', async () => {
      const { polls } = await storeWith(fresh, [
        { id: 'a', nextPollAt: NOW },
        { id: 'b', nextPollAt: NOW - HOUR_MS },
        { id: 'c', nextPollAt: NOW - MINUTE_MS },
        { id: 'd', nextPollAt: NOW + 1 },
        { id: 'e', nextPollAt: NOW, state: 'paused' },
      ]);
      expect(await polls.dueTenants({ ...ofNow, limit: 10 })).toEqual(['b', 'c', 'a']);
      expect(await polls.dueTenants({ ...ofNow, limit: 2 })).toEqual(['b', 'c']);
      expect(await polls.claimDueTenants({ ...claim, limit: 1 })).toEqual(['b']);
      expect(await polls.dueTenants({ ...ofNow, limit: 10 })).toEqual(['c', 'a']);
    });

    it('gives those of a page alone, as far as they are due and nobody has them', async () => {
      const { polls } = await storeWith(fresh, [
        { id: 'a', nextPollAt: NOW },
        { id: 'b', nextPollAt: NOW - HOUR_MS },
        { id: 'c', nextPollAt: NOW - MINUTE_MS },
        { id: 'd', nextPollAt: NOW + 1 },
      ]);
      expect(await polls.claimDueTenants({ ...claim, limit: 1 })).toEqual(['b']);
      const second = { ...claim, holder: 'second' };
      expect(await polls.claimDueTenants({ ...second, among: ['a', 'b', 'd', 'nobody'] })).toEqual(['a']);
      expect(await polls.claimDueTenants({ ...second, among: [] })).toEqual([]);
      expect(await polls.claimDueTenants({ ...second, among: ['a', 'b'] })).toEqual([]);
      expect(await polls.claimDueTenants(second)).toEqual(['c']);
    });

    it('goes by its own clock for leases, and by that of the taker for what is due', async () => {
      const { polls, leaseTimeIs } = await storeWith(fresh, [{ id: 'a', nextPollAt: NOW + HOUR_MS }]);
      expect(await polls.claimDueTenants(claim)).toEqual([]);
      const ahead = { ...claim, now: NOW + HOUR_MS };
      expect(await polls.claimDueTenants(ahead)).toEqual(['a']);
      expect(await polls.claimDueTenants({ ...ahead, holder: 'second' })).toEqual([]);
      leaseTimeIs(NOW - 6 * HOUR_MS);
      expect(await polls.claimDueTenants({ ...ahead, holder: 'second' })).toEqual(['a']);
    });

    it('takes back a holder’s tenants, those that are named or all, and nobody else’s', async () => {
      const { polls } = await storeWith(fresh, inTurn('a', 'b', 'c', 'd'));
      expect(await polls.claimDueTenants({ ...claim, limit: 3 })).toEqual(['a', 'b', 'c']);
      expect(await polls.claimDueTenants({ ...claim, holder: 'second' })).toEqual(['d']);
      await polls.giveBackTenants({ holder: 'first', tenants: ['a', 'd', 'nobody'].map((id) => ({ id, afterMs: 0 })) });
      expect(await polls.claimDueTenants({ ...claim, holder: 'third' })).toEqual(['a']);
      await polls.giveBackTenants({ holder: 'first', tenants: 'all' });
      expect(await polls.claimDueTenants({ ...claim, holder: 'third' })).toEqual(['b', 'c']);
    });

    it('puts off what is given back for later', async () => {
      const { polls, leaseTimeIs } = await storeWith(fresh, [{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
      await polls.claimDueTenants(claim);
      const tenants = [
        { id: 'a', afterMs: MINUTE_MS },
        { id: 'b', afterMs: 2 * MINUTE_MS },
        { id: 'c', afterMs: 0 },
      ];
      await polls.giveBackTenants({ holder: 'first', tenants });
      leaseTimeIs(NOW + MINUTE_MS - 1);
      expect(await polls.claimDueTenants(claim)).toEqual(['c']);
      leaseTimeIs(NOW + MINUTE_MS);
      expect(await polls.claimDueTenants(claim)).toEqual(['a']);
      leaseTimeIs(NOW + 2 * MINUTE_MS);
      expect(await polls.claimDueTenants(claim)).toEqual(['b']);
    });

    it('has a tenant no longer claimed whose poll is stored', async () => {
      const { polls, records } = await storeWith(fresh, [{ id: 'a' }]);
      await polls.claimDueTenants(claim);
      const updates = [anUpdate({ tenantId: 'a', poll: aPoll({ tenantId: 'a' }) })];
      await records.change(['a'], () => ({ updates, result: null }));
      expect(await polls.claimDueTenants(claim)).toEqual(['a']);
    });

    it('gives those last polled, or added, by a clock that was ahead at once, and only once', async () => {
      const ahead = { nextPollAt: NOW + 7 * HOUR_MS, lastPolledAt: NOW + 6 * HOUR_MS };
      const store = await storeWith(fresh, [
        { id: 'ahead', ...ahead },
        { id: 'added', createdAt: NOW + 6 * HOUR_MS, nextPollAt: NOW + 6 * HOUR_MS },
        { id: 'seconds', nextPollAt: NOW + HOUR_MS, lastPolledAt: NOW + MINUTE_MS },
        { id: 'paused', state: 'paused', ...ahead },
        { id: 'removed', ...ahead },
      ]);
      await removeTenant(store, 'removed');
      expect(await store.polls.countPolledAhead(NOW)).toBe(2);
      expect(await store.polls.claimDueTenants(claim)).toEqual(['added', 'ahead']);
      expect(await store.polls.claimDueTenants(claim)).toEqual([]);
    });

    it('gives the longest overdue first, and those in doubt alone or with those that were never asked', async () => {
      const asked = { lastPolledAt: NOW - 2 * HOUR_MS };
      const { polls } = await storeWith(fresh, [
        { id: 'overdue', ...asked, nextPollAt: NOW - HOUR_MS },
        { id: 'doubt', ...asked, recheckWanted: true },
        { id: 'doubt-later', ...asked, recheckWanted: true, nextPollAt: NOW + 1 },
        { id: 'new', nextPollAt: NOW - MINUTE_MS },
      ]);
      const asking = (holder: string, which: PollClaim['which'], limit = 10) =>
        polls.claimDueTenants({ ...claim, holder, which, limit });
      expect(await asking('a', 'due', 1)).toEqual(['overdue']);
      await polls.giveBackTenants({ holder: 'a', tenants: 'all' });
      expect(await asking('b', 'recheck')).toEqual(['doubt']);
      await polls.giveBackTenants({ holder: 'b', tenants: 'all' });
      expect(await asking('c', 'urgent')).toEqual(['doubt', 'new']);
      expect(await asking('d', 'due')).toEqual(['overdue']);
      expect(await asking('e', 'next')).toEqual(['doubt-later']);
    });

    it('gives the tenants of the one application that is asked for', async () => {
      const store = await fresh();
      await store.applications.add(anApplication());
      const assigned = { applicationId: 'brand' };
      const [a, b, c] = inTurn('a', 'b', 'c');
      const tenants = [aTenant(a), aTenant({ ...b, ...assigned }), aTenant({ ...c, ...assigned })];
      await store.tenants.add(tenants.map((tenant) => ({ tenant, contacts: [], grant: null })));
      const { polls } = store;
      expect(await polls.claimDueTenants({ ...claim, ...assigned })).toEqual(['b', 'c']);
      expect(await polls.claimDueTenants(claim)).toEqual(['a']);
      expect(await polls.claimDueTenants({ ...claim, applicationId: 'nobody' })).toEqual([]);
      expect(await polls.pollableTenants(['b'])).toEqual([{ id: 'b', ...assigned }]);
      expect((await polls.schedules()).map(({ applicationId, tenants: count }) => [applicationId, count])).toEqual(
        expect.arrayContaining([
          [null, 1],
          ['brand', 2],
        ]),
      );
    });

    it('knows who may be polled at all, due or not, by id', async () => {
      const store = await storeWith(fresh, [
        { id: 'c', nextPollAt: null },
        { id: 'b', state: 'access_denied' },
        { id: 'a', state: 'paused' },
        { id: 'd', state: 'reauthorize' },
        { id: 'e' },
      ]);
      await removeTenant(store, 'e');
      const [b, c] = ['b', 'c'].map((id) => ({ id, applicationId: null }));
      expect(await store.polls.pollableTenants(null)).toEqual([b, c]);
      expect(await store.polls.pollableTenants(['c', 'a', 'nobody', 'c'])).toEqual([c]);
      expect(await store.polls.pollableTenants([])).toEqual([]);
    });

    it('plans all that are polled anew, whatever their schedule, page by page', async () => {
      const later = { nextPollAt: NOW + 24 * HOUR_MS };
      const { polls, records } = await storeWith(fresh, [
        { id: 'a', ...later },
        { id: 'b', schedule: '0 9 * * *', ...later },
        { id: 'c', state: 'paused', nextPollAt: null },
        { id: 'd', ...later, state: 'access_denied' },
        { id: 'e', ...later },
      ]);
      const decide = ({ id }: Tenant) => (id === 'd' ? null : NOW + HOUR_MS);
      expect(await polls.replan({ after: '', limit: 3 }, decide)).toEqual({ last: 'd', moved: 2 });
      expect(await polls.replan({ after: 'd', limit: 3 }, decide)).toEqual({ last: null, moved: 1 });
      const planned = ['a', 'b', 'c', 'd', 'e'].map(
        async (id) => (await findTenant({ records }, id))?.tenant.nextPollAt,
      );
      const { nextPollAt: unmoved } = later;
      expect(await Promise.all(planned)).toEqual([NOW + HOUR_MS, NOW + HOUR_MS, null, unmoved, NOW + HOUR_MS]);
    });

    it('tells how many of those that are polled keep to which schedule, and the first of them', async () => {
      const { polls } = await storeWith(fresh, [
        { id: 'a', schedule: null, timezone: 'UTC' },
        { id: 'b', schedule: null, timezone: 'UTC' },
        { id: 'c', schedule: '0 9 * * *', timezone: 'Europe/Berlin', state: 'access_denied' },
        { id: 'd', schedule: null, timezone: 'UTC', state: 'paused' },
      ]);
      const schedules = await polls.schedules();
      expect(schedules.toSorted((a, b) => b.tenants - a.tenants)).toEqual([
        { applicationId: null, schedule: null, timezone: 'UTC', tenants: 2, firstId: 'a' },
        { applicationId: null, schedule: '0 9 * * *', timezone: 'Europe/Berlin', tenants: 1, firstId: 'c' },
      ]);
    });
  });
}

async function storeWith(fresh: FreshStore, tenants: readonly Partial<Tenant>[]) {
  const store = await fresh();
  await store.tenants.add(tenants.map((given) => ({ tenant: aTenant(given), contacts: [], grant: null })));
  return store;
}

/** Due one after the other: those due at the same moment come in no order. */
const inTurn = (...ids: readonly string[]) => ids.map((id, index) => ({ id, nextPollAt: NOW - ids.length + index }));
