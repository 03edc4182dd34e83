import { type Digest, isEmpty, type Listed } from '../model/digest.ts';
import type { OperatorReport } from '../model/operator-report.ts';

/** The report without what it says of a tenant that is erased; null when it says nothing else. */
export function reportWithout(report: OperatorReport, tenantId: string): OperatorReport | null {
  switch (report.about) {
    case 'recipient_gone':
    case 'webhook_stopped':
      return report.tenantId === tenantId ? null : report;
    case 'never_worked': {
      const tenants = listWithout(report.tenants, tenantId);
      return tenants.total === 0 ? null : { ...report, tenants };
    }
    case 'digest': {
      const digest = digestWithout(report.digest, tenantId);
      return isEmpty(digest) ? null : { ...report, digest };
    }
    default:
      return report;
  }
}

function digestWithout(digest: Digest, tenantId: string): Digest {
  const { stillBroken, accessLost, unreachable, failing, checksFailing, unsettled, mailFailed, ...untouched } = digest;
  return {
    stillBroken: listWithout(stillBroken, tenantId),
    accessLost: listWithout(accessLost, tenantId),
    unreachable: listWithout(unreachable, tenantId),
    failing: listWithout(failing, tenantId),
    checksFailing: listWithout(checksFailing, tenantId),
    unsettled: listWithout(unsettled, tenantId),
    mailFailed: listWithout(mailFailed, tenantId),
    ...untouched,
  };
}

function listWithout<Item extends Readonly<{ tenantId: string }>>(
  { items, total }: Listed<Item>,
  tenantId: string,
): Listed<Item> {
  const kept = items.filter((item) => item.tenantId !== tenantId);
  return { items: kept, total: total - (items.length - kept.length) };
}
