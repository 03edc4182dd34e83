import { type Connection, identityKey, speaksForMs } from '../model/connection.ts';
import type { Poll } from '../model/poll.ts';
import type { Rest } from '../model/rest.ts';
import type { Tenant } from '../model/tenant.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import { DAY_MS, type Instant } from '../model/time.ts';
import type { PlannedPoll, TenantToPlan } from './poll-plan.ts';

/**
 * A row stands for so many polls at most: it is read and written as fast as one poll, and is not kept much longer than
 * it should be.
 */
const MOST_REPEATS = 250;
const LONGEST_REST_MS = 7 * DAY_MS;

/**
 * Whether the tenant is at rest after a poll, by its record after that: then the same answer, before the present
 * periods end, would move these and the times of the tenant on and change nothing else. The tests hold `assess-poll.ts`
 * to that.
 */
export function restAfter(
  { tenant, connections, incidents, notifications }: TenantRecord,
  { at, result }: Poll,
): Rest | null {
  if (result.outcome === 'failed' || result.isPartial || result.digest === undefined) return null;
  const isOpen =
    tenant.state !== 'active' ||
    tenant.pagesWanted ||
    tenant.recheckWanted ||
    incidents.length + notifications.length > 0;
  // Of two rows of one account, spelt differently by an earlier version, a poll sees one alone.
  const isAmbiguous = new Set(connections.map(identityKey)).size < connections.length;
  if (isOpen || isAmbiguous || !connections.every((connection) => isAtRest(connection, tenant, at))) return null;
  return { digest: result.digest, since: at, repeats: 0, intervalMs: 0 };
}

function isAtRest(connection: Connection, { intervalMs }: Tenant, at: Instant): boolean {
  const { period, removedAt, unreachablePages, rateLimitedSince, checkFailedInvalidSince, checkFailedSince } =
    connection;
  const isCertain = period?.health === (removedAt === null ? 'healthy' : 'removed');
  const isCurrent = period?.to === at && period.speaksForMs === speaksForMs(intervalMs);
  const doubts = [unreachablePages, rateLimitedSince, checkFailedInvalidSince, checkFailedSince];
  return isCertain && isCurrent && doubts.every((doubt) => doubt === null);
}

/** A poll that found nothing new, as it is stored without a look at the record. */
export type UnchangedPoll = Readonly<{
  tenantId: string;
  at: Instant;
  planned: PlannedPoll;
  /** Stored only where the tenant's rest still is this one. */
  before: Rest;
  after: Rest;
}>;

/** A tenant as it was read before it was asked. */
export type Resting = TenantToPlan & Readonly<{ rest: Rest | null }>;

/** The one place that decides whether an answer needs no assessment; null: `assessPoll` is to see it. */
export function unchangedPoll(
  tenant: Resting,
  { at, digest }: Readonly<{ at: Instant; digest: string }>,
  planRegularPoll: (tenant: TenantToPlan, at: Instant) => PlannedPoll,
): UnchangedPoll | null {
  const { rest, lastPolledAt } = tenant;
  if (rest === null || lastPolledAt === null || rest.digest !== digest) return null;
  const intervalMs = at - lastPolledAt;
  if (intervalMs <= 0 || intervalMs > speaksForMs(tenant.intervalMs)) return null;
  if (rest.repeats >= MOST_REPEATS || at - rest.since > LONGEST_REST_MS) return null;
  const after = { ...rest, repeats: rest.repeats + 1, intervalMs };
  return { tenantId: tenant.id, at, planned: planRegularPoll(tenant, at), before: rest, after };
}
