import type { ClientApplication } from '../../domain/model/client-application.ts';
import { type Breaker, catchUpSpacingMs, probeSpacingMs } from '../../domain/polling/breaker.ts';
import { type Demand, mayLookFirst, takeTurns, turnSpacingMs } from '../../domain/polling/day-plan.ts';
import { isUsedUp, type RequestsToday, requestsLeft } from '../../domain/polling/requests-today.ts';
import { BATCHES_OFFERED, batchesOf } from '../batches.ts';
import type { Clock, DueBatch, RateId, RateStore, WorkQueue } from '../ports.ts';
import type { RequestQuota } from '../request-quota.ts';
import type { RoundClaims } from './poll-claims.ts';
import type { BreakerWatch } from './watch-breaker.ts';

export type DueTurnsPorts = Readonly<{
  application: ClientApplication;
  claims: Pick<RoundClaims, 'claim' | 'unclaimed'>;
  /** Null: nobody shares the work of this process. */
  queue: Pick<WorkQueue, 'offer'> | null;
  quota: Pick<RequestQuota, 'today'>;
  rates: RateStore;
  breaker: Pick<BreakerWatch, 'read'>;
  clock: Clock;
  recheckAfterMs: number;
  /** What the application's schedules ask for. */
  readDemand(): Promise<Demand>;
}>;

/**
 * Claims the application's tenants whose turn has come, batch by batch, and each of them once:
 *
 * 1. While Constant Contact does not answer, one of all processes sends a probe now and then, and nothing else is
 * asked.
 * 2. Where the day's requests hold all polls, whoever is due has its turn, a tenant in doubt first. Where more than a
 * batch is due, workers that are free, this one among them, share the rest.
 * 3. Where they do not, tenants in doubt are asked at once, and the others have turns that are spread over what is left
 *    of the day: the one that has waited longest is next. What is not asked now is due again in the next round.
 */
export async function* dueTurns(ports: DueTurnsPorts, batchSize: number): AsyncGenerator<readonly string[], void> {
  const breaker = await ports.breaker.read();
  if (breaker.openSince !== null) {
    if (await mayProbe(ports)) yield await ports.claims.claim('next', 1);
    return;
  }
  // A tenant that comes due again meanwhile waits for the next round.
  for (let batches = 0, isMore = true; isMore; batches += 1) {
    const spacing = await readSpacing(breaker, ports);
    if (spacing.kind === 'spaced') return yield* claimTurns(spacing, ports, batchSize);
    const batch = await ports.claims.claim('due', batchSize);
    const isFull = batch.length === batchSize;
    // Where many are due, those in doubt wait for none of the others.
    if (isFull && batches === 0) yield await ports.claims.claim('recheck', batchSize);
    isMore = isFull && !(await offerTheRest(ports, batchSize));
    yield batch;
  }
}

async function* claimTurns(
  spacing: Spaced,
  ports: DueTurnsPorts,
  batchSize: number,
): AsyncGenerator<readonly string[], void> {
  yield* claimAll(spacing.first, ports, batchSize);
  const turns = await takeOwnTurns({ ...spacing, wanted: batchSize }, ports);
  if (turns > 0) yield await ports.claims.claim('due', turns);
}

/**
 * Claims those of a batch that are still due; where tenants wait for their turns, the batch waits for the next look.
 */
export async function* dueAmong(batch: DueBatch, ports: DueTurnsPorts): AsyncGenerator<DueBatch, void> {
  const breaker = await ports.breaker.read();
  if (breaker.openSince !== null) return;
  const { kind } = await readSpacing(breaker, ports);
  if (kind === 'none') yield await ports.claims.claim('due', batch.length, batch);
}

/** True when the queue has taken what is left. */
async function offerTheRest({ queue, claims }: DueTurnsPorts, batchSize: number): Promise<boolean> {
  if (queue === null) return false;
  const left = await claims.unclaimed(BATCHES_OFFERED * batchSize);
  return left.length > 0 && (await queue.offer('poll', [...batchesOf(left, batchSize)]));
}

/** `first`: whom no turn keeps waiting. */
type Spaced = Readonly<{ kind: 'spaced'; spacingMs: number; first: 'recheck' | 'urgent' }>;
type Spacing = Readonly<{ kind: 'none' }> | Spaced;

async function readSpacing(breaker: Breaker, ports: DueTurnsPorts): Promise<Spacing> {
  const now = ports.clock.now();
  const today = await ports.quota.today(now);
  const { askedPerDay } = await ports.readDemand();
  const spacings = [
    turnSpacingMs(askedPerDay, today, now),
    catchUpSpacingMs(breaker, ports.application.requestsPerSecond, now),
  ].filter((spacingMs) => spacingMs !== null);
  if (spacings.length === 0) return { kind: 'none' };
  return { kind: 'spaced', spacingMs: Math.max(...spacings), first: firstOf(today, now) };
}

function firstOf(today: RequestsToday, now: number): 'recheck' | 'urgent' {
  return !isUsedUp(today) && mayLookFirst(today, now) ? 'urgent' : 'recheck';
}

async function* claimAll(
  which: 'recheck' | 'urgent',
  { claims }: DueTurnsPorts,
  batchSize: number,
): AsyncGenerator<readonly string[], void> {
  for (let claimed = batchSize; claimed === batchSize; ) {
    const batch = await claims.claim(which, batchSize);
    claimed = batch.length;
    yield batch;
  }
}

/** An application without requests cannot tell whether Constant Contact answers. */
async function mayProbe({ quota, rates, clock, recheckAfterMs }: DueTurnsPorts): Promise<boolean> {
  if (requestsLeft(await quota.today(clock.now())) === 0) return false;
  const probes = { key: '', endpoint: 'probe' } as const;
  return (await takeSharedTurns(probes, { spacingMs: probeSpacingMs(recheckAfterMs), wanted: 1 }, rates)) === 1;
}

function takeOwnTurns(turns: TurnsWanted, { application, rates }: DueTurnsPorts): Promise<number> {
  return takeSharedTurns({ key: application.clientId, endpoint: 'turns' }, turns, rates);
}

type TurnsWanted = Readonly<{ spacingMs: number; wanted: number }>;

/** Of several processes that see the same turns, one takes them, and the others look again. */
async function takeSharedTurns(id: RateId, { spacingMs, wanted }: TurnsWanted, rates: RateStore): Promise<number> {
  for (;;) {
    const { now, ...before } = await rates.read(id);
    const { count, turns } = takeTurns(before, { now, spacingMs, wanted });
    if (count === 0 || (await rates.replace(id, before, { ...before, ...turns }))) return count;
  }
}
