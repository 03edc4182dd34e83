import type { AlertSettings } from './model/settings.ts';
import type { TenantRecord } from './model/tenant-record.ts';
import { DAY_MS, HOUR_MS, type Instant } from './model/time.ts';

/**
 * Whether the canary's connection shows itself broken at the moment: from the first poll of a UTC day until its contact
 * is told. An attempt that comes to nothing ends with its day, so that the next day has its own.
 */
export function isCanaryBroken(
  { tenant, incidents }: Pick<TenantRecord, 'tenant' | 'incidents'>,
  lastToldAt: Instant | null,
  now: Instant,
): boolean {
  if (tenant.baselinedAt === null || isSameDay(lastToldAt, now)) return false;
  const open = incidents.find(({ state }) => state !== 'closed');
  return open === undefined || (open.alerting.lastAlert === null && isSameDay(open.openedAt, now));
}

/**
 * Between two mails of the canary so much time may pass: a day, what certainty takes, and an hour for whatever else is
 * slow.
 */
export function canaryMayTakeMs({ recheckAfterMs, confirmPolls, recoveryPolls, groupWaitMs }: AlertSettings): number {
  return DAY_MS + recheckAfterMs * (confirmPolls + recoveryPolls) + groupWaitMs + HOUR_MS;
}

function isSameDay(at: Instant | null, other: Instant): boolean {
  return at !== null && Math.floor(at / DAY_MS) === Math.floor(other / DAY_MS);
}
