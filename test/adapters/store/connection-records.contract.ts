import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { aConnection, anUpdate, aSnapshot, aStatus, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { periodsOf, recordOf, save, storeWithTenant } from '../../support/store-records.ts';

export function connectionRecordsContract(fresh: FreshStore): void {
  describe('the connections of a tenant', () => {
    it('come back as they were saved, with their latest period, in the order of their identity', async () => {
      const store = await storeWithTenant(fresh);
      const full = aConnection({
        id: 'a',
        network: 'instagram',
        absentPolls: 1,
        removedAt: NOW,
        rateLimitedSince: NOW - 1,
        checkFailedInvalidSince: NOW - 2,
        checkFailedSince: NOW - 3,
        unreachablePages: { named: ['Jane\'s "Catering"'], more: 2, seenAt: NOW - 1, isCause: true },
        transitions: [
          { kind: 'opened', at: NOW - 4 },
          { kind: 'closed', at: NOW - 3 },
          { kind: 'dismissed', at: NOW - 2 },
        ],
      });
      const bare = aConnection({ id: 'b', displayName: null, username: null, foundAtBaseline: false, period: null });
      await save(store, anUpdate({ connections: [full, bare], newSnapshots: periodsOf(full) }));
      expect((await recordOf(store)).connections).toEqual([bare, full]);
    });

    it('keep every field of a period, unknown ones as unknown', async () => {
      const store = await storeWithTenant(fresh);
      const period = aSnapshot({
        health: 'broken',
        conditions: ['token_invalid', 'rate_limited'],
        status: aStatus({ hasToken: null, tokenIsValid: false, error: 'Bad "token"\n', networkStatus: null }),
        speaksForMs: 40 * 24 * HOUR_MS,
      });
      await save(store, anUpdate({ connections: [aConnection()], newSnapshots: [period] }));
      expect((await recordOf(store)).connections).toEqual([aConnection({ period })]);
    });

    it('are changed in place, their period staying as it is', async () => {
      const store = await storeWithTenant(fresh);
      const connection = aConnection();
      await save(store, anUpdate({ connections: [connection], newSnapshots: periodsOf(connection) }));
      const renamed = { ...connection, displayName: 'Jane & Sons', absentPolls: 1 };
      await save(store, anUpdate({ connections: [{ ...renamed, period: null }] }));
      expect((await recordOf(store)).connections).toEqual([renamed]);
    });

    it('show the newest of their periods', async () => {
      const store = await storeWithTenant(fresh);
      const [first, second, third] = [1, 2, 3].map((n) =>
        aSnapshot({ id: `period-${n}`, from: NOW + n * HOUR_MS, to: NOW + n * HOUR_MS }),
      );
      if (!first || !second || !third) throw new Error('three periods');
      await save(store, anUpdate({ connections: [aConnection()], newSnapshots: [first] }));
      await save(store, anUpdate({ newSnapshots: [second, third] }));
      expect((await recordOf(store)).connections).toEqual([aConnection({ period: third })]);
    });

    it('gain no period by an unchanged poll: the latest one is extended', async () => {
      const store = await storeWithTenant(fresh);
      const connection = aConnection();
      await save(store, anUpdate({ connections: [connection], newSnapshots: periodsOf(connection) }));
      const [{ id } = aSnapshot()] = periodsOf(connection);
      for (const n of [1, 2]) {
        const extension = { id, to: NOW + n * HOUR_MS, speaksForMs: 3 * HOUR_MS };
        await save(store, anUpdate({ extendedSnapshots: [extension] }));
      }
      const extended = aSnapshot({ id, to: NOW + 2 * HOUR_MS, speaksForMs: 3 * HOUR_MS, polls: 4 });
      const periods = await store.history.periods({ tenantId: 'tenant-1', from: 0, to: NOW + HOUR_MS });
      expect(periods).toEqual([extended]);
    });

    it('have a period moved back that lay in the future, then extended from there', async () => {
      const store = await storeWithTenant(fresh);
      const period = aSnapshot({ from: NOW + HOUR_MS, to: NOW + 2 * HOUR_MS });
      await save(store, anUpdate({ connections: [aConnection()], newSnapshots: [period] }));
      const corrected = { ...period, from: NOW, to: NOW };
      const clockCorrection = { aheadMs: 2 * HOUR_MS, snapshots: [corrected] };
      await save(store, anUpdate({ clockCorrection, extendedSnapshots: [{ ...corrected, to: NOW + 1 }] }));
      expect((await recordOf(store)).connections).toEqual([
        aConnection({ period: { ...corrected, to: NOW + 1, polls: 3 } }),
      ]);
    });

    it('are one for each account of a network', async () => {
      const store = await storeWithTenant(fresh);
      await save(store, anUpdate({ connections: [aConnection({ id: 'a', period: null })] }));
      const saving = save(store, anUpdate({ connections: [aConnection({ id: 'b', period: null })] }));
      await expect(saving).rejects.toThrow(/unique constraint/i);
    });
  });
}
