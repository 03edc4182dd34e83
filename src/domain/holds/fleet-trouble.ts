import type { Condition } from '../model/condition.ts';
import { causeKey, type Hold, type HoldCause, isHeld } from '../model/hold.ts';
import type { Incident } from '../model/incident.ts';
import { hasUntoldAction } from '../model/severity.ts';
import type { Instant } from '../model/time.ts';
import { isByCommand, isUnwell } from './hold-lifetime.ts';

/** What an incident counts as among the fleet's problems. */
export type Problem = Readonly<{ network: string; condition: Condition | null; since: Instant }>;

/** A tenant's problem that counts among what a fleet shows. */
export type FleetTrouble = Problem &
  Readonly<{
    tenantId: string;
    /** False where the owner was told, and for a removal about which no mail waits: there is nothing left to hold. */
    isToTell: boolean;
  }>;

/**
 * Whether the incident counts among the fleet's problems, told or not: the first owners hear before the last tenants
 * are polled. An ended one counts only if its connection was removed. One that a hold took counts only while it is
 * suspected or open, and only if that hold is not in `keeping`, the holds that keep what they took.
 */
export function countsForFleet(incident: Incident, keeping: readonly Hold[]): boolean {
  if (!isNewTrouble(incident)) return false;
  return incident.alerting.heldBy === null || (isUnwell(incident.state) && !isHeld(incident, keeping));
}

/** A hold that goes on, or that a command has ended, after which nothing of it is to be held again. */
export function keepsWhatItTook({ endedAt, endReason }: Hold): boolean {
  return endedAt === null || isByCommand(endReason);
}

/** A hold takes what asks for something that nobody was told yet. */
export function mayJoinHold(incident: Incident): boolean {
  return isNewTrouble(incident) && hasUntoldAction(incident);
}

function isNewTrouble({ state, closeReason, foundAtBaseline }: Incident): boolean {
  const isOver = state === 'closed' && closeReason !== 'removed';
  return !isOver && !foundAtBaseline;
}

/**
 * An incident counts by its deepest cause, from its beginning. A removal counts from its confirmation, because no poll
 * shows when it really happened.
 */
export function problemOf(
  {
    conditions,
    openedAt,
    closedAt,
    closeReason,
  }: Pick<Incident, 'conditions' | 'openedAt' | 'closedAt' | 'closeReason'>,
  network: string,
): Problem {
  if (closeReason === 'removed') return { network, condition: 'removed', since: closedAt ?? openedAt };
  return { network, condition: conditions[0] ?? null, since: openedAt };
}

/** Whether a hold is about such a problem, and began with it or before it. */
export function isAboutProblem({ cause, since }: Pick<Hold, 'cause' | 'since'>, problem: Problem): boolean {
  return (
    cause.kind === 'fleet' &&
    cause.network === problem.network &&
    cause.condition === problem.condition &&
    problem.since >= since
  );
}

/** A problem that several tenants have at once. */
export type SharedProblem = Readonly<{ cause: Extract<HoldCause, { kind: 'fleet' }>; since: Instant; tenants: number }>;

/** The problems that began at `since` or later, each with the number of tenants that have it. */
export function sharedProblems(troubles: readonly FleetTrouble[], since: Instant): readonly SharedProblem[] {
  const recent = troubles.flatMap(({ network, condition, ...trouble }) =>
    condition === null || trouble.since < since
      ? []
      : [{ ...trouble, cause: { kind: 'fleet', network, condition } as const }],
  );
  return [...Map.groupBy(recent, ({ cause }) => causeKey(cause)).values()].flatMap((group) => {
    const first = group.reduce((earliest, one) => (one.since < earliest.since ? one : earliest));
    return { cause: first.cause, since: first.since, tenants: new Set(group.map(({ tenantId }) => tenantId)).size };
  });
}

/** The tenants from which a hold can take something, those longest in trouble first. */
export function tenantsToHold(
  troubles: readonly FleetTrouble[],
  hold: Pick<Hold, 'cause' | 'since'>,
): readonly string[] {
  const concerned = troubles
    .filter((trouble) => trouble.isToTell && isAboutProblem(hold, trouble))
    .toSorted((a, b) => a.since - b.since || (a.tenantId < b.tenantId ? -1 : 1));
  return [...new Set(concerned.map(({ tenantId }) => tenantId))];
}
