import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ownerPageOf } from '../../../src/domain/owner/owner-page.ts';
import { tenantDetail, tenantStatus, tenantSummary } from '../../../src/monitoring/reading/read-health.ts';
import { moments, recordArbitrary } from '../../support/record-arbitrary.ts';

it("status, tenant list, tenant show and the owner's page say the same of every connection at every moment", () => {
  fc.assert(
    fc.property(recordArbitrary('tenant-1'), fc.constantFrom(...moments), (record, now) => {
      const status = tenantStatus(record, now, null);
      const page = ownerPageOf(record, 'owner-of-tenant-1', now);

      const asStatus = status.connections.map((connection) => expect.objectContaining(sameOf(connection)));
      expect(page?.connections.map(sameOf).toSorted(byAccount)).toEqual(asStatus);
      expect(tenantSummary(record, now, null)).toEqual(status.tenant);
      expect(tenantDetail(record, now, null)).toMatchObject(status.tenant);
      const { connections: counts } = status.tenant;
      for (const health of ['broken', 'waiting', 'unobserved', 'healthy', 'removed'] as const) {
        expect(counts[health]).toBe(status.connections.filter((connection) => connection.health === health).length);
      }
    }),
    { numRuns: 500 },
  );
});

type Shown = NonNullable<ReturnType<typeof ownerPageOf>>['connections'][number];

/** All that both the answers and the owner's page say of a connection; of one that works the page says no since. */
function sameOf({ since, ...shown }: Omit<Shown, OwnersAlone>) {
  const { network, accountId, health, conditions, action, pages, observedAt } = shown;
  return {
    network,
    accountId,
    health,
    conditions,
    action,
    pages,
    since: health === 'healthy' ? null : since,
    observedAt,
  };
}

type OwnersAlone = 'unconfirmed' | 'foundAtBaseline' | 'snoozedUntil';

function byAccount(a: Readonly<{ accountId: string }>, b: Readonly<{ accountId: string }>): number {
  return a.accountId < b.accountId ? -1 : 1;
}
