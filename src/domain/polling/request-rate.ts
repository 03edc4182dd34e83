import { type Instant, SECOND_MS } from '../model/time.ts';

/**
 * How far the requests of one key to one endpoint are planned: one row that all processes share, by its store's clock.
 */
export type RequestRate = Readonly<{
  /** The first moment that is not reserved: the theoretical arrival time of GCRA, the generic cell rate algorithm. */
  nextAt: Instant;
  /** Upstream asked for a pause until then: a slot before it is not used, whoever has reserved it. */
  pausedUntil: Instant;
}>;

/**
 * Requests may arrive this much closer together than their slots were, and a second still holds no request too many.
 */
const MARGIN_MS = 100;
/** The part of the margin that a process may lose before it sends; the way to the server has the rest. */
const LATEST_USE_MS = 40;
/** A process reserves no more than these seconds hold, so that others get their turns and a crash loses little. */
const BATCH_SECONDS = 2;
/** No slot lies further ahead, so a rate that does was written before the clock was set back. */
const HORIZON_MS = 20 * SECOND_MS;
const LONGEST_PAUSE_MS = 10 * SECOND_MS;
/** A pause that another process stored is noticed within this time, plus what the store takes to answer. */
const LOOK_EVERY_MS = SECOND_MS;
/** A look's answer comes this long before the slot. */
const LOOK_AHEAD_MS = 100;
const LONGEST_DELAY_MS = 5 * SECOND_MS;

export type SlotsWanted = Readonly<{
  now: Instant;
  /** At least 1. */
  perSecond: number;
  /** How many requests wait. */
  wanted: number;
  /** How long the store takes to save a reservation: no slot begins before that. */
  delayMs: number;
}>;

export type Reservation =
  | Readonly<{ kind: 'reserved'; slots: readonly Instant[]; rate: RequestRate }>
  | Readonly<{ kind: 'wait'; reason: 'planned_far_ahead'; ms: number }>
  | Readonly<{ kind: 'restart'; reason: 'clock_set_back'; rate: RequestRate }>;

/**
 * The next slots, evenly spaced, for the requests that wait. What nobody used is not saved up. After the clock was set
 * back, the plan begins anew behind every slot that may still be in use.
 */
export function reserveSlots(rate: RequestRate, { now, perSecond, wanted, delayMs }: SlotsWanted): Reservation {
  const horizon = now + HORIZON_MS;
  if (rate.nextAt > horizon) {
    return { kind: 'restart', reason: 'clock_set_back', rate: { nextAt: horizon, pausedUntil: now } };
  }
  const spacingMs = (SECOND_MS + MARGIN_MS) / perSecond;
  const first = Math.max(rate.nextAt, now + Math.min(delayMs, LONGEST_DELAY_MS));
  const count = Math.min(wanted, perSecond * BATCH_SECONDS, Math.floor((horizon - first) / spacingMs));
  if (count < 1) return { kind: 'wait', reason: 'planned_far_ahead', ms: Math.max(SECOND_MS, spacingMs) };
  const slots = Array.from({ length: count }, (_, index) => first + index * spacingMs);
  return { kind: 'reserved', slots, rate: { ...rate, nextAt: Math.ceil(first + count * spacingMs) } };
}

/** Upstream asked to slow down: for `ms`, at most 10 s. */
export function pauseRate(rate: RequestRate, now: Instant, ms: number): RequestRate {
  const until = now + Math.min(ms, LONGEST_PAUSE_MS);
  const pausedUntil = now + pauseLeftMs(rate, now);
  return { nextAt: Math.max(rate.nextAt, until), pausedUntil: Math.max(pausedUntil, until) };
}

/** 0 for a pause that is longer than any: it was written before the clock was set back. */
export function pauseLeftMs({ pausedUntil }: Pick<RequestRate, 'pausedUntil'>, now: Instant): number {
  const leftMs = Math.max(0, pausedUntil - now);
  return leftMs > LONGEST_PAUSE_MS ? 0 : leftMs;
}

/** A slot as the process that reserved it sees it; all moments by the store's clock. */
export type ReservedSlot = Readonly<{
  at: Instant;
  now: Instant;
  /** The last look at the rate was answered then. */
  lookedAt: Instant;
  /** How long that answer took. */
  lookMs: number;
  pausedUntil: Instant;
}>;

export type SlotStep =
  | Readonly<{ kind: 'use' }>
  | Readonly<{ kind: 'look' }>
  | Readonly<{ kind: 'wait'; ms: number }>
  | Readonly<{ kind: 'lost'; reason: 'too_late' | 'paused' | 'clock_set_back' }>;

/** A slot is used at its moment or never: late requests would arrive too close to those of other processes. */
export function stepToSlot({ at, now, lookedAt, lookMs, pausedUntil }: ReservedSlot): SlotStep {
  if (at > now + HORIZON_MS) return { kind: 'lost', reason: 'clock_set_back' };
  if (at < pausedUntil) return { kind: 'lost', reason: 'paused' };
  if (now > at + LATEST_USE_MS) return { kind: 'lost', reason: 'too_late' };
  const mustLook = at - lookedAt > LOOK_EVERY_MS + lookMs;
  const wakeAt = mustLook ? at - LOOK_AHEAD_MS - lookMs : at;
  if (now < wakeAt) return { kind: 'wait', ms: Math.ceil(wakeAt - now) };
  return { kind: mustLook ? 'look' : 'use' };
}
