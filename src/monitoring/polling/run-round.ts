import { needsRecheck } from '../../domain/model/incident-table.ts';
import type { Poll } from '../../domain/model/poll.ts';
import type { TenantUpdate } from '../../domain/model/tenant-record.ts';
import { waitForRequestsMs } from '../../domain/polling/put-off.ts';
import type { RoundScope, RoundTally } from '../application.ts';
import type { GiveBack } from '../give-back.ts';
import { batchesOf } from '../pages.ts';
import type { Log, Observer, Stores, Surroundings, TenantToPoll } from '../ports.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import { type BatchRecorder, createBatchRecorder } from './batch-recorder.ts';
import { type ExplainRefusalPorts, explainRefusal, type Refused } from './explain-refusal.ts';
import { type LookAtPagesPorts, lookAtPages, type Polled } from './look-at-pages.ts';
import { createPatientRecorder } from './patient-recorder.ts';
import type { PollClaims, RoundClaims } from './poll-claims.ts';
import { type PollTenantPorts, pollTenant, type SamePoll } from './poll-tenant.ts';
import { addToTally, EMPTY_TALLY, type PollPlan, recordPolls } from './record-polls.ts';
import { recordUnchanged } from './record-unchanged.ts';
import { createRequestAllotment, type RequestAllotment } from './request-allotment.ts';
import { createRoundFailures, type RoundFailures } from './round-failures.ts';

/** Tenants claimed at once, and written in one transaction. */
const BATCH = 100;
/** Polls that found nothing new cost little, so that the statements themselves show. */
const UNCHANGED_BATCH = 500;

export type RoundPorts = Surroundings &
  Omit<PollTenantPorts, 'takeRequest' | 'signal' | 'lookAtPages' | 'explainRefusal' | 'constantContact'> &
  Pick<LookAtPagesPorts, 'readDemand'> &
  Pick<Stores, 'polls' | 'quota' | 'records' | 'holds' | 'faults'> &
  Readonly<{
    claims: PollClaims;
    giveBack: GiveBack;
    observer: Pick<Observer, 'polled'>;
    constantContact: PollTenantPorts['constantContact'] &
      LookAtPagesPorts['constantContact'] &
      ExplainRefusalPorts['constantContact'];
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
  const claims = ports.claims.begin();
  const failures = createRoundFailures(ports.log, claims);
  const counts = { toAsk: 0, begun: 0, refused: 0 };
  const tenants = tenantsToAsk(scope, { ...ports, claims }, (count) => {
    counts.toAsk += count;
    requests.expect(count);
  });

  let tally = EMPTY_TALLY;
  const count = (updates: readonly TenantUpdate[], unchanged: readonly string[] = []) => {
    tally = addToTally(tally, updates, unchanged.length);
    claims.done([...unchanged, ...updates.map(({ tenantId }) => tenantId)]);
    onPoll?.({ polled: tally.polled, total: scope === 'due' ? null : counts.toAsk });
  };
  const recording = { ...ports, context, failures };
  const recorder = createBatchRecorder<Poll>(BATCH, async (polls) => count(await recordPolls(polls, recording)));
  const recordSame = async (polls: readonly SamePoll[]) => {
    const { updates, unchanged } = await recordUnchanged(polls, recording);
    count(updates, unchanged);
  };
  const sameRecorder = createPatientRecorder(UNCHANGED_BATCH, recordSame, ports.clock);
  const worker = { ports, requests, recorder, sameRecorder, signal, counts, claims, failures };
  const workers = Array.from({ length: ports.pollConcurrency }, () => pollAll(tenants, worker));
  try {
    await Promise.all(workers);
  } finally {
    // When one worker cannot go on, the polls that the others have in flight are finished and stored all the same.
    await Promise.allSettled(workers);
    await drained(worker).finally(() => giveBackTheRest(worker));
  }
  const notBegun = signal?.aborted ? 0 : counts.toAsk - counts.begun;
  // Besides its signal, a round is ended early by a store that does not work, or by lack of requests.
  const [broken, unasked] = failures.isStoreDown() ? [notBegun, 0] : [0, notBegun];
  tally = { ...tally, errors: failures.count() + broken, skipped: counts.refused + unasked };
  logRound(tally, ports.clock.now() - startedAt, ports.log);
  return tally;
}

async function drained({ recorder, sameRecorder }: Worker): Promise<void> {
  await sameRecorder.drained().finally(() => recorder.drained());
}

/** Whatever became of the round: what it has taken and not used is free again. */
async function giveBackTheRest({ ports, requests, counts, claims, failures, signal }: Worker): Promise<void> {
  const { giveBack, quota, clock } = ports;
  const isForRequests = !signal?.aborted && !failures.isStoreDown() && (counts.refused > 0 || requests.isUsedUp());
  await claims.giveBack(isForRequests ? waitForRequestsMs(clock.now()) : 0);
  const unused = requests.takeUnused();
  if (unused.count > 0) await giveBack.giveBack('requests of the day', () => unlessUnknown(quota.giveBack(unused)));
}

/** Requests that may have been given back already are not given back twice: then there would be too many. */
async function unlessUnknown(given: Promise<void>): Promise<void> {
  await given.catch((error: unknown) => {
    if (!(error instanceof StoreUnavailable) || !error.mayBeDone) throw error;
  });
}

/** Yields each tenant of the round once. All workers take from it; when one of them stops early, it ends for all. */
async function* tenantsToAsk(
  scope: RoundScope,
  { polls, claims }: Pick<RoundPorts, 'polls'> & Readonly<{ claims: RoundClaims }>,
  onClaimed: (count: number) => void,
): AsyncGenerator<TenantToPoll, void> {
  if (scope !== 'due') {
    const named = await polls.pollableTenants(scope === 'all' ? null : scope);
    onClaimed(named.length);
    for (const ids of batchesOf(named, BATCH)) yield* await polls.toPoll(ids);
    return;
  }
  // A tenant that comes due again meanwhile waits for the next round.
  for (let claimed = BATCH; claimed === BATCH; ) {
    const due = await claims.claim(BATCH);
    claimed = due.length;
    onClaimed(claimed);
    if (claimed > 0) yield* await polls.toPoll(due);
  }
}

type Worker = Readonly<{
  ports: RoundPorts;
  requests: RequestAllotment;
  recorder: BatchRecorder<Poll>;
  /** Of polls with the answer that their tenant rests on. */
  sameRecorder: BatchRecorder<SamePoll>;
  signal: AbortSignal | undefined;
  counts: { begun: number; refused: number };
  claims: RoundClaims;
  failures: RoundFailures;
}>;

async function pollAll(tenants: AsyncIterable<TenantToPoll>, worker: Worker): Promise<void> {
  const { ports, requests, signal, counts, failures } = worker;
  for await (const tenant of tenants) {
    if (signal?.aborted || requests.isUsedUp() || failures.isStoreDown()) return;
    counts.begun += 1;
    try {
      const takeRequest = await firstRequest(tenant.id, worker);
      if (takeRequest === null) {
        counts.refused += 1;
        continue;
      }
      const sending = countRequests(takeRequest, ports.constantContact);
      const questions = {
        lookAtPages: (polled: Polled) => lookAtPages(polled, ports),
        explainRefusal: (refused: Refused) => explainRefusal(refused, ports),
      };
      const poll = await pollTenant(tenant, { ...ports, ...sending, ...questions, signal }).finally(() =>
        requests.giveBack(sending.unsent()),
      );
      if (poll === null) return;
      await record(poll, worker);
    } catch (error) {
      failures.add([tenant.id], error, 'a tenant could not be polled');
    }
  }
}

async function record(poll: Poll | SamePoll, worker: Worker): Promise<void> {
  const { ports, requests, recorder, sameRecorder } = worker;
  if ('read' in poll) {
    ports.observer.polled({ ...poll, result: { outcome: 'observed', isPartial: false } });
    return await sameRecorder.add(poll);
  }
  ports.observer.polled(poll);
  if (poll.result.outcome === 'failed' && poll.result.failure.kind === 'quota_exceeded') await requests.exhaust();
  await recorder.add(poll);
}

/** A poll's requests: what was taken and never sent can be given back. A fetch that rejects has sent nothing. */
function countRequests(take: PollTenantPorts['takeRequest'], { fetchConnections }: RoundPorts['constantContact']) {
  let unsent = 1;
  return {
    takeRequest: async () => {
      const isTaken = await take();
      if (isTaken) unsent += 1;
      return isTaken;
    },
    constantContact: {
      fetchConnections: async (...request: Parameters<typeof fetchConnections>) => {
        const answer = await fetchConnections(...request);
        unsent -= 1;
        return answer;
      },
    },
    unsent: () => unsent,
  };
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
