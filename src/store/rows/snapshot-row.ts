import type { Condition, Health } from '../../domain/model/condition.ts';
import type { Snapshot } from '../../domain/model/connection.ts';
import type { Snapshot as SnapshotRow } from '../model.ts';
import type { Plain, Table } from './table.ts';
import { wordsFromText, wordsToText } from './values.ts';

export type { SnapshotRow };

export const snapshotTable: Table<SnapshotRow> = {
  name: 'Snapshot',
  columns: {
    id: 'text',
    connectionId: 'text',
    periodOfId: 'text',
    startedAt: 'time',
    seenUntil: 'time',
    speaksUntil: 'time',
    health: 'text',
    conditions: 'text',
    hasToken: 'boolean',
    isActiveUser: 'boolean',
    rateLimited: 'boolean',
    tokenHasScopes: 'boolean',
    tokenIsValid: 'boolean',
    error: 'text',
    networkStatus: 'integer',
    polls: 'integer',
  },
};

export function snapshotToRow(snapshot: Snapshot, isLatest: boolean): Plain<SnapshotRow> {
  const { connectionId, health, conditions, status, polls } = snapshot;
  return {
    connectionId,
    health,
    ...status,
    polls,
    ...correctionToRow(snapshot),
    periodOfId: isLatest ? connectionId : null,
    conditions: wordsToText(conditions),
  };
}

export function snapshotFromRow(row: Plain<SnapshotRow>): Snapshot {
  const { periodOfId: _, startedAt, seenUntil, speaksUntil, conditions, ...rest } = row;
  const { id, connectionId, health, polls, ...status } = rest;
  return {
    id,
    connectionId,
    polls,
    status,
    from: startedAt,
    to: seenUntil,
    speaksForMs: speaksUntil - seenUntil,
    health: health as Health,
    conditions: wordsFromText<Condition>(conditions),
  };
}

type ExtensionRow = Pick<SnapshotRow, 'id' | 'seenUntil' | 'speaksUntil'>;

/** An unchanged poll: no new row. */
export const extensionTable: Table<ExtensionRow> = {
  name: 'Snapshot',
  columns: { id: 'text', seenUntil: 'time', speaksUntil: 'time' },
};

type Extension = Pick<Snapshot, 'id' | 'to' | 'speaksForMs'>;

export function extensionToRow({ id, to, speaksForMs }: Extension): Plain<ExtensionRow> {
  return { id, seenUntil: to, speaksUntil: to + speaksForMs };
}

type CorrectionRow = ExtensionRow & Pick<SnapshotRow, 'startedAt'>;

export const correctionTable: Table<CorrectionRow> = {
  name: 'Snapshot',
  columns: { ...extensionTable.columns, startedAt: 'time' },
};

export function correctionToRow({ from, ...extension }: Extension & Pick<Snapshot, 'from'>): Plain<CorrectionRow> {
  return { ...extensionToRow(extension), startedAt: from };
}
