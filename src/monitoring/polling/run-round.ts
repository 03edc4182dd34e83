import { needsRecheck } from '../../domain/model/incident-table.ts';
import type { Poll } from '../../domain/model/poll.ts';
import { MINUTE_MS } from '../../domain/model/time.ts';
import type { RoundScope, RoundTally } from '../application.ts';
import type { Log, Stores, Surroundings } from '../ports.ts';
import { type BatchRecorder, createBatchRecorder } from './batch-recorder.ts';
import { type PollTenantPorts, pollTenant } from './poll-tenant.ts';
import { addToTally, EMPTY_TALLY, type PollPlan, recordPolls } from './record-polls.ts';
import { createRequestAllotment, type RequestAllotment } from './request-allotment.ts';

/** Tenants claimed at once, and written in one transaction. */
const BATCH = 100;
/** Tenants of a worker that died are due again after this. */
const CLAIM_LEASE_MS = 10 * MINUTE_MS;

export type RoundPorts = Surroundings &
  Omit<PollTenantPorts, 'takeRequest' | 'signal'> &
  Pick<Stores, 'polls' | 'quota' | 'records' | 'holds' | 'faults'> &
  Readonly<{
    /** Requests in flight at once. */
    pollConcurrency: number;
    /** How polls are planned from here on; the intervals may be stretched. */
    readPollPlan(): Promise<PollPlan>;
  }>;

export type RoundOptions = Readonly<{
  scope: RoundScope;
  /** Aborted: no further tenant is asked; what is in flight is finished and stored. */
  signal?: AbortSignal | undefined;
  onPoll?: (progress: Readonly<{ polled: number; total: number | null }>) => void;
}>;

/** One round: due tenants -> poll each -> record what follows, batch by batch. Mail is delivered by its own step. */
export async function runRound(ports: RoundPorts, { scope, signal, onPoll }: RoundOptions): Promise<RoundTally> {
  const startedAt = ports.clock.now();
  const { settings, operatorEmail, newId } = ports;
  const context = { settings, operatorEmail, newId, planRegularPoll: await ports.readPollPlan() };
  const requests = createRequestAllotment(ports.quota, ports.clock, Array.isArray(scope) ? 'recheck' : 'poll');
  const counts = { toAsk: 0, begun: 0, refused: 0, errors: 0 };
  const tenants = tenantsToAsk(scope, ports, (count) => {
    counts.toAsk += count;
    requests.expect(count);
  });

  let tally = EMPTY_TALLY;
  const recorder = createBatchRecorder<Poll>(BATCH, async (polls) => {
    const { updates, errors } = await recordPolls(polls, { ...ports, context });
    tally = addToTally(tally, updates);
    counts.errors += errors;
    onPoll?.({ polled: tally.polled, total: scope === 'due' ? null : counts.toAsk });
  });
  const worker = { ports, requests, recorder, signal, counts };
  const workers = Array.from({ length: ports.pollConcurrency }, () => pollAll(tenants, worker));
  try {
    await Promise.all(workers);
  } finally {
    // When one worker cannot go on, the polls that the others have in flight are finished and stored all the same.
    await Promise.allSettled(workers);
    await recorder.drained();
  }
  // A round that is not stopped by its signal ends early for lack of requests alone.
  const skipped = counts.refused + (signal?.aborted ? 0 : counts.toAsk - counts.begun);
  tally = { ...tally, errors: counts.errors, skipped };
  logRound(tally, ports.clock.now() - startedAt, ports.log);
  return tally;
}

/** Yields each tenant of the round once. All workers take from it; when one of them stops early, it ends for all. */
async function* tenantsToAsk(
  scope: RoundScope,
  { polls, clock }: RoundPorts,
  onClaimed: (count: number) => void,
): AsyncGenerator<string, void> {
  if (scope !== 'due') {
    const named = await polls.pollableTenants(scope === 'all' ? null : scope);
    onClaimed(named.length);
    yield* named;
    return;
  }
  // A tenant that comes due again meanwhile waits for the next round.
  const now = clock.now();
  for (let claimed = BATCH; claimed === BATCH; ) {
    const leaseUntil = clock.now() + CLAIM_LEASE_MS;
    const due = await polls.claimDueTenants({ now, leaseUntil, limit: BATCH });
    claimed = due.length;
    onClaimed(claimed);
    yield* due;
  }
}

type Worker = Readonly<{
  ports: RoundPorts;
  requests: RequestAllotment;
  recorder: BatchRecorder<Poll>;
  signal: AbortSignal | undefined;
  counts: { begun: number; refused: number; errors: number };
}>;

async function pollAll(tenants: AsyncIterable<string>, worker: Worker): Promise<void> {
  const { ports, requests, recorder, signal, counts } = worker;
  for await (const tenantId of tenants) {
    if (signal?.aborted || requests.isUsedUp()) return;
    counts.begun += 1;
    try {
      const takeRequest = await firstRequest(tenantId, worker);
      if (takeRequest === null) {
        counts.refused += 1;
        continue;
      }
      const poll = await pollTenant(tenantId, { ...ports, takeRequest, signal });
      if (poll === null) return;
      if (poll.result.outcome === 'failed' && poll.result.failure.kind === 'quota_exceeded') await requests.exhaust();
      await recorder.add(poll);
    } catch (error) {
      counts.errors += 1;
      ports.log.error({ err: error, tenantId }, 'a tenant could not be polled');
    }
  }
}

/** Takes a tenant's first request, and gives the place to take further ones from; null when no request is left. */
async function firstRequest(
  tenantId: string,
  { ports, requests }: Worker,
): Promise<PollTenantPorts['takeRequest'] | null> {
  if (await requests.take()) return requests.take;
  // The reserve is for tenants with an incident that another poll has to confirm, in one direction or the other.
  const [record] = await ports.records.read([tenantId]);
  const mayUseReserve = record?.incidents.some(needsRecheck) ?? false;
  return mayUseReserve && (await requests.takeReserve()) ? requests.takeReserve : null;
}

function logRound(tally: RoundTally, durationMs: number, log: Log): void {
  const { polled, failed, skipped, errors, clockCorrected, changes, incidents } = tally;
  const fields = { polled, failed, skipped, errors, changes: changes.length, ...incidents, durationMs };
  if (clockCorrected > 0) {
    log.warn({ tenants: clockCorrected }, 'the clock was ahead when these tenants were last polled; corrected');
  }
  if (polled > 0) log.info(fields, 'round finished');
  else log.debug(fields, 'round finished');
}
