import type { Action, Condition } from '../../domain/model/condition.ts';
import type { Count, Flapping, Incident, IncidentState, LastAlert } from '../../domain/model/incident.ts';
import { closeReasons, incidentDecisions, reasonFromText } from '../../domain/model/reasons.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Incident as IncidentRow } from '../model.ts';
import type { Plain, Table } from './table.ts';
import { wordsFromText, wordsToText } from './values.ts';

export const incidentTable: Table<IncidentRow> = {
  name: 'Incident',
  columns: {
    id: 'text',
    tenantId: 'text',
    connectionId: 'text',
    openKey: 'text',
    state: 'text',
    action: 'text',
    conditions: 'text',
    openedAt: 'time',
    confirmedAt: 'time',
    closedAt: 'time',
    closeReason: 'text',
    foundAtBaseline: 'boolean',
    badPolls: 'integer',
    badCountedAt: 'time',
    actionPolls: 'integer',
    actionCountedAt: 'time',
    goodPolls: 'integer',
    goodCountedAt: 'time',
    certainAction: 'text',
    toldAction: 'text',
    toldAt: 'time',
    toldIn: 'text',
    alertsTold: 'integer',
    remindersUsed: 'integer',
    remindAt: 'time',
    snoozedUntil: 'time',
    acknowledgedAt: 'time',
    decision: 'text',
    heldBy: 'text',
    flappingSince: 'time',
    flappingBy: 'text',
    flappingHealth: 'text',
    steadySince: 'time',
    settledAt: 'time',
  },
};

export function incidentToRow(incident: Incident): Plain<IncidentRow> {
  const { confirmation, alerting, reminders, flapping, conditions, ...rest } = incident;
  const { bad, sameAction, good, certainAction } = confirmation;
  const { lastAlert, alertsSent, decision, heldBy } = alerting;
  return {
    ...rest,
    openKey: openKeyOf(incident),
    conditions: wordsToText(conditions),
    badPolls: bad?.polls ?? null,
    badCountedAt: bad?.lastCountedAt ?? null,
    actionPolls: sameAction?.polls ?? null,
    actionCountedAt: sameAction?.lastCountedAt ?? null,
    goodPolls: good?.polls ?? null,
    goodCountedAt: good?.lastCountedAt ?? null,
    certainAction,
    toldAction: lastAlert?.action ?? null,
    toldAt: lastAlert?.at ?? null,
    toldIn: lastAlert?.conversationId ?? null,
    alertsTold: alertsSent,
    decision,
    heldBy,
    remindersUsed: reminders.used,
    remindAt: reminders.nextAt,
    snoozedUntil: reminders.snoozedUntil,
    flappingSince: flapping?.since ?? null,
    flappingBy: flapping?.by ?? null,
    flappingHealth: flapping?.health ?? null,
    steadySince: flapping?.steadySince ?? null,
    settledAt: flapping?.settledAt ?? null,
  };
}

/** Unique in the database: a second open incident about the same thing cannot be stored. */
function openKeyOf({ state, connectionId, tenantId }: Incident): string | null {
  if (state === 'closed') return null;
  return connectionId === null ? `access:${tenantId}` : `connection:${connectionId}`;
}

export function incidentFromRow(row: Plain<IncidentRow>): Incident {
  const { id, tenantId, connectionId, openedAt, confirmedAt, closedAt, foundAtBaseline, acknowledgedAt } = row;
  return {
    id,
    tenantId,
    connectionId,
    openedAt,
    confirmedAt,
    closedAt,
    foundAtBaseline,
    acknowledgedAt,
    state: row.state as IncidentState,
    action: row.action as Action,
    conditions: wordsFromText<Condition>(row.conditions),
    closeReason: row.closeReason === null ? null : reasonFromText(closeReasons, row.closeReason),
    confirmation: {
      bad: countFromRow(row.badPolls, row.badCountedAt),
      sameAction: countFromRow(row.actionPolls, row.actionCountedAt),
      good: countFromRow(row.goodPolls, row.goodCountedAt),
      certainAction: row.certainAction as Action | null,
    },
    alerting: {
      lastAlert: lastAlertFromRow(row),
      decision: reasonFromText(incidentDecisions, row.decision),
      alertsSent: row.alertsTold,
      heldBy: row.heldBy,
    },
    reminders: { used: row.remindersUsed, nextAt: row.remindAt, snoozedUntil: row.snoozedUntil },
    flapping: flappingFromRow(row),
  };
}

function countFromRow(polls: number | null, lastCountedAt: Instant | null): Count | null {
  return polls === null || lastCountedAt === null ? null : { polls, lastCountedAt };
}

function lastAlertFromRow({ toldAction, toldAt, toldIn }: Plain<IncidentRow>): LastAlert | null {
  if (toldAction === null || toldAt === null || toldIn === null) return null;
  return { action: toldAction as Action, at: toldAt, conversationId: toldIn };
}

function flappingFromRow(row: Plain<IncidentRow>): Flapping | null {
  const { flappingSince: since, flappingBy: by, flappingHealth: health, steadySince, settledAt } = row;
  if (since === null || by === null || health === null || steadySince === null) return null;
  return { since, by: by as Flapping['by'], health: health as Flapping['health'], steadySince, settledAt };
}
