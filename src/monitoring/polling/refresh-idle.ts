import type { Clock, GrantStore, Log } from '../ports.ts';
import type { TokenResult } from './poll-tenant.ts';

/** Grants that one run refreshes at most; the others wait for the next run. */
const MOST = 100;
/** The token endpoint does not work, and asking on for the others would only spend time. */
const FAILURES_TO_STOP = 3;

export type RefreshIdlePorts = Readonly<{
  grants: Pick<GrantStore, 'idle'>;
  access: Readonly<{ keepAlive(tenantId: string): Promise<TokenResult> }>;
  clock: Clock;
  log: Log;
}>;

/**
 * Refreshes the grants that no poll has refreshed for long, those of paused tenants above all: an unused refresh token
 * stops working. One at a time, within the rate of the token endpoint.
 */
export async function refreshIdle(
  { grants, access, clock, log }: RefreshIdlePorts,
  signal?: AbortSignal,
): Promise<void> {
  const tenantIds = await grants.idle({ now: clock.now(), limit: MOST });
  let refreshed = 0;
  let failedInARow = 0;
  for (const tenantId of tenantIds) {
    if (signal?.aborted || failedInARow === FAILURES_TO_STOP) break;
    const result = await access.keepAlive(tenantId);
    if (!result.ok && result.failure === 'stopping') break;
    refreshed += Number(result.ok);
    failedInARow = result.ok ? 0 : failedInARow + 1;
    if (!result.ok) log.warn({ tenantId, failure: result.failure }, 'an idle grant could not be refreshed');
  }
  if (tenantIds.length > 0) log.info({ due: tenantIds.length, refreshed }, 'idle grants refreshed');
}
