import { speaksForMs } from '../model/connection.ts';
import type { Tenant } from '../model/tenant.ts';
import type { Instant } from '../model/time.ts';

/** A tenant whose refresh token is refused: its last good poll, and the first poll that was refused. */
export type RefusedTenant = Readonly<{ lastGoodPollAt: Instant; refusedSince: Instant }> & Pick<Tenant, 'intervalMs'>;

/** How many tenants look as if the database had been restored, and since when it knows nothing. */
export type RestoredBackup = Readonly<{ tenants: number; since: Instant }>;

/** One owner may well withdraw a permission while no daemon runs; two at the same time hardly do. */
const FEWEST = 2;

/**
 * Whether the refresh tokens seem to have been replaced by a Linkwatch of which this database knows nothing. A
 * permission that is withdrawn shows between two polls of the schedule. In a restored database a time is missing
 * instead, the same for all tenants, and the first polls after it are refused where a refresh fell into that time.
 */
export function restoredBackup(
  refused: readonly RefusedTenant[],
  { tenants }: Readonly<{ tenants: number }>,
): RestoredBackup | null {
  const afterGap = refused.filter(
    ({ lastGoodPollAt, refusedSince, intervalMs }) => refusedSince - lastGoodPollAt > speaksForMs(intervalMs),
  );
  const since = Math.max(...afterGap.map(({ lastGoodPollAt }) => lastGoodPollAt));
  const sameGap = afterGap.filter(({ refusedSince }) => refusedSince > since);
  return sameGap.length < Math.min(FEWEST, Math.max(tenants, 1)) ? null : { tenants: sameGap.length, since };
}
