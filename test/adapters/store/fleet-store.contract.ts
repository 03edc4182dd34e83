import { describe, expect, it } from '@jest/globals';
import { fleetViewOf } from '../../../src/domain/faults/upstream-fault.ts';
import type { Tenant } from '../../../src/domain/model/tenant.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { anApplication, aTenant, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { storeWithTroubles, type Trouble } from '../../support/store-troubles.ts';

const since = NOW - HOUR_MS;

export function fleetStoreContract(fresh: FreshStore): void {
  describe('the view of the fleet', () => {
    const viewOf = async (tenants: readonly Partial<Tenant>[]) => {
      const store = await fresh();
      const numbered = tenants.map((given, n) => aTenant({ id: `tenant-${n}`, lastPolledAt: NOW, ...given }));
      await store.tenants.add(numbered.map((tenant) => ({ tenant, contacts: [], grant: null })));
      return fleetViewOf(await store.fleet.view(since));
    };
    const failing = (kind: NonNullable<Tenant['failing']>['kind']) => ({ failing: { kind, since } });

    it('is of nobody when nobody was polled lately', async () => {
      const view = await viewOf([{ lastPolledAt: null }, { lastPolledAt: since - 1, ...failing('timeout') }]);
      expect(view).toEqual({ polled: 0, failing: 0, mainKind: null });
    });

    it('counts who was polled since then and who fails upstream, lack of access left out', async () => {
      const view = await viewOf([
        { lastPolledAt: since },
        failing('timeout'),
        failing('server'),
        failing('server'),
        failing('dns'),
        { state: 'access_denied', ...failing('forbidden') },
        failing('unauthorized'),
      ]);
      expect(view).toEqual({ polled: 7, failing: 4, mainKind: 'server' });
    });

    it('is told by application', async () => {
      const store = await fresh();
      await store.applications.add(anApplication());
      const brand = { applicationId: 'brand', lastPolledAt: NOW };
      const tenants = [
        { id: 'a', lastPolledAt: NOW },
        { id: 'b', ...brand },
        { id: 'c', ...brand, ...failing('dns') },
      ];
      await store.tenants.add(tenants.map((given) => ({ tenant: aTenant(given), contacts: [], grant: null })));
      const groups = await store.fleet.view(since);
      expect(groups).toHaveLength(3);
      for (const group of [
        { applicationId: null, kind: null, tenants: 1 },
        { applicationId: 'brand', kind: null, tenants: 1 },
        { applicationId: 'brand', kind: 'dns', tenants: 1 },
      ]) {
        expect(groups).toContainEqual(group);
      }
      expect(await store.fleet.polledSince(since, null, 9, 'brand')).toBe(0);
    });

    it('leaves out tenants that are not polled', async () => {
      const view = await viewOf([
        { state: 'paused', ...failing('dns') },
        { state: 'reauthorize', ...failing('dns') },
      ]);
      expect(view).toEqual({ polled: 0, failing: 0, mainKind: null });
    });
  });

  describe('the tenants of which our access fails', () => {
    it('are counted by the kind of failure, for tenants that are watched', async () => {
      const failing = (kind: NonNullable<Tenant['failing']>['kind'], at = NOW) => ({ failing: { kind, since: at } });
      const { fleet } = await storeWithTroubles(fresh, [
        { id: 'a', ...failing('unauthorized', NOW - MINUTE_MS) },
        { id: 'b', ...failing('unauthorized'), state: 'reauthorize' },
        { id: 'c', ...failing('forbidden') },
        { id: 'd', ...failing('unauthorized'), state: 'paused' },
        { id: 'e', ...failing('unauthorized', since - 1) },
        { id: 'f', ...failing('server') },
        { id: 'g', ...failing('server') },
        { id: 'never-worked', ...failing('unauthorized'), baselinedAt: null },
      ]);
      const refusals = await fleet.refusals(since);
      expect(refusals).toHaveLength(2);
      expect(refusals).toContainEqual({
        applicationId: null,
        failure: 'unauthorized',
        since: NOW - MINUTE_MS,
        tenants: 2,
        polled: 1,
      });
      expect(refusals).toContainEqual({ applicationId: null, failure: 'forbidden', since: NOW, tenants: 1, polled: 1 });
    });

    it('are blamed where their owners are about to hear of it, or are not polled because of it', async () => {
      const refused = (at = NOW) => ({ failing: { kind: 'unauthorized', since: at } }) as const;
      const access = { connectionId: null, conditions: [] };
      const told = { alerting: { lastAlert: { action: 'wait', at: NOW, conversationId: 'c' } } } as const;
      const { fleet } = await storeWithTroubles(fresh, [
        { id: 'certain', ...refused(), troubles: [{ ...access, state: 'open' }] },
        { id: 'suspected', ...refused(NOW - 1), troubles: [access] },
        { id: 'told', ...refused(), troubles: [{ ...access, ...told }] },
        { id: 'asked', ...refused(NOW - 2), state: 'reauthorize', troubles: [{ ...access, ...told }] },
        {
          id: 'asked-long-ago',
          ...refused(),
          state: 'reauthorize',
          troubles: [{ ...access, ...told, openedAt: since - 1 }],
        },
        { id: 'long-ago', ...refused(), troubles: [{ ...access, openedAt: since - 1 }] },
        { id: 'blamed-no-longer', ...refused(), troubles: [{ ...access, state: 'closed', closeReason: 'ours' }] },
        { id: 'another', failing: { kind: 'forbidden', since: NOW }, troubles: [access] },
        { id: 'about-an-account', ...refused(), troubles: [{}] },
        { id: 'never-worked', ...refused(), baselinedAt: null, troubles: [{ ...access, state: 'open' }] },
      ]);
      expect(await fleet.refusedTenants({ applicationId: null, failure: 'unauthorized' }, since)).toEqual([
        'asked',
        'suspected',
        'certain',
      ]);
    });
  });

  describe('who was asked since', () => {
    it('are the tenants that are watched, or those of them with an account of the network', async () => {
      const polled = { lastPolledAt: since };
      const { fleet } = await storeWithTroubles(fresh, [
        { id: 'a', ...polled, troubles: [{}] },
        { id: 'b', ...polled, troubles: [{ network: 'instagram' }] },
        { id: 'c', ...polled, troubles: [{}, { removedAt: NOW }] },
        { id: 'lost-it-now', ...polled, troubles: [{ removedAt: NOW }] },
        { id: 'lost-it-long-ago', ...polled, troubles: [{ removedAt: since - 1 }] },
        { id: 'too-early', lastPolledAt: since - 1, troubles: [{}] },
        { id: 'never', troubles: [{}] },
        { id: 'paused', ...polled, state: 'paused', troubles: [{}] },
        { id: 'without-any', ...polled, state: 'reauthorize' },
        { id: 'never-worked', ...polled, state: 'reauthorize', baselinedAt: null },
      ]);
      expect(await fleet.polledSince(since, null, Number.POSITIVE_INFINITY)).toBe(6);
      expect(await fleet.polledSince(since, 'facebook', Number.POSITIVE_INFINITY)).toBe(3);
      expect(await fleet.polledSince(since, 'instagram', Number.POSITIVE_INFINITY)).toBe(1);
      expect(await fleet.polledSince(since, null, 4)).toBe(4);
      expect(await fleet.polledSince(since, 'facebook', 2)).toBe(2);
    });
  });

  describe('whose pages were asked about since', () => {
    it('are the tenants that are watched and have an account of the network', async () => {
      const looked = { lastPolledAt: since, pagesAskedAt: since, troubles: [{}] };
      const { fleet } = await storeWithTroubles(fresh, [
        { id: 'a', ...looked },
        { id: 'b', ...looked },
        { id: 'of-another-network', ...looked, troubles: [{ network: 'instagram' }] },
        { id: 'too-early', ...looked, pagesAskedAt: since - 1 },
        { id: 'never', ...looked, pagesAskedAt: null },
        { id: 'paused', ...looked, state: 'paused' },
      ]);
      expect(await fleet.lookedSince(since, 'facebook', Number.POSITIVE_INFINITY)).toBe(2);
      expect(await fleet.lookedSince(since, 'facebook', 1)).toBe(1);
    });
  });

  describe('the tenants whose access has never worked', () => {
    const lost = (given: Trouble = {}): Pick<Tenant, 'baselinedAt'> & Readonly<{ troubles: readonly Trouble[] }> => ({
      baselinedAt: null,
      troubles: [
        {
          connectionId: null,
          conditions: [],
          state: 'open',
          confirmedAt: NOW,
          ...given,
          alerting: { decision: 'before_first_good_poll', ...given.alerting },
        },
      ],
    });

    it('are those of which the operator was not told, the longest known first', async () => {
      const { fleet } = await storeWithTroubles(fresh, [
        { id: 'later', ...lost(), state: 'reauthorize' },
        { id: 'earlier', ...lost({ confirmedAt: NOW - 1 }), state: 'access_denied', lastPolledAt: NOW },
        { id: 'told', ...lost({ alerting: { decision: 'operator_told' } }), state: 'reauthorize' },
        { id: 'worked-once', ...lost(), baselinedAt: NOW, state: 'reauthorize' },
        { id: 'worked-meanwhile', ...lost({ state: 'closed', closeReason: 'recovered' }), lastPolledAt: NOW },
        { id: 'paused', ...lost(), state: 'paused' },
      ]);
      expect(await fleet.neverWorked(10)).toEqual({
        untold: [
          { tenantId: 'earlier', confirmedAt: NOW - 1 },
          { tenantId: 'later', confirmedAt: NOW },
        ],
        inDoubt: 0,
      });
      expect((await fleet.neverWorked(1)).untold).toHaveLength(1);
    });

    it('leave in doubt those that were not asked yet, and those of a single refusal', async () => {
      const { fleet } = await storeWithTroubles(fresh, [
        { id: 'certain', ...lost(), state: 'reauthorize', lastPolledAt: NOW },
        { id: 'not-asked', baselinedAt: null },
        { id: 'suspected', ...lost({ state: 'suspected', confirmedAt: null }), lastPolledAt: NOW },
        { id: 'fails-upstream', baselinedAt: null, lastPolledAt: NOW, failing: { kind: 'timeout', since: NOW } },
        { id: 'paused', baselinedAt: null, state: 'paused' },
        { id: 'suspected-after-it-worked', ...lost({ state: 'suspected' }), baselinedAt: NOW, lastPolledAt: NOW },
      ]);
      expect((await fleet.neverWorked(10)).inDoubt).toBe(2);
    });

    it('leave nothing in doubt where there are none to tell of', async () => {
      const { fleet } = await storeWithTroubles(fresh, [{ id: 'not-asked', baselinedAt: null }]);
      expect(await fleet.neverWorked(10)).toEqual({ untold: [], inDoubt: 0 });
    });
  });
}
