import { type ConnectionNow, tenantHealth } from './connection-now.ts';
import { actionOf, type Condition, conditions, isInTrouble, type TenantHealth } from './model/condition.ts';
import type { Connection, Snapshot } from './model/connection.ts';
import { UNKNOWN_STATUS } from './model/connection-status.ts';
import type { Tenant } from './model/tenant.ts';
import type { Instant } from './model/time.ts';

/** Whether the tenant was there: added by then, and removed later, if at all. */
export function wasThere(
  { createdAt, removedAt }: Pick<Tenant, 'createdAt'> & Readonly<{ removedAt: Instant | null }>,
  at: Instant,
): boolean {
  return createdAt <= at && (removedAt === null || removedAt > at);
}

/** Before a tenant or a later connection was there, there was nothing that could have been observed. */
export function knownSince(
  { foundAtBaseline, firstSeenAt }: Pick<Connection, 'foundAtBaseline' | 'firstSeenAt'>,
  { createdAt }: Pick<Tenant, 'createdAt'>,
): Instant {
  return foundAtBaseline ? createdAt : firstSeenAt;
}

/** What is remembered of a connection at a past moment. */
export type RememberedConnection = Readonly<{
  /** The last one that had begun by then. */
  period: Snapshot | null;
  /** Since when its incident was open that was not closed yet. */
  incidentSince: Instant | null;
}>;

/**
 * A connection as it was at a past moment, by its history: the period of that moment, or unobserved. Which pages were
 * unreachable is not remembered, nor which of a period's polls was the last one by then.
 */
export function connectionThen({ period, incidentSince }: RememberedConnection, at: Instant): ConnectionNow {
  const observedAt = period !== null && period.to <= at ? period.to : null;
  const spokeUntil = period === null ? null : period.to + period.speaksForMs;
  if (period === null || spokeUntil === null || spokeUntil <= at) {
    const nothing = { conditions: [], action: 'none', pages: null, status: UNKNOWN_STATUS } as const;
    return { health: 'unobserved', ...nothing, since: spokeUntil, observedAt };
  }
  const { health, conditions: shown, status, from } = period;
  const since = (isInTrouble(health) ? incidentSince : null) ?? from;
  return { health, conditions: shown, action: actionOf(shown), pages: null, status, since, observedAt };
}

export type TenantThen = Readonly<{
  /** Its worst connection's; null when it was known to have none that count. */
  health: TenantHealth | null;
  /** All conditions that any of its connections had, the removed ones left out. */
  conditions: readonly Condition[];
  /** Since the first of the connections with that health had it; healthy: since the last of them had it. */
  since: Instant | null;
}>;

export function tenantThen(
  connections: readonly ConnectionNow[],
  { baselinedAt }: Pick<Tenant, 'baselinedAt'>,
  at: Instant,
): TenantThen {
  const healths = connections.map(({ health }) => health);
  const health = tenantHealth(healths, { baselinedAt: baselinedAt !== null && baselinedAt <= at ? baselinedAt : null });
  const times = connections.filter((one) => one.health === health).flatMap(({ since }) => since ?? []);
  const since = health === 'healthy' ? Math.max(...times) : Math.min(...times);
  const counted = connections.filter((one) => one.health !== 'removed');
  return {
    health,
    conditions: conditions.filter((each) => counted.some((one) => one.conditions.includes(each))),
    since: times.length === 0 ? null : since,
  };
}
