import { isSameConditions } from '../model/condition.ts';
import type { Confirmation, Count, Incident } from '../model/incident.ts';
import { isActionCertain } from '../model/incident-table.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { Instant } from '../model/time.ts';
import type { BadVerdict, Proof } from '../model/verdict.ts';

/** The settings that say how many polls make a break or a repair certain. */
export type CountSettings = Pick<AlertSettings, 'recheckAfterMs' | 'confirmPolls' | 'recoveryPolls'>;

type BadPoll = Readonly<{ verdict: BadVerdict; at: Instant }>;

export function observeBad(incident: Incident, { verdict, at }: BadPoll, settings: CountSettings): Incident {
  if (isKnown(incident, verdict)) return incident;
  const { action, conditions, proof } = verdict;
  const before = incident.confirmation;
  // A limit that passes by itself is no evidence for a problem that needs a repair.
  const bad = proof.by === 'duration' ? before.bad : countedOn(before.bad, at, settings);
  const sameAction = countedOn(action === incident.action ? before.sameAction : null, at, settings);
  const evidence = incident.state === 'suspected' ? bad : sameAction;
  const isCertain = action === before.certainAction || isProven(proof, evidence, settings);
  const doubtful: Confirmation = { ...before, bad, sameAction, good: null };
  return {
    ...incident,
    action,
    conditions,
    confirmedAt: incident.confirmedAt ?? (isCertain ? at : null),
    confirmation: isCertain ? { ...doubtful, certainAction: action, sameAction: null } : doubtful,
  };
}

/** One more poll that shows the same certain problem changes nothing, and nothing of it is stored. */
function isKnown(incident: Incident, verdict: BadVerdict): boolean {
  const { state, action, conditions } = incident;
  if (state !== 'open' || !isActionCertain(incident)) return false;
  return action === verdict.action && isSameConditions(conditions, verdict.conditions);
}

/** A connection that was only rate limited when monitoring began, and breaks later, was not found broken then. */
export function withBreakAfterBaseline(before: Incident, after: Incident, { proof }: BadVerdict): Incident {
  const { certainAction, bad } = before.confirmation;
  const wasSuspectedToWait = certainAction === null && bad === null && proof.by !== 'duration';
  const wasWaiting = certainAction === 'wait' && after.confirmation.certainAction !== 'wait';
  return wasSuspectedToWait || wasWaiting ? { ...after, foundAtBaseline: false } : after;
}

export function observeGood(incident: Incident, at: Instant, settings: CountSettings): Incident {
  const good = countedOn(incident.confirmation.good, at, settings);
  return { ...incident, confirmation: { ...incident.confirmation, good } };
}

function isProven(proof: Proof, count: Count | null, settings: CountSettings): boolean {
  switch (proof.by) {
    case 'fact':
      return true;
    case 'duration':
      return proof.forMs >= proof.atLeastMs;
    case 'polls':
      return count !== null && count.polls >= settings.confirmPolls;
    case 'disputed_polls':
      return count !== null && count.polls > settings.confirmPolls;
  }
}

/** Polls closer together than RECHECK_AFTER are one observation: they may share one hiccup. */
function countedOn(count: Count | null, at: Instant, settings: CountSettings): Count {
  if (count === null) return { polls: 1, lastCountedAt: at };
  if (at - count.lastCountedAt < settings.recheckAfterMs) return count;
  return { polls: count.polls + 1, lastCountedAt: at };
}
