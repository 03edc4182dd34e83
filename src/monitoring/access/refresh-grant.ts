import pLimit from 'p-limit';
import type { Grant, NewGrant } from '../../domain/model/grant.ts';
import type { PollFailure } from '../../domain/model/poll.ts';
import { SECOND_MS } from '../../domain/model/time.ts';
import type { ApiResult, Clock, ConstantContact, GrantStore, Log } from '../ports.ts';

const LEASE_MS = 30 * SECOND_MS;
/** What a refresh may need besides its request: its turn among the others at the token endpoint, and the store. */
const LEASE_SLACK_MS = 15 * SECOND_MS;
/** With one request a second at the token endpoint, the last of these still begins well within its lease. */
const REFRESHES_AT_ONCE = 8;
const WAIT_STEP_MS = 250;
/** A process that refreshed just before us has stored its tokens by then. */
const SETTLE_MS = SECOND_MS;
const STORE_ATTEMPTS = 3;
/** Other processes use the token endpoint too, and a throttled request has not used up the refresh token. */
const THROTTLED_ATTEMPTS = 3;
const LONGEST_PAUSE_MS = 5 * SECOND_MS;

export type RefreshOptions = Readonly<{
  grants: GrantStore;
  constantContact: Pick<ConstantContact, 'refresh'>;
  clock: Clock;
  log: Log;
  requestTimeoutMs: number;
}>;

export type Held = Readonly<{ ok: true; grant: NewGrant }> | Readonly<{ ok: false; failure: PollFailure }>;

/** A tenant whose grant is wanted; `serves` says which stored grant will do without a refresh. */
export type Wanted = Readonly<{ tenantId: string; serves: (grant: NewGrant) => boolean }>;

/** Refreshes a stored grant, one process at a time: another's refresh is waited for, and its grant used. */
export function createGrantRefresh(options: RefreshOptions): (wanted: Wanted) => Promise<Held> {
  const { clock } = options;
  const leaseMs = Math.max(LEASE_MS, options.requestTimeoutMs + LEASE_SLACK_MS);
  const limit = pLimit(REFRESHES_AT_ONCE);
  return async (wanted) => {
    // A process that died gives its lease back when it ends.
    const giveUpAt = clock.now() + leaseMs + WAIT_STEP_MS;
    do {
      const held = await limit(() => tryRefresh(wanted, leaseMs, options));
      if (held !== 'busy') return held;
      await clock.sleep(WAIT_STEP_MS);
    } while (clock.now() <= giveUpAt);
    return failed('timeout', 'another process did not finish refreshing this access token');
  };
}

async function tryRefresh(wanted: Wanted, leaseMs: number, options: RefreshOptions): Promise<Held | 'busy'> {
  const { grants, clock } = options;
  const held = heldBy(await grants.read(wanted.tenantId), wanted);
  if (held !== null) return held;
  const leaseUntil = clock.now() + leaseMs;
  if (!(await grants.lockRefresh(wanted.tenantId, clock.now(), leaseUntil))) return 'busy';
  try {
    return await refreshLocked(wanted, options, 'first attempt');
  } finally {
    // After its end the lease may be another process's, and unlocking would let in a third.
    if (clock.now() < leaseUntil) await grants.unlockRefresh(wanted.tenantId);
  }
}

async function refreshLocked(
  wanted: Wanted,
  options: RefreshOptions,
  attempt: 'first attempt' | 'last attempt',
): Promise<Held> {
  // Read under the lock: another process may have refreshed since we looked.
  const grant = await options.grants.read(wanted.tenantId);
  const held = heldBy(grant, wanted);
  if (grant === null || held !== null) return held ?? noGrant();
  const answer = await refreshPatiently(grant.refreshToken, options);
  if (answer.ok) {
    options.log.debug({ tenantId: wanted.tenantId }, 'refreshed an access token');
    if (await store(wanted.tenantId, { old: grant, next: answer.value }, options))
      return { ok: true, grant: answer.value };
  } else if (answer.failure.kind !== 'invalid_grant' || !(await wasReplaced(wanted.tenantId, grant, options))) {
    return answer;
  }
  // Somebody stored another grant meanwhile: that one counts.
  if (attempt === 'first attempt') return refreshLocked(wanted, options, 'last attempt');
  return failed('timeout', 'the stored grant kept changing while it was refreshed');
}

async function refreshPatiently(
  refreshToken: string,
  { constantContact, clock }: RefreshOptions,
): Promise<ApiResult<NewGrant>> {
  for (let attempt = 1; ; attempt++) {
    const answer = await constantContact.refresh(refreshToken);
    if (answer.ok || answer.failure.kind !== 'throttled' || attempt === THROTTLED_ATTEMPTS) return answer;
    const pauseMs = Math.max(attempt * SECOND_MS, answer.failure.retryAfterMs ?? 0);
    if (pauseMs > LONGEST_PAUSE_MS) return answer;
    await clock.sleep(pauseMs);
  }
}

/** Null when there is a grant that does not serve. */
function heldBy(grant: Grant | null, { serves }: Wanted): Held | null {
  if (grant === null) return noGrant();
  return serves(grant) ? { ok: true, grant } : null;
}

/** The old refresh token is dead by now, so a hiccup of the store must not lose the new one. */
async function store(
  tenantId: string,
  { old, next }: Readonly<{ old: Grant; next: NewGrant }>,
  { grants, clock, log }: RefreshOptions,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await grants.replace(tenantId, old.revision, next);
    } catch (error) {
      if (attempt === STORE_ATTEMPTS) throw error;
      log.warn({ tenantId, attempt, err: error }, 'could not store a refreshed grant; trying again');
      await clock.sleep(attempt * SECOND_MS);
    }
  }
}

async function wasReplaced(tenantId: string, used: Grant, { grants, clock }: RefreshOptions): Promise<boolean> {
  await clock.sleep(SETTLE_MS);
  const stored = await grants.read(tenantId);
  return stored !== null && stored.refreshToken !== used.refreshToken;
}

function noGrant(): Held {
  return failed('invalid_grant', 'no grant is stored for this tenant');
}

function failed(kind: PollFailure['kind'], detail: string): Held {
  return { ok: false, failure: { kind, detail, requestId: null, retryAfterMs: null } };
}
