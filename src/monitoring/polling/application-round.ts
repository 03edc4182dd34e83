import type { ClientApplication } from '../../domain/model/client-application.ts';
import { needsRecheck } from '../../domain/model/incident-table.ts';
import type { Poll } from '../../domain/model/poll.ts';
import type { TenantUpdate } from '../../domain/model/tenant-record.ts';
import type { Demand } from '../../domain/polling/day-plan.ts';
import { waitForRequestsMs } from '../../domain/polling/put-off.ts';
import type { RoundTally } from '../application.ts';
import type { GiveBack } from '../give-back.ts';
import type {
  ConstantContact,
  Observer,
  RequestPurpose,
  Stores,
  Surroundings,
  TenantToPoll,
  Upstreams,
  WorkQueue,
} from '../ports.ts';
import { type RequestQuota, requestQuotaOf } from '../request-quota.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import { type BatchRecorder, createBatchRecorder } from './batch-recorder.ts';
import { explainRefusal, type Refused } from './explain-refusal.ts';
import { lookAtPages, type Polled } from './look-at-pages.ts';
import { createPatientRecorder } from './patient-recorder.ts';
import type { PollClaims, RoundClaims } from './poll-claims.ts';
import type { PollSlots } from './poll-slots.ts';
import { type Access, type PollTenantPorts, pollTenant, type SamePoll } from './poll-tenant.ts';
import { addToTally, EMPTY_TALLY, type PollPlan, recordPolls } from './record-polls.ts';
import { recordUnchanged } from './record-unchanged.ts';
import { createRequestAllotment, type RequestAllotment } from './request-allotment.ts';
import { createRoundFailures, type RoundFailures } from './round-failures.ts';
import { BATCH, type OwnTenants, tenantsToAsk } from './tenants-to-ask.ts';
import type { BreakerWatch } from './watch-breaker.ts';

/** Polls that found nothing new cost little, so that the statements themselves show. */
const UNCHANGED_BATCH = 500;

export type ApplicationRoundPorts = Surroundings &
  Pick<Stores, 'polls' | 'quota' | 'rates' | 'records' | 'holds' | 'faults'> &
  Readonly<{
    access: Access;
    claims: PollClaims;
    giveBack: GiveBack;
    observer: Pick<Observer, 'polled'>;
    breaker: BreakerWatch;
    /** Null: nobody shares the work of this process. */
    queue: Pick<WorkQueue, 'offer'> | null;
    upstreams: Upstreams<PolledUpstream>;
    /** Requests in flight at once, for each application. */
    pollConcurrency: number;
    /** Keeps to that number when a page is polled while another round lasts. */
    inSlot: PollSlots;
    /** What the application's schedules ask for. */
    readDemand(application: ClientApplication): Promise<Demand>;
    /** How polls are planned from here on; the intervals may be stretched. */
    readPollPlan(): Promise<PollPlan>;
  }>;

type PolledUpstream = Readonly<{
  constantContact: Pick<ConstantContact, 'fetchConnections' | 'fetchProfiles' | 'fetchPrivileges'>;
}>;

export type ApplicationRound = Readonly<{
  application: ClientApplication;
  tenants: OwnTenants;
  /** Which requests of the day it may use. */
  purpose: RequestPurpose;
  signal: AbortSignal | undefined;
  onPolled(count: number): void;
}>;

/** The part of a round that one application's tenants are. */
export async function runApplicationRound(ports: ApplicationRoundPorts, round: ApplicationRound): Promise<RoundTally> {
  const { application, signal } = round;
  const { settings, operatorEmail, newId } = ports;
  const quota = requestQuotaOf(application, ports.quota);
  const requests = createRequestAllotment(quota, ports.clock, round.purpose);
  const claims = ports.claims.begin(application.id);
  const failures = createRoundFailures(ports.log, claims);
  const counts = { toAsk: 0, begun: 0, refused: 0 };
  const own = { ...ports, application, claims, quota, readDemand: () => ports.readDemand(application) };
  const tenants = tenantsToAsk(round.tenants, { ...own, recheckAfterMs: settings.recheckAfterMs }, (count) => {
    counts.toAsk += count;
    requests.expect(count);
  });

  let tally = EMPTY_TALLY;
  const count = (updates: readonly TenantUpdate[], unchanged: readonly string[] = []) => {
    tally = addToTally(tally, updates, unchanged.length);
    claims.done([...unchanged, ...updates.map(({ tenantId }) => tenantId)]);
    round.onPolled(updates.length + unchanged.length);
  };
  // What is left of the day, and so the plan, changes with every poll.
  const readContext = async () => ({ settings, operatorEmail, newId, planRegularPoll: await ports.readPollPlan() });
  const recorder = createBatchRecorder<Poll>(BATCH, async (polls) =>
    count(await recordPolls(polls, { ...ports, context: await readContext(), failures })),
  );
  const recordSame = async (polls: readonly SamePoll[]) => {
    const { updates, unchanged } = await recordUnchanged(polls, { ...ports, context: await readContext(), failures });
    count(updates, unchanged);
  };
  const sameRecorder = createPatientRecorder(UNCHANGED_BATCH, recordSame, ports.clock);
  // Whoever names tenants waits for an answer, and not behind those that are due.
  const inSlot = (poll: () => Promise<boolean>) =>
    round.purpose === 'recheck' ? poll() : ports.inSlot(application.id, poll);
  const worker = { ports: own, requests, recorder, sameRecorder, signal, counts, claims, failures, inSlot };
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
  return { ...tally, errors: failures.count() + broken, skipped: counts.refused + unasked };
}

type OwnPorts = Omit<ApplicationRoundPorts, 'quota' | 'claims' | 'readDemand'> &
  Readonly<{
    application: ClientApplication;
    quota: RequestQuota;
    claims: RoundClaims;
    readDemand(): Promise<Demand>;
  }>;

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

type Worker = Readonly<{
  ports: OwnPorts;
  requests: RequestAllotment;
  recorder: BatchRecorder<Poll>;
  /** Of polls with the answer that their tenant rests on. */
  sameRecorder: BatchRecorder<SamePoll>;
  signal: AbortSignal | undefined;
  counts: { begun: number; refused: number };
  claims: RoundClaims;
  failures: RoundFailures;
  inSlot(poll: () => Promise<boolean>): Promise<boolean>;
}>;

async function pollAll(tenants: AsyncIterable<TenantToPoll>, worker: Worker): Promise<void> {
  for await (const tenant of tenants) {
    if (!(await worker.inSlot(() => pollOne(tenant, worker)))) return;
  }
}

/** False when no further tenant is to be asked. */
async function pollOne(tenant: TenantToPoll, worker: Worker): Promise<boolean> {
  const { requests, signal, counts, failures, claims } = worker;
  if (signal?.aborted || requests.isUsedUp() || failures.isStoreDown()) return false;
  counts.begun += 1;
  // It goes back at the end of the round, for whoever takes it then.
  if (!claims.isSure(tenant.id)) return true;
  try {
    const takeRequest = await firstRequest(tenant.id, worker);
    if (takeRequest === null) {
      counts.refused += 1;
      return true;
    }
    const poll = await pollOnce(tenant, takeRequest, worker);
    if (poll === null) return false;
    await record(poll, worker);
  } catch (error) {
    failures.add([tenant.id], error, 'a tenant could not be polled');
  }
  return true;
}

/** Null: the process stops before it could ask. */
async function pollOnce(
  tenant: TenantToPoll,
  takeRequest: PollTenantPorts['takeRequest'],
  { ports, requests, signal }: Worker,
): Promise<Poll | SamePoll | null> {
  const { constantContact } = await ports.upstreams.of(ports.application.id);
  const sending = countRequests(takeRequest, constantContact);
  const asking = { ...ports, constantContact };
  const questions = {
    lookAtPages: (polled: Polled) => lookAtPages(polled, asking),
    explainRefusal: (refused: Refused) => explainRefusal(refused, asking),
  };
  return await pollTenant(tenant, { ...ports, ...sending, ...questions, signal }).finally(() =>
    requests.giveBack(sending.unsent()),
  );
}

async function record(poll: Poll | SamePoll, worker: Worker): Promise<void> {
  const { ports, requests, recorder, sameRecorder } = worker;
  if ('read' in poll) {
    const heard = { ...poll, result: { outcome: 'observed', isPartial: false } } as const;
    ports.observer.polled(heard);
    await ports.breaker.hear(heard);
    return await sameRecorder.add(poll);
  }
  ports.observer.polled(poll);
  await ports.breaker.hear(poll);
  if (poll.result.outcome === 'failed' && poll.result.failure.kind === 'quota_exceeded') await requests.exhaust();
  await recorder.add(poll);
}

/** A poll's requests: what was taken and never sent can be given back. A fetch that rejects has sent nothing. */
function countRequests(
  take: PollTenantPorts['takeRequest'],
  { fetchConnections }: Pick<ConstantContact, 'fetchConnections'>,
) {
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
