import type { ConnectionNow } from '../connection-now.ts';
import { actionToAskFor } from '../model/incident.ts';
import { isAccessLost, isBeforeFirstGoodPoll, type Tenant } from '../model/tenant.ts';
import { openIncidentOf, type TenantRecord } from '../model/tenant-record.ts';

/** What there is to say of a whole account in one sentence; the owner's page and a host's banner say the same. */
export type SummaryKind =
  | 'paused'
  | 'access_lost'
  /** No poll has been good yet. */
  | 'not_yet'
  /** Somebody has to repair an account. */
  | 'needs_you'
  /** One poll has shown a break, and nobody is asked to do anything before another one does. */
  | 'suspected'
  /** A network limits posts. */
  | 'limited'
  /** We could not look, or Constant Contact cannot tell. */
  | 'unknown'
  | 'empty'
  | 'well';

export type Summary<Concerned> = Readonly<{
  kind: SummaryKind;
  /** The connections that make it so; none where it is about the whole account. */
  concerned: readonly Concerned[];
}>;

/** Only one poll has shown the break, or the repair, so far: no reason yet to ask somebody to do something. */
export type Unconfirmed = 'break' | 'repair' | null;

type Judged = Pick<ConnectionNow, 'health' | 'action'> & Readonly<{ unconfirmed: Unconfirmed }>;

/** Worst first: the first kind that a connection is of decides. */
const kinds: readonly (readonly [SummaryKind, (connection: Judged) => boolean])[] = [
  ['needs_you', ({ health, unconfirmed }) => health === 'broken' && unconfirmed === null],
  ['suspected', ({ health }) => health === 'broken'],
  ['limited', ({ health, action }) => health === 'waiting' && action === 'wait'],
  ['unknown', ({ health }) => health !== 'healthy'],
];

export function summarize<Connection extends Judged>(
  tenant: Pick<Tenant, 'state' | 'baselinedAt'>,
  connections: readonly Connection[],
): Summary<Connection> {
  if (tenant.state === 'paused') return { kind: 'paused', concerned: [] };
  if (hasLostAccess(tenant)) return { kind: 'access_lost', concerned: [] };
  if (isBeforeFirstGoodPoll(tenant)) return { kind: 'not_yet', concerned: [] };
  const present = connections.filter(({ health }) => health !== 'removed');
  if (present.length === 0) return { kind: 'empty', concerned: [] };
  const all = kinds.map(([kind, isSo]) => ({ kind, concerned: present.filter(isSo) }));
  return all.find(({ concerned }) => concerned.length > 0) ?? { kind: 'well', concerned: [] };
}

/**
 * What would give us our access back; null while we have it, or have never had it. A 401 that lasts asks for a new
 * permission as well, though the tenant is polled on: its incident says so.
 */
export function accessActionOf(
  record: Pick<TenantRecord, 'tenant' | 'incidents'>,
): 'reauthorize' | 'privileges' | null {
  if (!hasLostAccess(record.tenant)) return null;
  const incident = openIncidentOf(null, record);
  const isForNewPermission = incident !== null && actionToAskFor(incident) === 'reauthorize';
  return isForNewPermission || record.tenant.state === 'reauthorize' ? 'reauthorize' : 'privileges';
}

function hasLostAccess(tenant: Pick<Tenant, 'state' | 'baselinedAt'>): boolean {
  return isAccessLost(tenant) && !isBeforeFirstGoodPoll(tenant);
}
