import { refusedGrantKind } from '../../domain/detection/explain-refusal.ts';
import type { Grant, NewGrant } from '../../domain/model/grant.ts';
import { failureOf, type PollFailure, type PollFailureKind } from '../../domain/model/poll.ts';
import { refreshFailureOf } from '../../domain/model/refresh.ts';
import { SECOND_MS } from '../../domain/model/time.ts';
import type { ApiResult, Clock, GrantStore, Log, NewId } from '../ports.ts';
import type { RetriedWrites } from '../retried-writes.ts';
import { type Lease, takeLease } from './refresh-lease.ts';
import type { UnstoredGrants } from './unstored-grants.ts';

/** A process that refreshed just before us has stored its tokens by then. */
const SETTLE_MS = SECOND_MS;
/** Other processes use the token endpoint too, and a throttled request has not used up the refresh token. */
const MOST_ATTEMPTS = 3;
const LONGEST_PAUSE_MS = 5 * SECOND_MS;

/** `stopping`: the process is about to end, so nothing was asked. */
export type RefreshResult =
  | Readonly<{ ok: true; grant: NewGrant }>
  | Readonly<{ ok: false; failure: PollFailure | 'stopping' }>;

/** A tenant whose grant is wanted; `serves` says which stored grant will do without a refresh. */
export type Wanted = Readonly<{ tenantId: string; serves: (grant: NewGrant) => boolean }>;

export type RefreshPorts = Readonly<{
  grants: GrantStore;
  unstored: UnstoredGrants;
  clock: Clock;
  log: Log;
  /** A name for each lease. */
  newHolder: NewId;
  retriedWrites: RetriedWrites;
  /** Why no refresh token may be presented at the moment; null when one may. */
  whyNotNow(): RefreshResult | null;
  /** Waits for a slot at the token endpoint, and spends the grant's refresh token. The lease is renewed meanwhile. */
  present(grant: Grant): Promise<ApiResult<NewGrant>>;
}>;

type Leased = Readonly<{ wanted: Wanted; lease: Lease }>;

/** Refreshes a stored grant, unless another process is about to: that is `busy`. Throws what the store throws. */
export async function tryRefresh(wanted: Wanted, ports: RefreshPorts): Promise<RefreshResult | 'busy'> {
  const { tenantId } = wanted;
  const newest = ports.unstored.of(tenantId);
  if (newest !== null && !wanted.serves(newest)) throw new Error('the newest grant of this tenant is not stored yet');
  const held = heldBy(newest ?? (await ports.grants.read(tenantId)), wanted);
  if (held !== null) return held;
  const refused = ports.whyNotNow();
  if (refused !== null) return refused;
  const lease = await takeLease(tenantId, ports);
  if (lease === null) return 'busy';
  try {
    return await refreshLeased({ wanted, lease }, ports);
  } finally {
    if (ports.unstored.of(tenantId) === null) await lease.end();
  }
}

async function refreshLeased(leased: Leased, ports: RefreshPorts): Promise<RefreshResult | 'busy'> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const grant = await grantToPresent(leased, ports);
    if (grant === 'busy' || 'ok' in grant) return grant;
    const answer = await ports.present(grant);
    const held = answer.ok
      ? await afterAnswer(answer.value, { ...leased, grant }, ports)
      : await afterFailure(answer.failure, { ...leased, grant, attempt }, ports);
    if (held !== 'again') return held;
  }
  return failed('timeout', 'the stored grant kept changing while it was refreshed');
}

/** All that must be so before a refresh token is spent. */
async function grantToPresent({ wanted, lease }: Leased, ports: RefreshPorts): Promise<Grant | RefreshResult | 'busy'> {
  // Another process may have refreshed since we looked.
  const grant = await ports.grants.read(wanted.tenantId);
  const held = heldBy(grant, wanted);
  if (grant === null || held !== null) return held ?? noGrant();
  if (!(await lease.extend())) return 'busy';
  return ports.whyNotNow() ?? grant;
}

async function afterAnswer(
  refreshed: NewGrant,
  { wanted, lease, grant }: Leased & Readonly<{ grant: Grant }>,
  { unstored, log }: RefreshPorts,
): Promise<RefreshResult | 'again'> {
  const { tenantId } = wanted;
  log.debug({ tenantId }, 'refreshed an access token');
  const stored = await unstored.store({ tenantId, presented: grant, grant: refreshed, lease });
  return stored === 'stored' || stored === 'waiting' ? { ok: true, grant: refreshed } : 'again';
}

async function afterFailure(
  failure: PollFailure,
  { wanted, grant, attempt }: Leased & Readonly<{ grant: Grant; attempt: number }>,
  ports: RefreshPorts,
): Promise<RefreshResult | 'again'> {
  const { grants, clock } = ports;
  if (failure.kind === 'invalid_grant') {
    await clock.sleep(SETTLE_MS);
    const stored = await grants.read(wanted.tenantId);
    if (stored !== null && stored.refreshToken !== grant.refreshToken) return 'again';
    return await failedFor({ ...failure, kind: refusedGrantKind(grant.scopes) }, { wanted, grant }, ports);
  }
  const pauseMs = Math.max(attempt * SECOND_MS, failure.retryAfterMs ?? 0);
  if (failure.kind !== 'throttled' || attempt === MOST_ATTEMPTS || pauseMs > LONGEST_PAUSE_MS)
    return await failedFor(failure, { wanted, grant }, ports);
  await clock.sleep(pauseMs);
  return 'again';
}

/** One failure says little; the store counts them. Our own refused client says nothing of this grant. */
async function failedFor(
  failure: PollFailure,
  { wanted: { tenantId }, grant: { revision } }: Readonly<{ wanted: Wanted; grant: Grant }>,
  { grants, clock, log }: RefreshPorts,
): Promise<RefreshResult> {
  if (failure.kind === 'invalid_client') return { ok: false, failure };
  const failed = { tenantId, revision, kind: failure.kind, now: clock.now() };
  const trouble = await grants.noteFailure(failed).catch((error: unknown) => {
    log.debug({ tenantId, err: error }, 'a failed refresh could not be counted');
    return null;
  });
  return { ok: false, failure: refreshFailureOf(failure, trouble, clock.now()) };
}

/** Null when there is a grant that does not serve. */
function heldBy(grant: NewGrant | null, { serves }: Wanted): RefreshResult | null {
  if (grant === null) return noGrant();
  return serves(grant) ? { ok: true, grant } : null;
}

export const STOPPING: RefreshResult = { ok: false, failure: 'stopping' };

function noGrant(): RefreshResult {
  return failed('invalid_grant', 'no grant is stored for this tenant');
}

export function failed(kind: PollFailureKind, detail: string): RefreshResult {
  return { ok: false, failure: failureOf(kind, detail) };
}
