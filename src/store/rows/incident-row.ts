import type { Action, Condition } from '../../domain/model/condition.ts';
import type { CloseReason, Count, Flapping, Incident, IncidentState, Told } from '../../domain/model/incident.ts';
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
    badPolls: incident.bad?.polls ?? null,
    badCountedAt: dateOrNull(incident.bad?.lastCountedAt ?? null),
    actionPolls: incident.sameAction?.polls ?? null,
    actionCountedAt: dateOrNull(incident.sameAction?.lastCountedAt ?? null),
    goodPolls: incident.good?.polls ?? null,
    goodCountedAt: dateOrNull(incident.good?.lastCountedAt ?? null),
    certainAction: incident.certainAction,
    toldAction: incident.told?.action ?? null,
    toldAt: dateOrNull(incident.told?.at ?? null),
    toldIn: incident.told?.conversationId ?? null,
    alertsTold: incident.alertsTold,
    remindersUsed: incident.remindersUsed,
    remindAt: dateOrNull(incident.remindAt),
    snoozedUntil: dateOrNull(incident.snoozedUntil),
    acknowledgedAt: dateOrNull(incident.acknowledgedAt),
    decision: incident.decision,
    heldBy: incident.heldBy,
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
    bad: countFromRow(row.badPolls, row.badCountedAt),
    sameAction: countFromRow(row.actionPolls, row.actionCountedAt),
    good: countFromRow(row.goodPolls, row.goodCountedAt),
    certainAction: row.certainAction as Action | null,
    told: toldFromRow(row),
    alertsTold: row.alertsTold,
    remindersUsed: row.remindersUsed,
    remindAt: instantOrNull(row.remindAt),
    snoozedUntil: instantOrNull(row.snoozedUntil),
    acknowledgedAt: instantOrNull(row.acknowledgedAt),
    decision: row.decision,
    heldBy: row.heldBy,
    flapping: flappingFromRow(row),
  };
}

function countFromRow(polls: number | null, countedAt: Date | null): Count | null {
  return polls === null || countedAt === null ? null : { polls, lastCountedAt: countedAt.getTime() };
}

function toldFromRow({ toldAction, toldAt, toldIn }: IncidentRow): Told | null {
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
