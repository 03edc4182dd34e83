import type { ClientApplication } from '../../domain/model/client-application.ts';
import type { Poll } from '../../domain/model/poll.ts';
import type { TenantUpdate } from '../../domain/model/tenant-record.ts';
import { waitForRequestsMs } from '../../domain/polling/waits.ts';
import type { RoundTally } from '../application.ts';
import type { RequestPurpose } from '../ports.ts';
import { requestQuotaOf } from '../request-quota.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import { createBatchRecorder } from './batch-recorder.ts';
import { createPatientRecorder } from './patient-recorder.ts';
import { hasBreakerOpened, pollAll, type RoundWork, type WithoutToken } from './poll-in-round.ts';
import type { UnreadPoll } from './poll-tenant.ts';
import { addToTally, EMPTY_TALLY, recordPolls } from './record-polls.ts';
import { recordUnchanged } from './record-unchanged.ts';
import { createRequestAllotment } from './request-allotment.ts';
import { createRoundFailures } from './round-failures.ts';
import type { RoundPorts } from './round-ports.ts';
import { BATCH, isListed, type OwnTenants, tenantsToAsk } from './tenants-to-ask.ts';

/** Polls that found nothing new cost little, so that the statements themselves show. */
const UNCHANGED_BATCH = 500;

export type ApplicationRound = Readonly<{
  application: ClientApplication;
  tenants: OwnTenants;
  /** Which requests of the day it may use. */
  purpose: RequestPurpose;
  signal: AbortSignal | undefined;
  onPolled(count: number): void;
}>;

/** The part of a round that one application's tenants are. */
export async function runApplicationRound(ports: RoundPorts, round: ApplicationRound): Promise<RoundTally> {
  const { application, signal } = round;
  const { settings, operatorEmail, newId } = ports;
  const quota = requestQuotaOf(application, ports.quota);
  const requests = createRequestAllotment(quota, ports.clock, round.purpose);
  const claims = ports.claims.begin(application.id);
  const failures = createRoundFailures(ports.log, claims);
  const counts = { toAsk: 0, begun: 0, withoutRequest: 0 };
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
  const storeUnchanged = async (polls: readonly UnreadPoll[]) => {
    const { updates, unchanged } = await recordUnchanged(polls, { ...ports, context: await readContext(), failures });
    count(updates, unchanged);
  };
  const unchangedRecorder = createPatientRecorder(UNCHANGED_BATCH, storeUnchanged, ports.clock);
  // Whoever lists tenants waits for an answer, and not behind those that are due.
  const withPermit = (poll: () => Promise<boolean>) =>
    round.purpose === 'priority' ? poll() : ports.withPermit(application.id, poll);
  const waitingForTokens = new Set<Promise<unknown>>();
  const asksWhileOpen = isListed(round.tenants) || (await ports.breaker.read()).openSince !== null;
  const work = {
    ports: own,
    requests,
    recorder,
    unchangedRecorder,
    signal,
    counts,
    claims,
    failures,
    withPermit,
    asksWhileOpen,
    waitingForTokens,
    withoutToken: withoutTokenIn(round.tenants),
  };
  const pollers = Array.from({ length: ports.pollConcurrency }, () => pollAll(tenants, work));
  try {
    await Promise.all(pollers);
    await Promise.all(waitingForTokens);
  } finally {
    // When one poller cannot go on, the polls that the others have in flight are finished and stored all the same.
    await Promise.allSettled([...pollers, ...waitingForTokens]);
    await drained(work).finally(() => giveBackTheRest(work));
  }
  const notBegun = signal?.aborted || (await hasBreakerOpened(work)) ? 0 : counts.toAsk - counts.begun;
  // Besides its signal, a round is ended early by a store that does not work, or by lack of requests.
  const [broken, unasked] = failures.isStoreDown() ? [notBegun, 0] : [0, notBegun];
  return { ...tally, errors: failures.count() + broken, skipped: counts.withoutRequest + unasked };
}

function withoutTokenIn(tenants: OwnTenants): WithoutToken {
  if (tenants === 'due') return 'beside';
  return isListed(tenants) ? 'in_turn' : 'put_off';
}

async function drained({ recorder, unchangedRecorder }: RoundWork): Promise<void> {
  await unchangedRecorder.drained().finally(() => recorder.drained());
}

/** Whatever became of the round: what it has taken and not used is free again. */
async function giveBackTheRest({ ports, requests, counts, claims, failures, signal }: RoundWork): Promise<void> {
  const { retriedWrites, quota, clock } = ports;
  const isForRequests =
    !signal?.aborted && !failures.isStoreDown() && (counts.withoutRequest > 0 || requests.isUsedUp());
  await claims.giveBack(isForRequests ? waitForRequestsMs(clock.now()) : 0);
  const unused = requests.takeUnused();
  if (unused.count > 0)
    await retriedWrites.giveBack('requests of the day', () => unlessUnknown(quota.giveBack(unused)));
}

/** Requests that may have been given back already are not given back twice: then there would be too many. */
async function unlessUnknown(given: Promise<void>): Promise<void> {
  await given.catch((error: unknown) => {
    if (!(error instanceof StoreUnavailable) || !error.mayBeDone) throw error;
  });
}
