import type { Fault, FaultCause } from '../model/fault.ts';
import type { OperatorReport } from '../model/operator-report.ts';
import { layerOf, type PollFailureKind } from '../model/poll.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { Instant } from '../model/time.ts';
import type { FaultStep } from './fault-step.ts';

/** How the latest polls of the fleet went, one per tenant, within the time looked at. */
export type FleetView = Readonly<{
  /** Tenants polled within that time, those in `reauthorize` and `paused` left out. */
  polled: number;
  /** Those of them whose latest poll failed upstream or through our own fault, not for lack of access. */
  failing: number;
  /** The most frequent kind among those failures; before all others our own refused client, whoever meets it. */
  mainKind: PollFailureKind | null;
}>;

/** Tenants by how their latest poll failed; null where it did not. */
export function fleetViewOf(groups: readonly Readonly<{ kind: PollFailureKind | null; tenants: number }>[]): FleetView {
  const failures = groups
    .flatMap(({ kind, tenants }) => (kind !== null && layerOf(kind) !== 'access' ? [{ kind, tenants }] : []))
    .toSorted((a, b) => oursFirst(a.kind, b.kind) || b.tenants - a.tenants || (a.kind < b.kind ? -1 : 1));
  return {
    polled: groups.reduce((sum, { tenants }) => sum + tenants, 0),
    failing: failures.reduce((sum, { tenants }) => sum + tenants, 0),
    mainKind: failures[0]?.kind ?? null,
  };
}

function oursFirst(a: PollFailureKind, b: PollFailureKind): number {
  return Number(b === 'invalid_client') - Number(a === 'invalid_client');
}

/** A fault of Constant Contact shows in several tenants at once; with fewer tenants than this, in all of them. */
const TENANTS_TO_TELL = 3;

/** At least half of the polls of at least three tenants failing, for `outageAfterMs`, is an outage. */
export function decideUpstream(
  current: Fault | null,
  view: FleetView,
  { now, outageAfterMs }: Pick<AlertSettings, 'outageAfterMs'> & Readonly<{ now: Instant }>,
): FaultStep {
  // Without a poll nothing is learnt, neither that the fault began nor that it is over.
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

/** The fault is named after the failure that is most frequent now, or was when it was suspected. */
export function upstreamCause({ mainKind }: FleetView, current: Fault | null): FaultCause {
  const before = current?.cause.kind === 'upstream' ? current.cause.failure : 'connection';
  return { kind: 'upstream', failure: mainKind ?? before };
}

/** The operator is told of the begin and of the end, and of nothing else. */
export function upstreamReport(
  step: FaultStep,
  { since, cause, endedAt }: Fault,
  { failing, polled }: FleetView,
): OperatorReport | null {
  if (cause.kind !== 'upstream') return null;
  const kind = cause.failure;
  if (step.kind === 'begin') return { about: 'outage_began', since, failing, polled, kind };
  if (step.kind === 'end' && endedAt !== null) return { about: 'outage_ended', since, endedAt, kind };
  return null;
}
