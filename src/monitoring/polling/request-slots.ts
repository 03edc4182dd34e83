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
  const { limit, steadyClock, log } = options;
  const aheadMs = limit.perSecond === 0 ? 0 : null;
  const plan: Plan = { slots: [], pausedUntil: 0, lookedAt: 0, lookMs: 0, aheadMs, reserveMs: 0 };
  let waiting = 0;
  let lastTurn: Promise<void> = Promise.resolve();

  async function waitForSlot(signal: AbortSignal | undefined): Promise<void> {
    const next = () => {
      signal?.throwIfAborted();
      return nextStep(plan, limit, steadyClock.now());
    };
    for (let step = next(); step.kind !== 'use'; step = next()) {
      if (step.kind === 'wait') await steadyClock.sleep(step.ms, signal);
      if (step.kind === 'look') await look(plan, options);
      if (step.kind === 'reserve') await reserve(plan, options, { wanted: waiting, signal });
      if (step.kind === 'lost') plan.slots = plan.slots.slice(1);
    }
    plan.slots = plan.slots.slice(1);
  }

  return {
    async take(signal) {
      signal?.throwIfAborted();
      waiting += 1;
      const turn = lastTurn.then(() => waitForSlot(signal));
      lastTurn = turn.catch(() => undefined);
      await unlessAborted(turn, signal).finally(() => {
        waiting -= 1;
      });
    },
    async pause(ms) {
      const now = steadyClock.now() + (plan.aheadMs ?? 0);
      plan.pausedUntil = pauseRate({ ...plan, nextAt: now }, now, ms).pausedUntil;
      if (limit.perSecond === 0) return;
      await storePause(plan, options, ms).catch((error: unknown) => {
        log.warn({ err: error }, 'could not store the pause that Constant Contact asked for: other processes go on');
      });
    },
  };
}

type Step = SlotStep | Readonly<{ kind: 'reserve' }>;

function nextStep(plan: Plan, { perSecond }: RequestSlotsOptions['limit'], elapsed: Instant): Step {
  const { slots, aheadMs, lookedAt, lookMs, pausedUntil } = plan;
  if (aheadMs === null) return { kind: 'reserve' };
  const now = elapsed + aheadMs;
  const [at] = slots;
  if (at !== undefined) return stepToSlot({ at, now, lookedAt: lookedAt + aheadMs, lookMs, pausedUntil });
  const pauseMs = pauseLeftMs(plan, now);
  if (pauseMs > 0) return { kind: 'wait', ms: Math.ceil(pauseMs) };
  return { kind: perSecond === 0 ? 'use' : 'reserve' };
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

async function reserve(
  plan: Plan,
  options: RequestSlotsOptions,
  { wanted, signal }: Readonly<{ wanted: number; signal: AbortSignal | undefined }>,
): Promise<void> {
  const { limit, rates, steadyClock } = options;
  const { rate, now } = await look(plan, options);
  const reservation = reserveSlots(rate, { now, perSecond: limit.perSecond, wanted, delayMs: plan.reserveMs });
  if (reservation.kind === 'wait') return await steadyClock.sleep(reservation.ms, signal);
  const isOurs = await rates.replace(limit, rate, reservation.rate);
  plan.reserveMs = Math.max(0, steadyClock.now() + (plan.aheadMs ?? 0) - now);
  if (isOurs && reservation.kind === 'reserved') plan.slots = reservation.slots;
}

async function storePause(plan: Plan, options: RequestSlotsOptions, ms: number): Promise<void> {
  let isStored = false;
  while (!isStored) {
    const { rate, now } = await look(plan, options);
    isStored = await options.rates.replace(options.limit, rate, pauseRate(rate, now, ms));
  }
}

/** An answer bounds the difference. What an earlier, quicker answer showed is kept while it lies within. */
function clockDifference(known: number | null, { least, most }: Readonly<{ least: number; most: number }>): number {
  return known === null ? (least + most) / 2 : Math.min(Math.max(known, least), most);
}

async function unlessAborted(turn: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal?.reason);
  signal?.addEventListener('abort', onAbort);
  await Promise.race([turn, aborted]).finally(() => signal?.removeEventListener('abort', onAbort));
}
