import type { Fault, FaultCause } from '../model/fault.ts';
import type { OperatorReport } from '../model/operator-report.ts';
import { layerOf, type PollFailureKind } from '../model/poll.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { Instant } from '../model/time.ts';
import type { FaultStep } from './fault-step.ts';

/** How many tenants of an application there are whose latest poll failed in this way; a null kind: it did not fail. */
export type FleetGroup = Readonly<{ applicationId: string | null; kind: PollFailureKind | null; tenants: number }>;

/** How the latest polls of the fleet, or of an application's part of it, went, within the time looked at. */
export type FleetView = Readonly<{
  /** Tenants polled within that time, those in `reauthorize` and `paused` left out. */
  polled: number;
  /** Those of them whose latest poll failed so that it is no tenant's doing. */
  failing: number;
  /** The most frequent kind among those failures. */
  mainKind: PollFailureKind | null;
}>;

/** The whole fleet, by the failures that are Constant Contact's own, or those of our way to it. */
export function fleetViewOf(groups: readonly FleetGroup[]): FleetView {
  const hasSeveral = groups.some(({ applicationId }) => applicationId !== groups[0]?.applicationId);
  return viewOf(groups, (kind) => layerOf(kind) === 'upstream' && kind !== TOLD_APART && !isOfOneKey(kind, hasSeveral));
}

/** The tenants of one application, by the failures that are its own, or its key's. */
export function applicationViewOf(groups: readonly FleetGroup[], applicationId: string | null): FleetView {
  const own = groups.filter((group) => group.applicationId === applicationId);
  return viewOf(own, (kind) => isOfOneKey(kind, own.length < groups.length));
}

/** Whoever used up the day is told of by another fault, which begins and ends with the day. */
const TOLD_APART = 'quota_exceeded' satisfies PollFailureKind;

/** Failures that are one key's own. Throttling is, where there are several keys; with one key alone nobody can tell. */
function isOfOneKey(kind: PollFailureKind, hasSeveral: boolean): boolean {
  return layerOf(kind) === 'ours' || (hasSeveral && kind === 'throttled');
}

function viewOf(groups: readonly FleetGroup[], counts: (kind: PollFailureKind) => boolean): FleetView {
  const failures = groups.flatMap(({ kind, tenants }) => (kind !== null && counts(kind) ? [{ kind, tenants }] : []));
  const kinds = [...Map.groupBy(failures, ({ kind }) => kind)]
    .map(([kind, same]) => ({ kind, tenants: sumOf(same) }))
    .toSorted((a, b) => oursFirst(a.kind, b.kind) || b.tenants - a.tenants || (a.kind < b.kind ? -1 : 1));
  return { polled: sumOf(groups), failing: sumOf(failures), mainKind: kinds[0]?.kind ?? null };
}

function sumOf(groups: readonly Readonly<{ tenants: number }>[]): number {
  return groups.reduce((sum, { tenants }) => sum + tenants, 0);
}

function oursFirst(a: PollFailureKind, b: PollFailureKind): number {
  return Number(b === 'invalid_client') - Number(a === 'invalid_client');
}

/** A fault of Constant Contact shows in several tenants at once; with fewer tenants than this, in all of them. */
const TENANTS_TO_TELL = 3;

type Circumstances = Pick<AlertSettings, 'outageAfterMs'> &
  Readonly<{
    now: Instant;
    /** Since when Constant Contact does not answer, by the breaker: few tenants are asked then. */
    breakerOpenSince?: Instant | null;
    /** It answers again, and too few have been asked since to tell whether that lasts. */
    isTooEarly?: boolean;
  }>;

/** After a silence, answers for so many tenants are more than chance. */
const TENANTS_TO_BELIEVE = 10;

/** Whether the tenants asked since the silence ended tell as much as the fleet could. */
export function isRecoveryProven(since: Pick<FleetView, 'polled'>, fleet: Pick<FleetView, 'polled'>): boolean {
  return since.polled >= Math.min(TENANTS_TO_BELIEVE, fleet.polled);
}

/** At least half of the polls of at least three tenants failing, for `outageAfterMs`, is an outage. */
export function decideUpstream(
  current: Fault | null,
  view: FleetView,
  { now, outageAfterMs, breakerOpenSince = null, isTooEarly = false }: Circumstances,
): FaultStep {
  // Without a poll nothing is learnt, neither that the fault began nor that it is over.
  if (view.polled === 0 || isTooEarly)
    return current === null ? { kind: 'none', reason: 'too_few_polled' } : { kind: 'wait', reason: 'still_failing' };
  const reason = suspicionOf(view, breakerOpenSince);
  const isFailing = reason !== null;
  if (current === null) return isFailing ? { kind: 'suspect', reason } : { kind: 'none', reason: 'fleet_is_well' };
  if (current.confirmedAt !== null) {
    return isFailing ? { kind: 'wait', reason: 'still_failing' } : { kind: 'end', reason: 'fleet_is_well' };
  }
  if (!isFailing) return { kind: 'forget', reason: 'passed_before_it_was_told' };
  if (now - current.since < outageAfterMs) return { kind: 'wait', reason: 'not_yet_lasting' };
  return { kind: 'begin', reason: 'outage_lasts' };
}

type SuspectReason = Extract<FaultStep, { kind: 'suspect' }>['reason'];

/** Null while all is well. */
function suspicionOf({ polled, failing, mainKind }: FleetView, breakerOpenSince: Instant | null): SuspectReason | null {
  // A refused key or secret shows tenant by tenant, as their tokens run out: by the time half fail, a day is lost.
  if (mainKind === 'invalid_client') return 'our_client_refused';
  if (breakerOpenSince !== null) return 'no_answer';
  const isHalfFailing = failing * 2 >= polled && failing >= Math.min(TENANTS_TO_TELL, polled);
  return isHalfFailing ? 'half_of_fleet_failing' : null;
}

/** The fault is named after the failure that is most frequent now, or was when it was suspected. */
export function upstreamCause({ mainKind }: FleetView, current: Fault | null): FaultCause {
  return { kind: 'upstream', failure: mainKind ?? failureOf(current) };
}

/** The cause of a fault of one application alone. */
export function applicationCause(
  { mainKind }: FleetView,
  current: Fault | null,
  applicationId: string | null,
): FaultCause {
  return { kind: 'application', failure: mainKind ?? failureOf(current), applicationId };
}

function failureOf(current: Fault | null): PollFailureKind {
  const cause = current?.cause;
  return cause?.kind === 'upstream' || cause?.kind === 'application' ? cause.failure : 'connection';
}

/** The operator is told of the begin and of the end, and of nothing else; `application`: where there are several. */
export function upstreamReport(
  step: FaultStep,
  { since, cause, endedAt }: Fault,
  { failing, polled }: FleetView,
  application: string | null = null,
): OperatorReport | null {
  if (cause.kind !== 'upstream' && cause.kind !== 'application') return null;
  const kind = cause.failure;
  const named = application === null ? {} : { application };
  if (step.kind === 'begin') return { about: 'outage_began', since, failing, polled, kind, ...named };
  if (step.kind === 'end' && endedAt !== null) return { about: 'outage_ended', since, endedAt, kind, ...named };
  return null;
}
