import { describe, expect, it } from '@jest/globals';
import type { Tenant } from '../../../src/domain/model/tenant.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { aTenant, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { storeWithTroubles } from '../../support/store-troubles.ts';

const since = NOW - HOUR_MS;

export function fleetStoreContract(fresh: FreshStore): void {
  describe('the view of the fleet', () => {
    const viewOf = async (tenants: readonly Partial<Tenant>[]) => {
      const store = await fresh();
      const numbered = tenants.map((given, n) => aTenant({ id: `tenant-${n}`, lastPolledAt: NOW, ...given }));
      await store.tenants.add(numbered.map((tenant) => ({ tenant, contacts: [], grant: null })));
      return await store.fleet.view(since);
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

    it('names our own refused client before anything else', async () => {
      const view = await viewOf([failing('timeout'), failing('timeout'), failing('invalid_client')]);
      expect(view).toEqual({ polled: 3, failing: 3, mainKind: 'invalid_client' });
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
        { id: 'b', ...failing('unauthorized') },
        { id: 'c', ...failing('forbidden') },
        { id: 'd', ...failing('unauthorized'), state: 'paused' },
        { id: 'e', ...failing('unauthorized', since - 1) },
        { id: 'f', ...failing('server') },
        { id: 'g', ...failing('server') },
      ]);
      const refusals = await fleet.refusals(since);
      expect(refusals).toHaveLength(2);
      expect(refusals).toContainEqual({ failure: 'unauthorized', since: NOW - MINUTE_MS, tenants: 2 });
      expect(refusals).toContainEqual({ failure: 'forbidden', since: NOW, tenants: 1 });
    });

    it('are blamed where their owners are about to hear of it', async () => {
      const refused = (at = NOW) => ({ failing: { kind: 'unauthorized', since: at } }) as const;
      const access = { connectionId: null, conditions: [] };
      const { fleet } = await storeWithTroubles(fresh, [
        { id: 'certain', ...refused(), troubles: [{ ...access, state: 'open' }] },
        { id: 'suspected', ...refused(NOW - 1), troubles: [access] },
        {
          id: 'told',
          ...refused(),
          troubles: [{ ...access, alerting: { lastAlert: { action: 'wait', at: NOW, conversationId: 'c' } } }],
        },
        { id: 'long-ago', ...refused(), troubles: [{ ...access, openedAt: since - 1 }] },
        { id: 'blamed-no-longer', ...refused(), troubles: [{ ...access, state: 'closed', closeReason: 'ours' }] },
        { id: 'another', failing: { kind: 'forbidden', since: NOW }, troubles: [access] },
        { id: 'about-an-account', ...refused(), troubles: [{}] },
      ]);
      expect(await fleet.refusedTenants('unauthorized', since)).toEqual(['suspected', 'certain']);
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
      ]);
      expect(await fleet.polledSince(since, null, Number.POSITIVE_INFINITY)).toBe(6);
      expect(await fleet.polledSince(since, 'facebook', Number.POSITIVE_INFINITY)).toBe(3);
      expect(await fleet.polledSince(since, 'instagram', Number.POSITIVE_INFINITY)).toBe(1);
      expect(await fleet.polledSince(since, null, 4)).toBe(4);
      expect(await fleet.polledSince(since, 'facebook', 2)).toBe(2);
    });
  });
}
