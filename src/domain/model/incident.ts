import { type Action, type Condition, isSameConditions } from './condition.ts';
import type { CloseReason, IncidentDecision } from './reasons.ts';
import type { Instant } from './time.ts';
import type { Step } from './topic.ts';
import type { BadVerdict, Proof, Verdict } from './verdict.ts';

export const incidentStates = ['suspected', 'open', 'recovering', 'closed'] as const;
export type IncidentState = (typeof incidentStates)[number];

/** Polls of one kind in a row, counted only when they are at least RECHECK_AFTER apart. */
export type Count = Readonly<{ polls: number; lastCountedAt: Instant }>;

/**
 * A connection's time in trouble, whatever its conditions in turn, from the first bad poll to the confirmed repair.
 * An incident without a connection is about our access to the tenant.
 */
export type Incident = Readonly<{
  id: string;
  tenantId: string;
  connectionId: string | null;
  state: IncidentState;
  /** As the latest bad poll shows it. */
  action: Action;
  conditions: readonly Condition[];
  openedAt: Instant;
  confirmedAt: Instant | null;
  closedAt: Instant | null;
  closeReason: CloseReason | null;
  foundAtBaseline: boolean;
  acknowledgedAt: Instant | null;
  confirmation: Confirmation;
  alerting: Alerting;
  reminders: Reminders;
  /** Null unless the connection breaks and works again by turns. */
  flapping: Flapping | null;
}>;

/** The counts of polls towards the next certainty, and the certainty that was reached. */
export type Confirmation = Readonly<{
  /** Bad polls towards the confirmation. */
  bad: Count | null;
  /** Bad polls that showed the current action, towards believing it; null when it is the certain one. */
  sameAction: Count | null;
  /** Good polls towards the repair. */
  good: Count | null;
  /** The last action that was confirmed; null while suspected. */
  certainAction: Action | null;
}>;

/** What the owner has been told of the incident, and why mail about it was, or was not, sent. */
export type Alerting = Readonly<{
  lastAlert: LastAlert | null;
  /** More than one when the incident got worse. */
  alertsSent: number;
  /** The reason of the latest decision. */
  decision: IncidentDecision;
  /** The hold that keeps back mail about the incident, or did; null when no hold ever has. */
  heldBy: string | null;
}>;

/**
 * The latest alert that a mail server accepted for at least one contact. `conversationId` keeps an alert, its
 * reminders and its recovery together in the reader's mail program.
 */
export type LastAlert = Readonly<{ action: Action; at: Instant; conversationId: string }>;

export type Reminders = Readonly<{
  /** How many of the reminder slots since the latest alert are used up, missed ones included. */
  used: number;
  /** When the next reminder is due; null when none is, or while one is on its way. */
  nextAt: Instant | null;
  snoozedUntil: Instant | null;
}>;

/** It comes and goes, so nothing more is told of it until one health has held for a while. */
export type Flapping = Readonly<{
  since: Instant;
  /** Told by a mail of its own, or, as there was only suspicion, by the digest. */
  by: 'changes' | 'suspicions';
  health: 'good' | 'bad';
  /** Since when that health has held. */
  steadySince: Instant;
  /** When it had held bad for long enough to be told. */
  settledAt: Instant | null;
}>;

export type ConfirmationSettings = Readonly<{ recheckAfterMs: number; confirmPolls: number; recoveryPolls: number }>;

export type NewIncident = Readonly<{
  id: string;
  tenantId: string;
  connectionId: string | null;
  at: Instant;
  foundAtBaseline: boolean;
}>;

/** The first bad poll: a suspect, or certain already where one poll is enough. */
export function beginIncident(
  { id, tenantId, connectionId, at, foundAtBaseline }: NewIncident,
  verdict: BadVerdict,
  settings: ConfirmationSettings,
): Incident {
  const begun: Incident = {
    id,
    tenantId,
    connectionId,
    state: 'suspected',
    action: verdict.action,
    conditions: verdict.conditions,
    openedAt: at,
    confirmedAt: null,
    closedAt: null,
    closeReason: null,
    foundAtBaseline,
    acknowledgedAt: null,
    confirmation: { bad: null, sameAction: null, good: null, certainAction: null },
    alerting: { lastAlert: null, alertsSent: 0, decision: 'awaiting_confirmation', heldBy: null },
    reminders: { used: 0, nextAt: null, snoozedUntil: null },
    flapping: null,
  };
  return observeBad(begun, verdict, at, settings);
}

/** The incident after one more poll. A closed incident stays as it is: the next bad poll begins another. */
export function advanceIncident(
  incident: Incident,
  verdict: Verdict,
  at: Instant,
  settings: ConfirmationSettings,
): Incident {
  if (incident.state === 'closed') return incident;
  switch (verdict.kind) {
    case 'neutral':
      return incident;
    case 'removed':
      return closeIncident(incident, 'removed', at);
    case 'bad':
      return withBreakAfterBaseline(incident, observeBad(incident, verdict, at, settings), verdict);
    case 'good':
      return observeGood(incident, at, settings);
  }
}

export function closeIncident(incident: Incident, closeReason: CloseReason, at: Instant): Incident {
  const closed: Incident = { ...incident, state: 'closed', closedAt: at, closeReason };
  return withDecision(withReminders(closed, { nextAt: null }), closeReason);
}

/** The same object when the decision is the same, so that nothing of the incident is stored. */
export function withDecision(incident: Incident, decision: IncidentDecision): Incident {
  return incident.alerting.decision === decision
    ? incident
    : { ...incident, alerting: { ...incident.alerting, decision } };
}

export function withReminders(incident: Incident, changed: Partial<Reminders>): Incident {
  return { ...incident, reminders: { ...incident.reminders, ...changed } };
}

export function lastAlertStep({ alerting }: Incident): Step {
  return { kind: 'alert', number: alerting.alertsSent };
}

export function nextAlertStep({ alerting }: Incident): Step {
  return { kind: 'alert', number: alerting.alertsSent + 1 };
}

/** What mail asks the owner to do: the certain action, or what was seen last while no action is certain. */
export function actionToAskFor({ action, confirmation }: Incident): Action {
  return confirmation.certainAction ?? action;
}

/** Still in doubt in one direction or the other, so that it is worth asking again before the next slot. */
export function needsRecheck({ state, action, confirmation }: Incident): boolean {
  if (state === 'suspected' || state === 'recovering') return true;
  return state === 'open' && action !== confirmation.certainAction;
}

function observeBad(incident: Incident, verdict: BadVerdict, at: Instant, settings: ConfirmationSettings): Incident {
  if (isKnown(incident, verdict)) return incident;
  const { action, conditions, proof } = verdict;
  const before = incident.confirmation;
  // A limit that passes by itself is no evidence for a problem that somebody must repair.
  const bad = proof.by === 'duration' ? before.bad : counted(before.bad, at, settings);
  const sameAction = counted(action === incident.action ? before.sameAction : null, at, settings);
  const doubtful: Confirmation = { ...before, bad, sameAction, good: null };
  const certain: Confirmation = { ...doubtful, certainAction: action, sameAction: null };
  const seen: Incident = { ...incident, action, conditions, confirmation: doubtful };

  if (incident.state === 'suspected') {
    if (!isProven(proof, bad, settings)) return seen;
    return { ...seen, state: 'open', confirmedAt: at, confirmation: certain };
  }
  const isCertain = action === before.certainAction || isProven(proof, sameAction, settings);
  return { ...seen, state: 'open', confirmation: isCertain ? certain : doubtful };
}

/** Certain, and as it was: one more poll that says so is no news, and nothing of it is stored. */
function isKnown({ state, action, conditions, confirmation }: Incident, verdict: BadVerdict): boolean {
  const { certainAction, sameAction } = confirmation;
  const isCertain = state === 'open' && sameAction === null && certainAction === verdict.action;
  return isCertain && action === verdict.action && isSameConditions(conditions, verdict.conditions);
}

/** What was only rate limited when monitoring began, and breaks later, was not found broken then. */
function withBreakAfterBaseline(before: Incident, after: Incident, { proof }: BadVerdict): Incident {
  const { certainAction, bad } = before.confirmation;
  const wasSuspectedToWait = certainAction === null && bad === null && proof.by !== 'duration';
  const wasWaiting = certainAction === 'wait' && after.confirmation.certainAction !== 'wait';
  return wasSuspectedToWait || wasWaiting ? { ...after, foundAtBaseline: false } : after;
}

function observeGood(incident: Incident, at: Instant, settings: ConfirmationSettings): Incident {
  if (incident.state === 'suspected') return closeIncident(incident, 'not_confirmed', at);
  const good = counted(incident.confirmation.good, at, settings);
  const after = { ...incident, confirmation: { ...incident.confirmation, good } };
  return good.polls >= settings.recoveryPolls
    ? closeIncident(after, 'recovered', at)
    : { ...after, state: 'recovering' };
}

function isProven(proof: Proof, count: Count | null, settings: ConfirmationSettings): boolean {
  switch (proof.by) {
    case 'fact':
      return true;
    case 'duration':
      return proof.forMs >= proof.atLeastMs;
    case 'polls':
      return count !== null && count.polls >= settings.confirmPolls;
  }
}

/** Polls closer together than RECHECK_AFTER are one observation: they may share one hiccup. */
function counted(count: Count | null, at: Instant, settings: ConfirmationSettings): Count {
  if (count === null) return { polls: 1, lastCountedAt: at };
  if (at - count.lastCountedAt < settings.recheckAfterMs) return count;
  return { polls: count.polls + 1, lastCountedAt: at };
}
