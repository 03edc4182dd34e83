import type { Transition } from '../model/connection.ts';
import type { Flapping, Incident } from '../model/incident.ts';
import type { AlertSettings } from '../model/settings.ts';
import { HOUR_MS, type Instant } from '../model/time.ts';
import type { Verdict } from '../model/verdict.ts';

/** One health must hold so long before anything more is told of what comes and goes. */
export const STEADY_MS = 6 * HOUR_MS;
/** So many suspicions in a window, none of them confirmed, are a probe that cannot be trusted. */
export const SUSPICIONS_TO_FLAP = 6;

type FlapSettings = Pick<AlertSettings, 'flapChanges' | 'flapWindowMs'>;

/** What a poll made of a connection's incident, and what went before. */
export type IncidentStep = Readonly<{
  /** Null when it begins with this poll. */
  before: Incident | null;
  /** As its own states say. */
  after: Incident;
  verdict: Verdict;
  at: Instant;
  /** What the connection did lately. */
  transitions: readonly Transition[];
  /** When what the poll showed was first seen to be so. */
  seenSince: Instant;
  /** Nobody had looked for so long that nothing is known of the time between. */
  isAfterGap: boolean;
}>;

export type SteppedIncident = Readonly<{ incident: Incident; transitions: readonly Transition[] }>;

/** Nothing is told of it but that it flaps, until one health has held. */
export function isFlapping({ flapping }: Incident): boolean {
  return flapping !== null && flapping.settledAt === null;
}

/** Begins, goes on with, or ends the silence about a connection that breaks and works again by turns. */
export function withFlapping(step: IncidentStep, settings: FlapSettings): SteppedIncident {
  return isFlapping(step.after) ? goOn(step) : mayBegin(step, settings);
}

function mayBegin(
  { before, after, at, transitions, seenSince }: IncidentStep,
  { flapChanges, flapWindowMs }: FlapSettings,
): SteppedIncident {
  const transition = transitionBetween(before, after, at);
  if (transition === null) return { incident: after, transitions };
  const lately = [...transitions, transition].filter((earlier) => at - earlier.at <= flapWindowMs);
  const by = flappingBy(lately, transition, flapChanges);
  if (by === null) return { incident: after, transitions: lately };
  const isGood = after.state === 'closed';
  const steadySince = isGood ? seenSince : after.openedAt;
  const flapping = { since: at, by, health: isGood ? 'good' : 'bad', steadySince, settledAt: null } as const;
  return { incident: { ...reopened(after), flapping }, transitions: lately };
}

function transitionBetween(before: Incident | null, after: Incident, at: Instant): Transition | null {
  if (before?.state === 'closed') return null;
  if (after.closeReason === 'recovered') return { kind: 'closed', at };
  if (after.closeReason === 'not_confirmed') return { kind: 'dismissed', at };
  const hasOpened = after.confirmedAt !== null && (before === null || before.confirmedAt === null);
  return hasOpened && after.state !== 'closed' ? { kind: 'opened', at } : null;
}

function flappingBy(
  transitions: readonly Transition[],
  { kind, at }: Transition,
  flapChanges: number,
): 'changes' | 'suspicions' | null {
  if (kind === 'dismissed') return null;
  const dismissed = transitions.filter((transition) => transition.kind === 'dismissed');
  if (transitions.length - dismissed.length >= flapChanges) return 'changes';
  const latest = dismissed.at(-1);
  const isUnsettled = dismissed.length >= SUSPICIONS_TO_FLAP && latest !== undefined && at - latest.at < STEADY_MS;
  return kind === 'opened' && isUnsettled ? 'suspicions' : null;
}

/** What breaks again within hours was not repaired. */
function reopened(incident: Incident): Incident {
  if (incident.state !== 'closed') return incident;
  return { ...incident, state: 'recovering', closedAt: null, closeReason: null };
}

function goOn({ after, verdict, at, transitions, isAfterGap }: IncidentStep): SteppedIncident {
  const { flapping } = after;
  const health = verdict.kind === 'good' || verdict.kind === 'bad' ? verdict.kind : null;
  if (flapping === null || health === null) return { incident: after, transitions };

  // Time that nobody observed proves nothing about either health.
  const steadySince = health === flapping.health && !isAfterGap ? flapping.steadySince : at;
  const goesOn = health === flapping.health && steadySince === flapping.steadySince;
  const held = goesOn ? flapping : { ...flapping, health, steadySince };
  if (at - steadySince < STEADY_MS) return { incident: withHeld(reopened(after), held), transitions };
  if (after.state === 'closed') return { incident: { ...after, flapping: held }, transitions: [] };
  const isSettled = after.state === 'open';
  return {
    incident: { ...after, flapping: { ...held, settledAt: isSettled ? at : null } },
    transitions: isSettled ? [] : transitions,
  };
}

/** The same incident where nothing has changed, so that nothing of it is stored. */
function withHeld(incident: Incident, flapping: Flapping): Incident {
  return incident.flapping === flapping ? incident : { ...incident, flapping };
}
