import type { Turn } from './connection.ts';
import type { Flapping, Incident } from './incident.ts';
import type { AlertSettings } from './settings.ts';
import { HOUR_MS, type Instant } from './time.ts';
import type { Verdict } from './verdict.ts';

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
  turns: readonly Turn[];
  /** When what the poll showed was first seen to be so. */
  seenSince: Instant;
  /** Nobody had looked for so long that nothing is known of the time between. */
  isAfterGap: boolean;
}>;

export type SteppedIncident = Readonly<{ incident: Incident; turns: readonly Turn[] }>;

/** Nothing is told of it but that it flaps, until one health has held. */
export function isFlapping({ flapping }: Incident): boolean {
  return flapping !== null && flapping.settledAt === null;
}

/** Begins, goes on with, or ends the silence about a connection that breaks and works again by turns. */
export function withFlapping(step: IncidentStep, settings: FlapSettings): SteppedIncident {
  return isFlapping(step.after) ? goOn(step) : mayBegin(step, settings);
}

function mayBegin(
  { before, after, at, turns, seenSince }: IncidentStep,
  { flapChanges, flapWindowMs }: FlapSettings,
): SteppedIncident {
  const turn = turnBetween(before, after, at);
  if (turn === null) return { incident: after, turns };
  const lately = [...turns, turn].filter((earlier) => at - earlier.at <= flapWindowMs);
  const by = flappingBy(lately, turn, flapChanges);
  if (by === null) return { incident: after, turns: lately };
  const isGood = after.state === 'closed';
  const steadySince = isGood ? seenSince : after.openedAt;
  const flapping = { since: at, by, health: isGood ? 'good' : 'bad', steadySince, settledAt: null } as const;
  return { incident: { ...reopened(after), flapping }, turns: lately };
}

function turnBetween(before: Incident | null, after: Incident, at: Instant): Turn | null {
  if (before?.state === 'closed') return null;
  if (after.closeReason === 'recovered') return { kind: 'closed', at };
  if (after.closeReason === 'not_confirmed') return { kind: 'dismissed', at };
  const hasOpened = after.confirmedAt !== null && (before === null || before.confirmedAt === null);
  return hasOpened && after.state !== 'closed' ? { kind: 'opened', at } : null;
}

function flappingBy(turns: readonly Turn[], { kind, at }: Turn, flapChanges: number): 'changes' | 'suspicions' | null {
  if (kind === 'dismissed') return null;
  const dismissed = turns.filter((turn) => turn.kind === 'dismissed');
  if (turns.length - dismissed.length >= flapChanges) return 'changes';
  const latest = dismissed.at(-1);
  const isUnsettled = dismissed.length >= SUSPICIONS_TO_FLAP && latest !== undefined && at - latest.at < STEADY_MS;
  return kind === 'opened' && isUnsettled ? 'suspicions' : null;
}

/** What breaks again within hours was not repaired. */
function reopened(incident: Incident): Incident {
  if (incident.state !== 'closed') return incident;
  return { ...incident, state: 'recovering', closedAt: null, closeReason: null };
}

function goOn({ after, verdict, at, turns, isAfterGap }: IncidentStep): SteppedIncident {
  const { flapping } = after;
  const health = verdict.kind === 'good' || verdict.kind === 'bad' ? verdict.kind : null;
  if (flapping === null || health === null) return { incident: after, turns };

  // Time that nobody observed proves nothing about either health.
  const steadySince = health === flapping.health && !isAfterGap ? flapping.steadySince : at;
  const goesOn = health === flapping.health && steadySince === flapping.steadySince;
  const held = goesOn ? flapping : { ...flapping, health, steadySince };
  if (at - steadySince < STEADY_MS) return { incident: withHeld(reopened(after), held), turns };
  if (after.state === 'closed') return { incident: { ...after, flapping: held }, turns: [] };
  const isSettled = after.state === 'open';
  return {
    incident: { ...after, flapping: { ...held, settledAt: isSettled ? at : null } },
    turns: isSettled ? [] : turns,
  };
}

/** The same incident where nothing has changed, so that nothing of it is stored. */
function withHeld(incident: Incident, flapping: Flapping): Incident {
  return incident.flapping === flapping ? incident : { ...incident, flapping };
}
