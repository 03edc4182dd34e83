import type { AssessmentContext } from '../domain/assess-poll.ts';
import type { Poll } from '../domain/poll.ts';
import { type BatchRecorder, createBatchRecorder } from './batch-recorder.ts';
import { type PollTenantPorts, pollTenant } from './poll-tenant.ts';
import type { Clock, Log, PollQueue, RequestPurpose, RequestQuota, TenantRecords } from './ports.ts';
import { recordPolls } from './record-polls.ts';
import { createRequestAllotment, type RequestAllotment } from './request-allotment.ts';
import { addToTally, EMPTY_TALLY, type RoundTally } from './round-tally.ts';

/** Tenants written in one transaction, and taken from the queue at once. */
const BATCH = 100;
/** Tenants of a worker that died are due again after this. */
const CLAIM_LEASE_MS = 10 * 60_000;

export type RoundPorts = Omit<PollTenantPorts, 'takeRequest'> &
  Readonly<{ log: Log; queue: PollQueue; quota: RequestQuota; records: TenantRecords }>;

export type RoundSettings = Readonly<{ pollConcurrency: number; assessment: AssessmentContext }>;

/** Which tenants a round asks, each of them once: those that are due, those named, or all. */
export type RoundScope = Readonly<{ kind: 'due' }> | Readonly<{ kind: 'named'; tenantIds: readonly string[] | null }>;

export type RoundOptions = Readonly<{
  scope: RoundScope;
  /** Aborted: no further tenant is asked; what is in flight is finished and stored. */
  signal?: AbortSignal;
  onPoll?: (progress: Readonly<{ polled: number; total: number | null }>) => void;
}>;

/** One round: due tenants -> poll each -> record what follows, batch by batch. Mail is delivered by its own step. */
export async function runRound(
  ports: RoundPorts,
  settings: RoundSettings,
  { scope, signal, onPoll }: RoundOptions,
): Promise<RoundTally> {
  const startedAt = ports.clock.now();
  const { tenantIds, total } = await tenantsOf(scope, ports);
  const purpose: RequestPurpose = scope.kind === 'named' && scope.tenantIds !== null ? 'recheck' : 'poll';
  const requests = createRequestAllotment(ports.quota, ports.clock, { purpose, expected: total ?? BATCH });

  let tally = EMPTY_TALLY;
  const recorder = createBatchRecorder<Poll>(BATCH, async (polls) => {
    const updates = await recordPolls(polls, { ...ports, context: settings.assessment });
    tally = addToTally(tally, updates);
    onPoll?.({ polled: tally.polled, total });
  });
  const worker = { ports, requests, recorder, signal };
  await Promise.all(Array.from({ length: settings.pollConcurrency }, () => pollAll(tenantIds, worker)));
  await recorder.drained();
  logRound(tally, ports.clock.now() - startedAt, ports.log);
  return tally;
}

type TenantIds = AsyncGenerator<string, void>;

async function tenantsOf(
  scope: RoundScope,
  { queue, clock }: RoundPorts,
): Promise<Readonly<{ tenantIds: TenantIds; total: number | null }>> {
  if (scope.kind === 'due') return { tenantIds: dueTenants(queue, clock), total: null };
  const ids = await queue.pollableTenants(scope.tenantIds);
  return { tenantIds: each(ids), total: ids.length };
}

/** Due when the round began: a tenant that comes due again meanwhile waits for the next round. */
async function* dueTenants(queue: PollQueue, clock: Clock): TenantIds {
  const now = clock.now();
  for (;;) {
    const claimed = await queue.claimDueTenants({ now, leaseUntil: now + CLAIM_LEASE_MS, limit: BATCH });
    yield* claimed;
    if (claimed.length < BATCH) return;
  }
}

async function* each(ids: readonly string[]): TenantIds {
  yield* ids;
}

type Worker = Readonly<{
  ports: RoundPorts;
  requests: RequestAllotment;
  recorder: BatchRecorder<Poll>;
  signal: AbortSignal | undefined;
}>;

async function pollAll(tenantIds: TenantIds, { ports, requests, recorder, signal }: Worker): Promise<void> {
  for await (const tenantId of shared(tenantIds)) {
    if (signal?.aborted || !(await requests.take())) return;
    try {
      const poll = await pollTenant(tenantId, { ...ports, takeRequest: requests.take });
      if (poll.result.outcome === 'failed' && poll.result.failure.kind === 'quota_exceeded') await requests.exhaust();
      await recorder.add(poll);
    } catch (error) {
      ports.log.error({ err: error, tenantId }, 'a tenant could not be polled');
    }
  }
}

/** Several workers take from one iterator; one that stops early must not close it for the others. */
function shared(tenantIds: TenantIds): AsyncIterable<string> {
  return { [Symbol.asyncIterator]: () => ({ next: () => tenantIds.next() }) };
}

function logRound({ polled, failed, changes, incidents }: RoundTally, durationMs: number, log: Log): void {
  const fields = { polled, failed, changes: changes.length, ...incidents, durationMs };
  if (polled > 0) log.info(fields, 'round finished');
  else log.debug(fields, 'round finished');
}
