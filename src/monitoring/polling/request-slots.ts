import type { Instant } from '../../domain/model/time.ts';
import { pauseLeftMs, pauseRate, reserveSlots, type SlotStep, stepToSlot } from '../../domain/polling/request-rate.ts';
import type { Clock, Log, RateId, RateStore, RequestSlots } from '../ports.ts';

export type RequestSlotsOptions = Readonly<{
  /** Requests a second of all processes together; 0 = no limit, and the store is not asked. */
  limit: RateId & Readonly<{ perSecond: number }>;
  rates: RateStore;
  /** A clock that nobody sets; its zero may be any moment. */
  steadyClock: Clock;
  log: Log;
}>;

/** An answer within this time tells how far two clocks differ, well enough. */
const QUICK_MS = 20;

/** What this process has reserved, and what it knows of the rate that all processes share. */
type Plan = {
  /** Not used yet; by the store's clock, like `pausedUntil`. */
  slots: readonly Instant[];
  pausedUntil: Instant;
  /** When the last look at the store was answered, by the steady clock, and how long the answer took. */
  lookedAt: Instant;
  lookMs: number;
  /** How far the store's clock is ahead of the steady one; null before the first look. */
  aheadMs: number | null;
  /** How long the last reservation took, from the moment of the store's clock that it was made for. */
  reserveMs: number;
};

/** Slots are reserved for all requests that wait: a flood seldom asks the store, and a single request wastes none. */
export function createRequestSlots(options: RequestSlotsOptions): RequestSlots {
  const plan: Plan = { slots: [], pausedUntil: 0, lookedAt: 0, lookMs: 0, aheadMs: null, reserveMs: 0 };
  let waiting = 0;
  let lastTurn: Promise<unknown> = Promise.resolve();

  return {
    async take(signal) {
      signal?.throwIfAborted();
      waiting += 1;
      const turn = lastTurn.then(() => waitForSlot(plan, options, { wanted: () => waiting, signal }));
      lastTurn = turn.catch(() => undefined);
      await unlessAborted(turn, signal).finally(() => {
        waiting -= 1;
      });
    },
    pause: (ms) => pause(plan, options, ms),
  };
}

type Wait = Readonly<{ wanted: () => number; signal: AbortSignal | undefined }>;

async function waitForSlot(plan: Plan, options: RequestSlotsOptions, wait: Wait): Promise<void> {
  for (;;) {
    wait.signal?.throwIfAborted();
    const [at] = plan.slots;
    const step = at === undefined ? stepWithoutSlot(plan, options) : stepTo(at, plan, options);
    if (step.kind === 'use' || step.kind === 'lost') plan.slots = plan.slots.slice(1);
    if (step.kind === 'use') return;
    if (step.kind === 'wait') await options.steadyClock.sleep(step.ms, wait.signal);
    if (step.kind === 'look') await look(plan, options);
    if (step.kind === 'reserve') await reserve(plan, options, wait);
  }
}

function stepWithoutSlot(plan: Plan, { limit, steadyClock }: RequestSlotsOptions) {
  const pauseMs = pauseLeftMs(plan, steadyClock.now() + (plan.aheadMs ?? 0));
  if (pauseMs > 0) return { kind: 'wait', ms: Math.ceil(pauseMs) } as const;
  return { kind: limit.perSecond === 0 ? 'use' : 'reserve' } as const;
}

function stepTo(at: Instant, plan: Plan, { steadyClock }: RequestSlotsOptions): SlotStep {
  const { aheadMs, lookedAt, lookMs, pausedUntil } = plan;
  const ahead = aheadMs ?? 0;
  return stepToSlot({ at, now: steadyClock.now() + ahead, lookedAt: lookedAt + ahead, lookMs, pausedUntil });
}

async function look(plan: Plan, { limit, rates, steadyClock }: RequestSlotsOptions) {
  const askedAt = steadyClock.now();
  const { now, ...rate } = await rates.read(limit);
  const answeredAt = steadyClock.now();
  plan.aheadMs = clockDifference(plan.aheadMs, { least: now - answeredAt, most: now - askedAt });
  plan.lookedAt = answeredAt;
  plan.lookMs = answeredAt - askedAt;
  plan.pausedUntil = now + Math.max(pauseLeftMs(plan, now), pauseLeftMs(rate, now));
  return { rate, now };
}

async function reserve(plan: Plan, options: RequestSlotsOptions, { wanted, signal }: Wait): Promise<void> {
  const { limit, rates, steadyClock } = options;
  const isFirst = plan.aheadMs === null;
  let seen = await look(plan, options);
  // A first answer is slow, as it connects, and tells the time badly.
  for (let again = 0; isFirst && plan.lookMs > QUICK_MS && again < 3; again += 1) seen = await look(plan, options);
  const { rate, now } = seen;
  const reservation = reserveSlots(rate, {
    now,
    perSecond: limit.perSecond,
    wanted: wanted(),
    delayMs: plan.reserveMs,
  });
  if (reservation.kind === 'wait') return await steadyClock.sleep(reservation.ms, signal);
  const isOurs = await rates.replace(limit, rate, reservation.rate);
  plan.reserveMs = Math.max(0, steadyClock.now() + (plan.aheadMs ?? 0) - now);
  if (isOurs && reservation.kind === 'reserved') plan.slots = reservation.slots;
}

async function pause(plan: Plan, options: RequestSlotsOptions, ms: number): Promise<void> {
  const { limit, rates, steadyClock, log } = options;
  const now = steadyClock.now() + (plan.aheadMs ?? 0);
  plan.pausedUntil = pauseRate({ ...plan, nextAt: now }, now, ms).pausedUntil;
  if (limit.perSecond === 0) return;
  try {
    for (let isStored = false; !isStored; ) {
      const seen = await look(plan, options);
      isStored = await rates.replace(limit, seen.rate, pauseRate(seen.rate, seen.now, ms));
    }
  } catch (error) {
    log.warn({ err: error }, 'could not store the pause that Constant Contact asked for: other processes go on');
  }
}

/** An answer bounds the difference. What an earlier, quicker answer showed is kept while it lies within. */
function clockDifference(known: number | null, { least, most }: Readonly<{ least: number; most: number }>): number {
  return known === null ? (least + most) / 2 : Math.min(Math.max(known, least), most);
}

async function unlessAborted<T>(turn: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal?.reason);
  signal?.addEventListener('abort', onAbort);
  return await Promise.race([turn, aborted]).finally(() => signal?.removeEventListener('abort', onAbort));
}
