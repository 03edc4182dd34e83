import { describe, expect, it } from '@jest/globals';
import { decideNeverWorked, type NeverWorked, reportNeverWorked } from '../../../src/domain/faults/never-worked.ts';
import { layerOf, pollFailureKinds } from '../../../src/domain/model/poll.ts';
import type { IncidentDecision } from '../../../src/domain/model/reasons.ts';
import type { Tenant } from '../../../src/domain/model/tenant.ts';
import { aConfirmedIncident, aTenant, NOW } from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { ms } from '../../support/domain-time.ts';

describe('when the operator is told of access that has never worked', () => {
  const since = (...ago: readonly string[]) =>
    ago.map((each, index) => ({ tenantId: `tenant-${index}`, confirmedAt: NOW - ms(each) }));
  it.each<[string, NeverWorked, string, string]>([
    ['not without any', { untold: [], inDoubt: 0 }, 'none', 'all_told'],
    ['not at once: more may follow', { untold: since('1m'), inDoubt: 0 }, 'wait', 'more_may_follow'],
    ['when none has followed for GROUP_WAIT', { untold: since('2m'), inDoubt: 0 }, 'tell', 'all_known'],
    ['not while the latest is newer', { untold: since('40m', '1m'), inDoubt: 0 }, 'wait', 'more_may_follow'],
    ['not while another new one is in doubt', { untold: since('40m'), inDoubt: 1 }, 'wait', 'more_may_follow'],
    ['after an hour all the same', { untold: since('1h', '1m'), inDoubt: 400 }, 'tell', 'waited_long_enough'],
  ])('%s', (_, view, kind, reason) => {
    expect(decideNeverWorked(view, { now: NOW, groupWaitMs: ms('2m') })).toEqual({ kind, reason });
  });
});

describe('what the operator is told', () => {
  const recordOf = (
    id: string,
    decision: IncidentDecision = 'before_first_good_poll',
    tenant: Partial<Tenant> = {},
    action: 'reauthorize' | 'privileges' = 'reauthorize',
  ) =>
    aRecord({
      tenant: aTenant({ id, name: `Name of ${id}`, state: 'reauthorize', ...tenant }),
      incidents: [
        aConfirmedIncident({
          id: `access-${id}`,
          tenantId: id,
          connectionId: null,
          action,
          alerting: { decision },
        }),
      ],
    });

  it('names the first ten of five hundred, counts all, and remembers of each that it was told', () => {
    const records = Array.from({ length: 500 }, (_, index) => recordOf(`tenant-${index}`));
    const { updates, report } = reportNeverWorked(records);
    expect(report?.tenants.total).toBe(500);
    expect(report?.tenants.items).toHaveLength(10);
    expect(report?.tenants.items[0]).toEqual({
      tenantId: 'tenant-0',
      tenantName: 'Name of tenant-0',
      failure: 'invalid_grant',
    });
    expect(updates).toHaveLength(500);
    expect(updates[499]?.incidents[0]?.alerting.decision).toBe('operator_told');
  });

  it('says how it was refused', () => {
    const failing = { kind: 'unauthorized', since: NOW } as const;
    const { report } = reportNeverWorked([recordOf('bakery', 'before_first_good_poll', { failing })]);
    expect(report?.tenants.items).toMatchObject([{ failure: 'unauthorized' }]);
  });

  it.each<[string, Partial<Tenant>, 'reauthorize' | 'privileges', string]>([
    ['a timeout after a refused access token', { state: 'access_denied' }, 'reauthorize', 'unauthorized'],
    ['a timeout after a missing privilege', { state: 'access_denied' }, 'privileges', 'forbidden'],
    ['a timeout after a refused refresh token', { state: 'reauthorize' }, 'reauthorize', 'invalid_grant'],
  ])('says how it was refused, and not what failed since: %s', (_, tenant, action, failure) => {
    for (const kind of pollFailureKinds.filter((each) => layerOf(each) !== 'access')) {
      const { report } = reportNeverWorked([
        recordOf('bakery', 'before_first_good_poll', { ...tenant, failing: { kind, since: NOW } }, action),
      ]);
      expect(report?.tenants.items).toMatchObject([{ failure }]);
    }
  });

  it.each([
    ['that another process has told of', recordOf('bakery', 'operator_told')],
    ['that has worked meanwhile', recordOf('bakery', 'before_first_good_poll', { baselinedAt: NOW })],
  ])('nothing of a tenant %s', (_, record) => {
    expect(reportNeverWorked([record])).toEqual({ updates: [], report: null });
  });
});
