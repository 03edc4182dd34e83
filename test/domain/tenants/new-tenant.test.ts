import { describe, expect, it } from '@jest/globals';
import { newTenant } from '../../../src/domain/tenants/new-tenant.ts';
import { NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';

const own = {
  id: 'tenant-1',
  name: "Jane's Bakery",
  timezone: 'UTC',
  locale: 'en',
  schedule: null,
  intervalMs: ms('1h'),
};

describe('A new tenant', () => {
  it('is due for its first poll at once, or waits for somebody to connect the account', () => {
    expect(newTenant(own, 'active', NOW)).toMatchObject({ ...own, state: 'active', nextPollAt: NOW });
    expect(newTenant(own, 'unconnected', NOW)).toMatchObject({ ...own, state: 'unconnected', nextPollAt: null });
  });

  it('has nothing behind it, and of its settings what it is given', () => {
    expect(newTenant({ ...own, externalId: 'host-7' }, 'active', NOW)).toMatchObject({
      externalId: 'host-7',
      applicationId: null,
      accountId: null,
      senderName: null,
      createdAt: NOW,
      baselinedAt: null,
      lastPolledAt: null,
      lastGoodPollAt: null,
      recheckWanted: false,
      failing: null,
      pagesWanted: false,
      unreachableSince: null,
      linksSpentAt: null,
    });
  });
});
