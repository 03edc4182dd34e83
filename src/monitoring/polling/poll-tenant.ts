import type { ConnectionPages } from '../../domain/model/connection.ts';
import type { GrantInUse, NewGrant } from '../../domain/model/grant.ts';
import type { Poll, PollFailure, PollResult } from '../../domain/model/poll.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { ApiResult, Clock, ConnectionsAnswer, ConstantContact, TenantToPoll, UnchangedAnswer } from '../ports.ts';
import { slept } from '../slept.ts';
import type { ForbiddenPoll } from './explain-refusal.ts';
import type { Polled } from './look-at-pages.ts';

/** A throttled request is worth one more try within the same poll, but not a long wait. */
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;

/** `stopping`: the process is about to end, so no access token was asked for. */
export type TokenResult =
  | Readonly<{ ok: true; accessToken: string; scopes?: NewGrant['scopes'] }>
  | Readonly<{ ok: false; failure: PollFailure | 'stopping' }>;

/** Keeps a tenant's tokens usable; see keep-access.ts. */
export interface Access {
  /** `stored`: what was read of the tenant's grant a moment ago; without it, it is read. */
  accessToken(tenantId: string, stored?: GrantInUse | null): Promise<TokenResult>;
  /** Another token than the one upstream refused: re-read if another process renewed it, else refreshed. */
  renewAfterUnauthorized(tenantId: string, rejectedAccessToken: string): Promise<TokenResult>;
}

export type PollTenantPorts = Readonly<{
  clock: Clock;
  access: Access;
  constantContact: Pick<ConstantContact, 'fetchConnections'>;
  /** Counts one more request of the day; false when none is left. */
  takeRequest: () => Promise<boolean>;
  /** Asks the second witness, when that is due; undefined when it is not. */
  lookAtPages: (polled: Polled) => Promise<readonly ConnectionPages[] | undefined>;
  /** Finds the cause of a 403. */
  explainRefusal: (refused: ForbiddenPoll) => Promise<PollResult>;
  /** Aborted: no pause and no slot is waited for any longer, and the poll ends with what it has. */
  signal?: AbortSignal | undefined;
}>;

/** A poll with the answer that the tenant rests on. `read` makes the whole poll of it, for whoever has to assess it. */
export type UnreadPoll = Omit<Poll, 'result'> & Readonly<{ tenant: TenantToPoll; digest: string; read(): Poll }>;

/**
 * Asks once for a tenant's connections: access -> fetch -> result. A failure is a result, never an exception. Null: the
 * process stops before it could ask.
 *
 * The poll has the time at which its last request was sent: a process that stood still looks at an answer hours later.
 */
export async function pollTenant(tenant: TenantToPoll, ports: PollTenantPorts): Promise<Poll | UnreadPoll | null> {
  const { clock } = ports;
  const startedAt = clock.now();
  const sent: { lastAt: Instant | null } = { lastAt: null };
  const onSend = () => {
    sent.lastAt = clock.now();
  };
  const result = await fetchWithAccess(tenant, { ...ports, onSend });
  if (result === 'stopping') return null;
  const endedAt = clock.now();
  const asked = { tenantId: tenant.id, at: sent.lastAt ?? endedAt, durationMs: endedAt - startedAt };
  if (!('read' in result)) return { ...asked, result };
  const { digest, read } = result;
  return { ...asked, tenant, digest, read: () => ({ ...asked, result: observed(read()) }) };
}

type Outcome = PollResult | UnchangedAnswer | 'stopping';

type Asking = PollTenantPorts & Readonly<{ onSend: () => void }>;

async function fetchWithAccess(tenant: TenantToPoll, ports: Asking): Promise<Outcome> {
  const token = await ports.access.accessToken(tenant.id, tenant.grant);
  if (!token.ok) return withoutToken(token.failure);
  const knownDigest = tenant.known?.rest?.digest;
  const first = await fetchWithPause({ accessToken: token.accessToken, knownDigest }, ports);
  // One 401 proves little: tokens refreshed minutes ago have been refused and accepted again (community m-p/340465).
  if (first === 'stopping' || first.ok || first.failure.kind !== 'unauthorized') {
    return await resultOf(first, { tenant, token }, ports);
  }

  const renewed = await ports.access.renewAfterUnauthorized(tenant.id, token.accessToken);
  if (!renewed.ok) return withoutToken(renewed.failure);
  if (!(await ports.takeRequest())) return failed(unprovenRefusal(first.failure));
  return await resultOf(
    await fetchWithPause({ accessToken: renewed.accessToken, knownDigest }, ports),
    { tenant, token: renewed },
    ports,
  );
}

/** `stopping`: nothing was sent, because the wait for a slot was cut short. */
type Answer = ApiResult<ConnectionsAnswer | UnchangedAnswer> | 'stopping';

type Request = Readonly<{ accessToken: string; knownDigest: string | undefined }>;

async function fetchWithPause(
  { accessToken, knownDigest }: Request,
  { clock, constantContact, takeRequest, signal, onSend }: Asking,
): Promise<Answer> {
  const fetch = (): Promise<Answer> =>
    constantContact.fetchConnections(accessToken, { signal, knownDigest, onSend }).catch((error: unknown) => {
      if (error === signal?.reason) return 'stopping';
      throw error;
    });
  const answer = await fetch();
  if (answer === 'stopping' || answer.ok || answer.failure.kind !== 'throttled') return answer;
  const pauseMs = Math.max(SHORTEST_PAUSE_MS, answer.failure.retryAfterMs ?? 0);
  if (pauseMs > LONGEST_PAUSE_MS || !(await takeRequest())) return answer;
  if (!(await slept(clock, pauseMs, signal))) return answer;
  const second = await fetch();
  return second === 'stopping' ? answer : second;
}

/** Without its second try a 401 must not count against our access: it is our own lack of requests. */
function unprovenRefusal(failure: PollFailure): PollFailure {
  return { ...failure, kind: 'throttled', detail: `${failure.detail}; no request of the day was left to try again` };
}

type By = Readonly<{ tenant: TenantToPoll; token: Extract<TokenResult, { ok: true }> }>;

async function resultOf(
  answer: Answer,
  { tenant, token: { accessToken, scopes } }: By,
  { lookAtPages, explainRefusal, signal }: PollTenantPorts,
): Promise<Outcome> {
  if (answer === 'stopping') return answer;
  if (!answer.ok) {
    const { failure } = answer;
    const isUnexplained = failure.kind === 'forbidden';
    const refusal = { tenantId: tenant.id, accessToken, scopes, failure, signal };
    return isUnexplained ? await explainRefusal(refusal) : failed(failure);
  }
  const { value } = answer;
  const pages = await lookAtPages({ tenant, accessToken, answer: value, signal });
  if (!('read' in value)) return observed(value, pages);
  return pages === undefined ? value : observed(value.read(), pages);
}

function observed(answer: ConnectionsAnswer, pages?: readonly ConnectionPages[]): PollResult {
  return { outcome: 'observed', ...answer, ...(pages === undefined ? {} : { pages }) };
}

function withoutToken(failure: PollFailure | 'stopping'): PollResult | 'stopping' {
  return failure === 'stopping' ? failure : failed(failure);
}

function failed(failure: PollFailure): PollResult {
  return { outcome: 'failed', failure };
}
