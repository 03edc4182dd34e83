import { isUsable } from '../../domain/model/grant.ts';
import type { Poll } from '../../domain/model/poll.ts';
import { CLOSED } from '../../domain/polling/breaker.ts';
import type { TenantToPoll } from '../ports.ts';
import type { BatchRecorder } from './batch-recorder.ts';
import { explainRefusal, type ForbiddenPoll } from './explain-refusal.ts';
import { countRequests, firstRequest } from './first-request.ts';
import { lookAtPages, type Polled } from './look-at-pages.ts';
import type { RoundClaims } from './poll-claims.ts';
import { type PollTenantPorts, pollTenant, type UnreadPoll } from './poll-tenant.ts';
import type { RequestAllotment } from './request-allotment.ts';
import type { RoundFailures } from './round-failures.ts';
import type { OwnRoundPorts } from './round-ports.ts';

/** What all who poll in one application's round share. */
export type RoundWork = Readonly<{
  ports: OwnRoundPorts;
  requests: RequestAllotment;
  recorder: BatchRecorder<Poll>;
  /** Records polls with the answer that their tenant rests on. */
  unchangedRecorder: BatchRecorder<UnreadPoll>;
  signal: AbortSignal | undefined;
  counts: { begun: number; withoutRequest: number };
  claims: RoundClaims;
  failures: RoundFailures;
  withPermit(poll: () => Promise<boolean>): Promise<boolean>;
  /** The round began while Constant Contact did not answer, or its tenants are named. */
  asksWhileOpen: boolean;
  withoutToken: WithoutToken;
  /** Polls that wait for a token, beside those that have a permit. */
  waitingForTokens: Set<Promise<unknown>>;
}>;

/**
 * What becomes of tenants whose first request goes to the token endpoint. `in_turn`: they are asked like all others,
 * for somebody waits for them. `beside`: they are asked beside the others, as many as may wait at once. `put_off`: they
 * come due again, for further pages wait for the end of this one.
 */
export type WithoutToken = 'in_turn' | 'beside' | 'put_off';

/** Asks one tenant after the other; any number of these take from the same tenants. */
export async function pollAll(tenants: AsyncIterable<TenantToPoll>, work: RoundWork): Promise<void> {
  for await (const tenant of tenants) {
    if (isOver(work) || (await hasBreakerOpened(work))) return;
    if (work.withoutToken !== 'in_turn' && lacksToken(tenant, work)) pollBeside(tenant, work);
    else if (!(await work.withPermit(() => pollOne(tenant, work)))) return;
  }
}

function isOver({ signal, requests, failures }: RoundWork): boolean {
  return signal?.aborted === true || requests.isUsedUp() || failures.isStoreDown();
}

/** True once the breaker has opened under a round: then probes alone are sent. */
export async function hasBreakerOpened({ asksWhileOpen, ports }: RoundWork): Promise<boolean> {
  if (asksWhileOpen) return false;
  const { openSince } = await ports.breaker.read().catch(() => CLOSED);
  return openSince !== null;
}

/** Its first request goes to the token endpoint, whose limit is far below that of the API. */
function lacksToken({ grant }: TenantToPoll, { ports: { application, clock } }: RoundWork): boolean {
  return application.tokenRequestsPerSecond > 0 && grant !== null && !isUsable(grant, clock.now());
}

/** Asks a tenant without a token beside the others, or puts it off. */
function pollBeside(tenant: TenantToPoll, work: RoundWork): void {
  const { waitingForTokens: waiting, withoutToken } = work;
  const { application, tokenTurns, clock } = work.ports;
  const end = withoutToken === 'put_off' ? null : tokenTurns.begin(application);
  if (end === null) {
    work.counts.begun += 1;
    work.claims.putOff(tenant.id, tokenTurns.putOffMs(application, clock.now()));
    return;
  }
  const poll: Promise<unknown> = pollOne(tenant, work).finally(() => {
    end();
    waiting.delete(poll);
  });
  waiting.add(poll);
}

/** False when no further tenant is to be asked. */
async function pollOne(tenant: TenantToPoll, work: RoundWork): Promise<boolean> {
  const { ports, requests, counts, failures, claims } = work;
  if (isOver(work)) return false;
  counts.begun += 1;
  // The claim may have run out, so the tenant is given back at the end of the round for any worker to claim.
  if (!claims.isSure(tenant.id)) return true;
  try {
    const takeRequest = await firstRequest(tenant.id, { requests, records: ports.records });
    if (takeRequest === null) {
      counts.withoutRequest += 1;
      return true;
    }
    const poll = await pollOnce(tenant, takeRequest, work);
    if (poll === null) return false;
    await record(poll, work);
  } catch (error) {
    failures.add([tenant.id], error, 'a tenant could not be polled');
  }
  return true;
}

/** Null: the process stops before it could ask. */
async function pollOnce(
  tenant: TenantToPoll,
  takeRequest: PollTenantPorts['takeRequest'],
  { ports, requests, signal }: RoundWork,
): Promise<Poll | UnreadPoll | null> {
  const { constantContact } = await ports.upstreams.of(ports.application.id);
  const sending = countRequests(takeRequest, constantContact);
  const asking = { ...ports, constantContact };
  const questions = {
    lookAtPages: (polled: Polled) => lookAtPages(polled, asking),
    explainRefusal: (refused: ForbiddenPoll) => explainRefusal(refused, asking),
  };
  return await pollTenant(tenant, { ...ports, ...sending, ...questions, signal }).finally(() =>
    requests.giveBack(sending.unsent()),
  );
}

async function record(poll: Poll | UnreadPoll, work: RoundWork): Promise<void> {
  const { ports, requests, recorder, unchangedRecorder } = work;
  if ('read' in poll) {
    const heard = { ...poll, result: { outcome: 'observed', isPartial: false } } as const;
    ports.observer.polled(heard);
    await ports.breaker.hear(heard);
    return await unchangedRecorder.add(poll);
  }
  ports.observer.polled(poll);
  await ports.breaker.hear(poll);
  if (poll.result.outcome === 'failed' && poll.result.failure.kind === 'quota_exceeded') await requests.exhaust();
  await recorder.add(poll);
}
