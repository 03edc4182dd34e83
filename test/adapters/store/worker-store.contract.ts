import { describe, expect, it } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import type { WorkerReport } from '../../../src/monitoring/ports.ts';
import { aTenant, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';

const report: WorkerReport = {
  id: 'first',
  host: 'host-1',
  pid: 4711,
  version: '1.2.3',
  roles: ['poll', 'http'],
  clockAheadMs: -250,
  startedAt: NOW - 1,
  done: { polls: 12, mails: 3, webhooks: 1 },
};

export function workerStoreContract(fresh: FreshStore): void {
  describe('the workers', () => {
    it('are there from their first report on, each as its latest report says', async () => {
      const { workers, leaseTimeIs } = await fresh();
      expect(await workers.list()).toEqual([]);
      await workers.report(report);
      leaseTimeIs(NOW + 10);
      await workers.report({ ...report, id: 'another', roles: ['mail'], startedAt: NOW });
      await workers.report({ ...report, clockAheadMs: 30, done: { polls: 0, mails: 0, webhooks: 0 } });
      expect(await workers.list()).toEqual([
        { ...report, clockAheadMs: 30, done: { polls: 0, mails: 0, webhooks: 0 }, lastSeenAt: NOW + 10 },
        { ...report, id: 'another', roles: ['mail'], startedAt: NOW, lastSeenAt: NOW + 10 },
      ]);
      await workers.remove('first');
      await workers.remove('nobody');
      expect(await workers.list()).toMatchObject([{ id: 'another' }]);
    });

    it('may have a clock that is off by years', async () => {
      const { workers } = await fresh();
      for (const clockAheadMs of [4_000 * DAY_MS, -4_000 * DAY_MS]) {
        await workers.report({ ...report, clockAheadMs });
        expect(Math.abs((await workers.list())[0]?.clockAheadMs ?? 0)).toBeGreaterThan(24 * DAY_MS);
      }
    });

    it('share the clock of the store', async () => {
      const { workers, leaseTimeIs } = await fresh();
      leaseTimeIs(NOW + 5);
      expect(await workers.now()).toBe(NOW + 5);
    });

    it('are forgotten once they are silent for too long, and what they had claimed is due again', async () => {
      const { workers, tenants, polls, leaseTimeIs } = await fresh();
      const ids = ['a', 'b', 'c'];
      await tenants.add(ids.map((id) => ({ tenant: aTenant({ id, nextPollAt: NOW }), contacts: [], grant: null })));
      const claim = { now: NOW, leaseMs: 10 * MINUTE_MS, limit: 1, applicationId: null, which: 'due' } as const;
      for (const id of ['silent', 'lively']) await workers.report({ ...report, id });
      for (const holder of ['silent/7', 'lively/7', 'silent-too/7']) await polls.claimDueTenants({ ...claim, holder });
      expect(await workers.removeSilent(MINUTE_MS)).toEqual([]);

      leaseTimeIs(NOW + MINUTE_MS);
      await workers.report({ ...report, id: 'lively' });
      expect(await workers.removeSilent(MINUTE_MS)).toEqual([]);
      leaseTimeIs(NOW + MINUTE_MS + 1);
      expect(await workers.removeSilent(MINUTE_MS)).toMatchObject([{ id: 'silent', host: 'host-1', lastSeenAt: NOW }]);
      expect(await workers.removeSilent(MINUTE_MS)).toEqual([]);
      expect(await workers.list()).toMatchObject([{ id: 'lively' }]);
      expect(await polls.dueTenants({ now: NOW, applicationId: null, limit: 10 })).toEqual(['a']);
    });

    it('that were only thought to be dead are there again with their next report', async () => {
      const { workers, leaseTimeIs } = await fresh();
      await workers.report(report);
      leaseTimeIs(NOW + 2 * MINUTE_MS);
      expect(await workers.removeSilent(MINUTE_MS)).toHaveLength(1);
      await workers.report(report);
      expect(await workers.list()).toMatchObject([{ id: 'first', startedAt: NOW - 1 }]);
    });
  });
}
