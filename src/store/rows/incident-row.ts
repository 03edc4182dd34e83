import type { Action, Condition } from '../../domain/model/condition.ts';
import type { CloseReason, Count, Flapping, Incident, IncidentState, LastAlert } from '../../domain/model/incident.ts';
import type { Incident as IncidentRow } from '../model.ts';
import type { Table } from './table.ts';
import { dateOf, dateOrNull, instantOrNull, wordsFromText, wordsToText } from './values.ts';

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

export function incidentToRow(incident: Incident): IncidentRow {
  return {
    id: incident.id,
    tenantId: incident.tenantId,
    connectionId: incident.connectionId,
    openKey: openKeyOf(incident),
    state: incident.state,
    action: incident.action,
    conditions: wordsToText(incident.conditions),
    openedAt: dateOf(incident.openedAt),
    confirmedAt: dateOrNull(incident.confirmedAt),
    closedAt: dateOrNull(incident.closedAt),
    closeReason: incident.closeReason,
    foundAtBaseline: incident.foundAtBaseline,
    badPolls: incident.confirmation.bad?.polls ?? null,
    badCountedAt: dateOrNull(incident.confirmation.bad?.lastCountedAt ?? null),
    actionPolls: incident.confirmation.sameAction?.polls ?? null,
    actionCountedAt: dateOrNull(incident.confirmation.sameAction?.lastCountedAt ?? null),
    goodPolls: incident.confirmation.good?.polls ?? null,
    goodCountedAt: dateOrNull(incident.confirmation.good?.lastCountedAt ?? null),
    certainAction: incident.confirmation.certainAction,
    toldAction: incident.alerting.lastAlert?.action ?? null,
    toldAt: dateOrNull(incident.alerting.lastAlert?.at ?? null),
    toldIn: incident.alerting.lastAlert?.conversationId ?? null,
    alertsTold: incident.alerting.alertsSent,
    remindersUsed: incident.reminders.used,
    remindAt: dateOrNull(incident.reminders.nextAt),
    snoozedUntil: dateOrNull(incident.reminders.snoozedUntil),
    acknowledgedAt: dateOrNull(incident.acknowledgedAt),
    decision: incident.alerting.decision,
    heldBy: incident.alerting.heldBy,
    flappingSince: dateOrNull(incident.flapping?.since ?? null),
    flappingBy: incident.flapping?.by ?? null,
    flappingHealth: incident.flapping?.health ?? null,
    steadySince: dateOrNull(incident.flapping?.steadySince ?? null),
    settledAt: dateOrNull(incident.flapping?.settledAt ?? null),
  };
}

/** Unique in the database: a second open incident about the same thing cannot be stored. */
function openKeyOf({ state, connectionId, tenantId }: Incident): string | null {
  if (state === 'closed') return null;
  return connectionId === null ? `access:${tenantId}` : `connection:${connectionId}`;
}

export function incidentFromRow(row: IncidentRow): Incident {
  return {
    id: row.id,
    tenantId: row.tenantId,
    connectionId: row.connectionId,
    state: row.state as IncidentState,
    action: row.action as Action,
    conditions: wordsFromText<Condition>(row.conditions),
    openedAt: row.openedAt.getTime(),
    confirmedAt: instantOrNull(row.confirmedAt),
    closedAt: instantOrNull(row.closedAt),
    closeReason: row.closeReason as CloseReason | null,
    foundAtBaseline: row.foundAtBaseline,
    confirmation: {
      bad: countFromRow(row.badPolls, row.badCountedAt),
      sameAction: countFromRow(row.actionPolls, row.actionCountedAt),
      good: countFromRow(row.goodPolls, row.goodCountedAt),
      certainAction: row.certainAction as Action | null,
    },
    alerting: {
      lastAlert: lastAlertFromRow(row),
      alertsSent: row.alertsTold,
      decision: row.decision,
      heldBy: row.heldBy,
    },
    reminders: {
      used: row.remindersUsed,
      nextAt: instantOrNull(row.remindAt),
      snoozedUntil: instantOrNull(row.snoozedUntil),
    },
    acknowledgedAt: instantOrNull(row.acknowledgedAt),
    flapping: flappingFromRow(row),
  };
}

function countFromRow(polls: number | null, countedAt: Date | null): Count | null {
  return polls === null || countedAt === null ? null : { polls, lastCountedAt: countedAt.getTime() };
}

function lastAlertFromRow({ toldAction, toldAt, toldIn }: IncidentRow): LastAlert | null {
  if (toldAction === null || toldAt === null || toldIn === null) return null;
  return { action: toldAction as Action, at: toldAt.getTime(), conversationId: toldIn };
}

function flappingFromRow(row: IncidentRow): Flapping | null {
  const { flappingSince, flappingBy, flappingHealth, steadySince } = row;
  if (flappingSince === null || flappingBy === null || flappingHealth === null || steadySince === null) return null;
  return {
    since: flappingSince.getTime(),
    by: flappingBy as Flapping['by'],
    health: flappingHealth as Flapping['health'],
    steadySince: steadySince.getTime(),
    settledAt: instantOrNull(row.settledAt),
  };
}
