import type { Tenant } from '../model/tenant.ts';
import type { Instant } from '../model/time.ts';

type Own = Pick<Tenant, 'id' | 'name' | 'timezone' | 'locale' | 'schedule' | 'intervalMs'> &
  Partial<Pick<Tenant, 'externalId' | 'applicationId' | 'accountId' | 'senderName' | 'replyTo' | 'reconnectUrl'>>;

/** Due for its first poll at once, or waiting for somebody to connect the account. */
export function newTenant(own: Own, state: 'active' | 'unconnected', now: Instant): Tenant {
  return {
    externalId: null,
    applicationId: null,
    accountId: null,
    senderName: null,
    replyTo: null,
    reconnectUrl: null,
    ...own,
    state,
    createdAt: now,
    baselinedAt: null,
    lastPolledAt: null,
    lastGoodPollAt: null,
    nextPollAt: state === 'active' ? now : null,
    recheckWanted: false,
    failing: null,
    linksSpentAt: null,
    pagesAskedAt: null,
    pagesWanted: false,
    privilegesAskedAt: null,
    unreachableSince: null,
  };
}
