import type { Action, Condition } from './condition.ts';
import type { CloseReason, IncidentDecision } from './reasons.ts';
import { isBeforeFirstGoodPoll, type Tenant } from './tenant.ts';
import type { Instant } from './time.ts';
import type { Step } from './topic.ts';

export const incidentStates = ['suspected', 'open', 'recovering', 'closed'] as const;
export type IncidentState = (typeof incidentStates)[number];

/** Lists of incidents are filtered by these; `open` is every state but `closed`. */
export const incidentStateFilters = ['open', 'closed', 'all'] as const;
export type IncidentStateFilter = (typeof incidentStateFilters)[number];

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
  /** The action that the latest bad poll asks for. */
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

/** The mail that owners got about the incident, and the reason of the latest decision about such mail. */
export type Alerting = Readonly<{
  lastAlert: LastAlert | null;
  /** More than one when the incident got worse. */
  alertsSent: number;
  /** The reason of the latest decision. */
  decision: IncidentDecision;
  /** The latest hold that keeps back mail about the incident, or did; null when no hold ever has. */
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
  /**
   * When the next reminder is due, or an untold alert of a tenant that is not polled is looked at again; null when
   * neither is, or while a reminder is on its way.
   */
  nextAt: Instant | null;
  snoozedUntil: Instant | null;
}>;

/** The connection keeps breaking and recovering, so no more mail is sent until one health has lasted. */
export type Flapping = Readonly<{
  since: Instant;
  /** Changes are told by a mail of their own; suspicions alone by the digest. */
  by: 'changes' | 'suspicions';
  health: 'good' | 'bad';
  /** Since when that health has held. */
  steadySince: Instant;
  /** When the connection had been broken for long enough, so that the owner is told; null before. */
  settledAt: Instant | null;
}>;

/** What only the owner can do. */
export const ownersActions = [
  'reconnect',
  'choose_profile',
  'reauthorize',
  'privileges',
] as const satisfies readonly Action[];

/** Certain and not over, asks its owner for something, and no mail about it was taken. */
export function isUntold({ state, action, alerting }: Incident): boolean {
  return state === 'open' && ownersActions.some((asked) => asked === action) && alerting.lastAlert === null;
}

/** Trouble, and neither a mere suspicion nor over. */
export function isCertain({ state }: Pick<Incident, 'state'>): boolean {
  return state === 'open' || state === 'recovering';
}

/** Certain, and about access that has never worked. */
export function isOperatorsMatter({ connectionId, state }: Incident, tenant: Pick<Tenant, 'baselinedAt'>): boolean {
  return connectionId === null && state === 'open' && isBeforeFirstGoodPoll(tenant);
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
