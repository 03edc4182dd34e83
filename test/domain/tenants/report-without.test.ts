import { describe, expect, it } from '@jest/globals';
import type { Digest } from '../../../src/domain/model/digest.ts';
import type { OperatorReport, RecipientGoneReport } from '../../../src/domain/model/operator-report.ts';
import { reportWithout } from '../../../src/domain/tenants/report-without.ts';
import { NOW } from '../../support/builders.ts';

const none = { items: [], total: 0 };
const empty: Digest = {
  stillBroken: none,
  accessLost: none,
  unreachable: none,
  failing: none,
  checksFailing: none,
  unsettled: none,
  mailFailed: none,
  held: none,
  quota: null,
};
const line = (tenantId: string) => ({ tenantId, tenantName: `Name of ${tenantId}` });
const failing = (...ids: readonly string[]) => ids.map((id) => ({ ...line(id), kind: 'timeout', since: NOW }) as const);
const gone: RecipientGoneReport = {
  about: 'recipient_gone',
  ...line('mill'),
  email: 'bob@mill.example',
  role: 'owner',
  why: 'unsubscribed',
  response: null,
  left: 0,
};
const neverWorked = (...ids: readonly string[]): OperatorReport => ({
  about: 'never_worked',
  tenants: { items: ids.map((id) => ({ ...line(id), failure: 'timeout' })), total: ids.length },
});
const stopped: OperatorReport = {
  about: 'webhook_stopped',
  tenantId: 'mill',
  endpointId: 'webhook-1',
  host: 'host.example',
  why: 'failing',
  since: NOW,
  response: null,
};
const digest = (given: Partial<Digest>): OperatorReport => ({ about: 'digest', digest: { ...empty, ...given } });

describe('The report to the operator, once a tenant is erased', () => {
  it.each<[string, OperatorReport, OperatorReport | null]>([
    ['goes with the tenant that alone it is about', gone, null],
    ['stays when it is about another', { ...gone, tenantId: 'bakery' }, { ...gone, tenantId: 'bakery' }],
    ['stays when it names no tenant', { about: 'trial' }, { about: 'trial' }],
    ['goes with the one tenant that never worked', neverWorked('mill'), null],
    ['keeps the other tenants that never worked', neverWorked('mill', 'bakery'), neverWorked('bakery')],
    ['goes with the tenant whose webhooks stopped', stopped, null],
    [
      'keeps the other lines of a list, and counts one less',
      digest({ failing: { items: failing('mill', 'bakery'), total: 9 } }),
      digest({ failing: { items: failing('bakery'), total: 8 } }),
    ],
    ['goes when nothing is left in it', digest({ failing: { items: failing('mill', 'mill'), total: 2 } }), null],
    [
      'stays for what is no line about a tenant',
      digest({ failing: { items: failing('mill'), total: 1 }, quota: { perDay: 10, planned: 20, stretch: 2 } }),
      digest({ quota: { perDay: 10, planned: 20, stretch: 2 } }),
    ],
  ])('%s', (_, report, expected) => {
    expect(reportWithout(report, 'mill')).toEqual(expected);
  });

  it.each(['accessLost', 'stillBroken', 'unreachable', 'checksFailing', 'unsettled', 'mailFailed'] as const)(
    'says no more of it among %s',
    (section) => {
      const report = digest({ [section]: { items: [line('mill'), line('bakery')], total: 2 } });
      expect(JSON.stringify(reportWithout(report, 'mill'))).not.toContain('mill');
      expect(JSON.stringify(reportWithout(report, 'mill'))).toContain('bakery');
    },
  );
});
