import { type Action, actionOf, type Health, isInTrouble, type TenantHealth, worstHealth } from './model/condition.ts';
import { type Connection, hasGap, type Reading, type Snapshot } from './model/connection.ts';
import { UNKNOWN_STATUS } from './model/connection-status.ts';
import { type PageNames, pageNamesOf } from './model/pages.ts';
import { isAccessLost, type Tenant } from './model/tenant.ts';
import { openIncidentOf, type TenantRecord } from './model/tenant-record.ts';
import type { Instant } from './model/time.ts';

/** A connection as it is known to be at a moment. */
export type ConnectionNow = Reading &
  Readonly<{
    action: Action;
    /** While it is broken: its pages that can no longer be posted to, as far as they are known. */
    pages: PageNames | null;
    /**
     * In trouble: since the first bad poll of its incident. Unobserved: since no poll speaks for it. Otherwise: since
     * the polls give the same reading. Null when it was never observed.
     */
    since: Instant | null;
    /** The last poll that showed it. */
    observedAt: Instant | null;
  }>;

type Known = Pick<TenantRecord, 'tenant' | 'incidents'>;

export function connectionNow(connection: Connection, known: Known, now: Instant): ConnectionNow {
  const latest = connection.period;
  const period = periodNow(connection, known.tenant, now);
  const observedAt = latest?.to ?? null;
  if (period === null) {
    const since = latest === null ? null : unobservedSince(latest, known);
    const nothing = { conditions: [], action: 'none', pages: null, status: UNKNOWN_STATUS } as const;
    return { health: 'unobserved', ...nothing, since, observedAt };
  }
  const { health, conditions, status, from } = period;
  const incident = isInTrouble(health) ? openIncidentOf(connection.id, known) : null;
  const pages = health === 'broken' ? pageNamesOf(connection.unreachablePages) : null;
  const since = incident?.openedAt ?? from;
  return { health, conditions, action: actionOf(conditions), pages, status, since, observedAt };
}

export function healthNow(connection: Connection, tenant: Pick<Tenant, 'state'>, now: Instant): Health {
  return periodNow(connection, tenant, now)?.health ?? 'unobserved';
}

/** A tenant's health is its worst connection's; null when it is known to have none that count. */
export function tenantHealth(
  connections: readonly Health[],
  { baselinedAt }: Pick<Tenant, 'baselinedAt'>,
): TenantHealth | null {
  return worstHealth(connections) ?? (baselinedAt === null ? 'unobserved' : null);
}

/**
 * The period that speaks for the connection; null when none does: the last poll is too long ago, or our access to the
 * tenant is lost. A removed account stays removed, however long ago that was seen.
 */
function periodNow({ period }: Connection, tenant: Pick<Tenant, 'state'>, now: Instant): Snapshot | null {
  if (period === null || period.health === 'removed') return period;
  return isAccessLost(tenant) || hasGap(period, now) ? null : period;
}

function unobservedSince({ to, speaksForMs }: Snapshot, known: Known): Instant {
  const lostAt = isAccessLost(known.tenant) ? (openIncidentOf(null, known)?.openedAt ?? to) : Number.POSITIVE_INFINITY;
  return Math.min(lostAt, to + speaksForMs);
}
