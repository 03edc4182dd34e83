import type { Transition } from '../model/connection.ts';
import { wasHeldUntold } from '../model/hold.ts';
import { closeIncident, type Flapping, type Incident, type IncidentState, withReminders } from '../model/incident.ts';
import {
  type Fact,
  incidentTable,
  isActionCertain,
  isFlapping,
  type Outcome,
  type Situation,
  situationOf,
} from '../model/incident-table.ts';
import type { Instant } from '../model/time.ts';
import type { BadVerdict, Verdict } from '../model/verdict.ts';
import { type CountSettings, observeBad, observeGood, withBreakAfterBaseline } from './count-polls.ts';
import { beginFlapping, type FlapSettings, flappingAfter, isSteady, transitionsWith } from './flapping.ts';

export type AdvanceSettings = FlapSettings & CountSettings;

/** What a poll showed of a connection, or of our access to the tenant. */
export type Seen = Readonly<{
  verdict: Verdict;
  at: Instant;
  /** Another account of the network works in the place of the removed one. */
  isReplaced: boolean;
  /** The connection's past; null for our access, which never flaps. */
  past: ConnectionPast | null;
}>;

export type ConnectionPast = Readonly<{
  transitions: readonly Transition[];
  /** Since when every poll has shown what this one shows. */
  seenSince: Instant;
  /** There was no poll for so long that nothing is known of the time between. */
  isAfterGap: boolean;
}>;

export type AdvancedIncident = Readonly<{ incident: Incident; transitions: readonly Transition[] }>;

type Beginning = Pick<Incident, 'tenantId' | 'connectionId' | 'openedAt' | 'foundAtBaseline'> &
  Readonly<{ newId: () => string }>;

/** The incident that a poll begins; null when it begins none. */
export function beginIncident(
  { newId, ...about }: Beginning,
  seen: Seen,
  settings: AdvanceSettings,
): AdvancedIncident | null {
  if (incidentTable.none[seen.verdict.kind].length === 0) return null;
  const begun: Incident = {
    ...about,
    id: newId(),
    state: 'suspected',
    action: 'none',
    conditions: [],
    confirmedAt: null,
    closedAt: null,
    closeReason: null,
    acknowledgedAt: null,
    confirmation: { bad: null, sameAction: null, good: null, certainAction: null },
    alerting: { lastAlert: null, alertsSent: 0, decision: 'awaiting_confirmation', heldBy: null },
    reminders: { used: 0, nextAt: null, snoozedUntil: null },
    flapping: null,
  };
  return advance({ situation: 'none', incident: begun }, seen, settings);
}

/** The incident after one more poll, and what its connection did lately. */
export function advanceIncident(incident: Incident, seen: Seen, settings: AdvanceSettings): AdvancedIncident {
  return advance({ situation: situationOf(incident), incident }, seen, settings);
}

type Standing = Readonly<{ situation: Situation; incident: Incident }>;

function advance(before: Standing, seen: Seen, settings: AdvanceSettings): AdvancedIncident {
  const { verdict, at, past, isReplaced } = seen;
  const transitions = past?.transitions ?? [];
  const counted = withCounts(before, seen, settings);
  const flapping = flappingFrom(counted, seen, settings);
  const facts: Readonly<Record<Fact, boolean>> = {
    certain: isActionCertain(counted),
    repaired: (counted.confirmation.good?.polls ?? 0) >= settings.recoveryPolls,
    unsettled: flapping !== null,
    steady: isSteady(counted, at),
    replaced: isReplaced,
  };
  const outcome = incidentTable[before.situation][verdict.kind].find(({ when }) => when.every((fact) => facts[fact]));
  if (outcome === undefined) return { incident: before.incident, transitions };
  return {
    incident: entered(outcome, counted, { verdict, at, flapping, isRepaired: facts.repaired }),
    transitions: transitionsAfter(transitions, outcome, { incident: counted, at, settings }),
  };
}

/** The flapping that begins if this poll changes what is certain of the connection. */
function flappingFrom(counted: Incident, { verdict, at, past }: Seen, settings: AdvanceSettings): Flapping | null {
  const kind = verdict.kind === 'good' ? 'closed' : 'opened';
  if (past === null || (kind === 'closed' && wasHeldUntold(counted))) return null;
  const steadySince = kind === 'closed' ? past.seenSince : counted.openedAt;
  return beginFlapping(transitionsWith(past.transitions, { kind, at }, settings), steadySince, settings);
}

/**
 * Of trouble that was a whole fleet's, and that ends untold, the connection keeps no transition: it was not its own.
 */
function transitionsAfter(
  transitions: readonly Transition[],
  { transition }: Outcome,
  { incident, at, settings }: Readonly<{ incident: Incident; at: Instant; settings: FlapSettings }>,
): readonly Transition[] {
  if (transition === undefined) return transitions;
  if (transition === 'forget') return [];
  if (transition !== 'opened' && wasHeldUntold(incident)) {
    return transitions.filter((earlier) => earlier.at < incident.openedAt);
  }
  return transitionsWith(transitions, { kind: transition, at }, settings);
}

type Entering = Pick<Seen, 'verdict' | 'at'> & Readonly<{ flapping: Flapping | null; isRepaired: boolean }>;

function entered(outcome: Outcome, counted: Incident, { verdict, at, flapping, isRepaired }: Entering): Incident {
  switch (outcome.to) {
    case 'closed':
      return closeIncident(counted, outcome.as, at);
    case 'open':
      return inState(isFlapping(counted) ? settled(counted, at) : counted, 'open');
    case 'in_doubt':
      return inState(counted, 'open');
    case 'suspected':
    case 'recovering':
      return inState(counted, outcome.to);
    case 'flapping': {
      const flaps = isFlapping(counted) ? counted : { ...counted, flapping };
      const after = inState(flaps, verdict.kind === 'good' ? 'recovering' : 'open');
      // A repair that is not believed yet ends the reminders all the same.
      return isRepaired ? withReminders(after, { nextAt: null }) : after;
    }
  }
}

/** The same object in the same state, so that nothing of it is stored. */
function inState(incident: Incident, state: IncidentState): Incident {
  return incident.state === state ? incident : { ...incident, state };
}

function settled(incident: Incident, at: Instant): Incident {
  return { ...incident, flapping: incident.flapping && { ...incident.flapping, settledAt: at } };
}

/** The incident with what the poll counts, before its state changes. */
function withCounts({ situation, incident: before }: Standing, seen: Seen, settings: AdvanceSettings): Incident {
  const { verdict, at } = seen;
  switch (verdict.kind) {
    case 'bad': {
      const after = observeBad(before, { verdict, at }, settings);
      return withFlapping(situation === 'none' ? after : withBreakAfterBaseline(before, after, verdict), seen);
    }
    case 'good':
      return withFlapping(situation === 'suspected' ? before : observeGood(before, at, settings), seen);
    case 'removed':
      return situation === 'none' ? observeBad(before, { verdict: REMOVAL, at }, settings) : before;
    case 'neutral':
      return before;
  }
}

const REMOVAL: BadVerdict = { kind: 'bad', action: 'none', conditions: ['removed'], proof: { by: 'fact' } };

function withFlapping(incident: Incident, { verdict, at, past }: Seen): Incident {
  if (past === null || incident.flapping === null || !isFlapping(incident)) return incident;
  const health = verdict.kind === 'good' ? 'good' : 'bad';
  const flapping = flappingAfter(incident.flapping, { health, at, isAfterGap: past.isAfterGap });
  return flapping === incident.flapping ? incident : { ...incident, flapping };
}
