import { describe, expect, it } from '@jest/globals';
import type { Tenant } from '../../../src/domain/model/tenant.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { anOperatorNotification, anOutage, anUnstorableNotification, aTenant, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';

export function fleetWatchContract(fresh: FreshStore): void {
  const since = NOW - HOUR_MS;

  describe('the view of the fleet', () => {
    const viewOf = async (tenants: readonly Partial<Tenant>[]) => {
      const store = await fresh();
      const numbered = tenants.map((given, n) => aTenant({ id: `tenant-${n}`, lastPolledAt: NOW, ...given }));
      await store.tenants.add(numbered.map((tenant) => ({ tenant, contacts: [], grant: null })));
      return await store.outages.view(since);
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

  describe('an outage', () => {
    it('goes from suspected to told to over, each step with its mail', async () => {
      const { outages, mail } = await fresh();
      expect(await outages.currentOutage()).toBeNull();

      const suspected = anOutage();
      expect(await outages.saveOutage(null, suspected, [])).toBe(true);
      expect(await outages.currentOutage()).toEqual(suspected);

      const confirmed = { ...suspected, confirmedAt: NOW + MINUTE_MS, kind: 'server' as const };
      const report = anOperatorNotification();
      expect(await outages.saveOutage(suspected, confirmed, [report])).toBe(true);
      expect(await outages.currentOutage()).toEqual(confirmed);
      expect(await mail.find(report.id)).toEqual(report);

      expect(await outages.saveOutage(confirmed, { ...confirmed, endedAt: NOW + HOUR_MS }, [])).toBe(true);
      expect(await outages.currentOutage()).toBeNull();
      expect(await outages.saveOutage(null, anOutage({ id: 'outage-2' }), [])).toBe(true);
    });

    it('is forgotten when it was suspected wrongly', async () => {
      const { outages } = await fresh();
      await outages.saveOutage(null, anOutage(), []);
      expect(await outages.saveOutage(anOutage(), null, [])).toBe(true);
      expect(await outages.currentOutage()).toBeNull();
    });

    it('is not stored, nor its mail, when another process has moved on', async () => {
      const { outages, mail } = await fresh();
      const [suspected, confirmed] = [anOutage(), anOutage({ confirmedAt: NOW })];
      const reports = [anOperatorNotification()];
      await outages.saveOutage(null, suspected, []);

      expect(await outages.saveOutage(null, anOutage({ id: 'other' }), reports)).toBe(false);
      await outages.saveOutage(suspected, confirmed, []);
      expect(await outages.saveOutage(suspected, confirmed, reports)).toBe(false);
      expect(await outages.saveOutage(suspected, null, reports)).toBe(false);

      expect(await outages.currentOutage()).toEqual(confirmed);
      expect(await mail.find('operator-notification-1')).toBeNull();
    });

    it('is not stored when its mail cannot be', async () => {
      const { outages } = await fresh();
      const report = anUnstorableNotification();
      await expect(outages.saveOutage(null, anOutage(), [report])).rejects.toThrow(/foreign key constraint/i);
      expect(await outages.currentOutage()).toBeNull();
    });
  });
}
