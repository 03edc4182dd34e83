import type { OperatorReport } from './operator-report.ts';
import type { PollFailureKind } from './poll.ts';
import type { Instant } from './time.ts';

/** A time in which Constant Contact, or our way to it, failed for a large part of the fleet. */
export type Outage = Readonly<{
  id: string;
  /** The first look at which it seemed so. */
  since: Instant;
  /** When it had lasted long enough to be told; null while it is only suspected. */
  confirmedAt: Instant | null;
  endedAt: Instant | null;
  kind: PollFailureKind;
}>;

/** How the latest polls of the fleet went, one per tenant, within the time looked at. */
export type FleetView = Readonly<{
  /** Tenants polled within that time, those in `reauthorize` and `paused` left out. */
  polled: number;
  /** Those of them whose latest poll failed upstream or through our own fault, not for lack of access. */
  failing: number;
  /** The most frequent kind among those failures; before all others our own refused client, if anybody met it. */
  mainKind: PollFailureKind | null;
}>;

export type OutageSettings = Readonly<{ outageAfterMs: number }>;

/** What a look at the fleet makes of the outage, with the reason that is logged. */
export type OutageStep =
  | Readonly<{ kind: 'none'; reason: 'fleet_is_well' | 'too_few_polled' }>
  | Readonly<{ kind: 'suspect'; reason: 'half_of_fleet_failing' | 'our_client_refused' }>
  | Readonly<{ kind: 'wait'; reason: 'not_yet_lasting' | 'still_failing' }>
  | Readonly<{ kind: 'forget'; reason: 'passed_before_it_was_told' }>
  | Readonly<{ kind: 'begin'; reason: 'outage_lasts' }>
  | Readonly<{ kind: 'end'; reason: 'fleet_is_well' }>;

/** An outage of Constant Contact shows in several tenants at once; with fewer of them than this, in all. */
const TENANTS_TO_TELL = 3;

/** At least half of the polls of at least three tenants failing, for `outageAfterMs`, is an outage. */
export function decideOutage(
  current: Outage | null,
  view: FleetView,
  now: Instant,
  { outageAfterMs }: OutageSettings,
): OutageStep {
  // Without a poll nothing is learnt, neither that it began nor that it is over.
  if (view.polled === 0)
    return current === null ? { kind: 'none', reason: 'too_few_polled' } : { kind: 'wait', reason: 'still_failing' };
  const isHalfFailing = view.failing * 2 >= view.polled && view.failing >= Math.min(TENANTS_TO_TELL, view.polled);
  // A refused key or secret shows tenant by tenant, as their tokens run out: by the time half fail, a day is lost.
  const isRefused = view.mainKind === 'invalid_client';
  const isFailing = isHalfFailing || isRefused;
  if (current === null) {
    if (!isFailing) return { kind: 'none', reason: 'fleet_is_well' };
    return { kind: 'suspect', reason: isRefused ? 'our_client_refused' : 'half_of_fleet_failing' };
  }
  if (current.confirmedAt !== null) {
    return isFailing ? { kind: 'wait', reason: 'still_failing' } : { kind: 'end', reason: 'fleet_is_well' };
  }
  if (!isFailing) return { kind: 'forget', reason: 'passed_before_it_was_told' };
  if (now - current.since < outageAfterMs) return { kind: 'wait', reason: 'not_yet_lasting' };
  return { kind: 'begin', reason: 'outage_lasts' };
}

/** A clock that ran ahead when it was noted would keep it from ever lasting. The same object when none did. */
export function correctOutage(outage: Outage, now: Instant): Outage {
  const { since, confirmedAt } = outage;
  if (Math.max(since, confirmedAt ?? since) <= now) return outage;
  return { ...outage, since: Math.min(since, now), confirmedAt: confirmedAt && Math.min(confirmedAt, now) };
}

export type OutageLook = Readonly<{ before: Outage | null; view: FleetView; now: Instant; newId: () => string }>;

/** The outage after a step; null when there is none, or one that was only suspected is forgotten. */
export function outageAfter(step: OutageStep, { before, view, now, newId }: OutageLook): Outage | null {
  const kind = view.mainKind ?? before?.kind ?? 'connection';
  switch (step.kind) {
    case 'suspect':
      return { id: newId(), since: now, confirmedAt: null, endedAt: null, kind };
    case 'begin':
      return before === null ? null : { ...before, confirmedAt: now, kind };
    case 'end':
      return before === null ? null : { ...before, endedAt: now };
    case 'forget':
      return null;
    case 'none':
    case 'wait':
      return before;
  }
}

/** What the operator is told of a step: its begin and its end, and nothing else. */
export function outageReport(
  step: OutageStep,
  { since, kind, endedAt }: Outage,
  { failing, polled }: FleetView,
): OperatorReport | null {
  if (step.kind === 'begin') return { about: 'outage_began', since, failing, polled, kind };
  if (step.kind === 'end' && endedAt !== null) return { about: 'outage_ended', since, endedAt, kind };
  return null;
}
