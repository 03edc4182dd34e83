import type { Condition, Health } from '../../domain/model/condition.ts';
import type { Snapshot } from '../../domain/model/connection.ts';
import type { Snapshot as SnapshotRow } from '../model.ts';
import type { Table } from './table.ts';
import { dateOf, wordsFromText, wordsToText } from './values.ts';

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

export function snapshotToRow(snapshot: Snapshot, isLatest: boolean): SnapshotRow {
  return {
    id: snapshot.id,
    connectionId: snapshot.connectionId,
    periodOfId: isLatest ? snapshot.connectionId : null,
    startedAt: dateOf(snapshot.from),
    seenUntil: dateOf(snapshot.to),
    speaksUntil: dateOf(snapshot.to + snapshot.speaksForMs),
    health: snapshot.health,
    conditions: wordsToText(snapshot.conditions),
    ...snapshot.status,
    polls: snapshot.polls,
  };
}

export function snapshotFromRow(row: SnapshotRow): Snapshot {
  return {
    id: row.id,
    connectionId: row.connectionId,
    from: row.startedAt.getTime(),
    to: row.seenUntil.getTime(),
    speaksForMs: row.speaksUntil.getTime() - row.seenUntil.getTime(),
    health: row.health as Health,
    conditions: wordsFromText<Condition>(row.conditions),
    status: {
      hasToken: row.hasToken,
      isActiveUser: row.isActiveUser,
      rateLimited: row.rateLimited,
      tokenHasScopes: row.tokenHasScopes,
      tokenIsValid: row.tokenIsValid,
      error: row.error,
      networkStatus: row.networkStatus,
    },
    polls: row.polls,
  };
}

type ExtensionRow = Pick<SnapshotRow, 'id' | 'seenUntil' | 'speaksUntil'>;

/** An unchanged poll: no new row. */
export const extensionTable: Table<ExtensionRow> = {
  name: 'Snapshot',
  columns: { id: 'text', seenUntil: 'time', speaksUntil: 'time' },
};

export function extensionToRow({ id, to, speaksForMs }: Pick<Snapshot, 'id' | 'to' | 'speaksForMs'>): ExtensionRow {
  return { id, seenUntil: dateOf(to), speaksUntil: dateOf(to + speaksForMs) };
}

type CorrectionRow = ExtensionRow & Pick<SnapshotRow, 'startedAt'>;

export const correctionTable: Table<CorrectionRow> = {
  name: 'Snapshot',
  columns: { ...extensionTable.columns, startedAt: 'time' },
};

export function correctionToRow(snapshot: Pick<Snapshot, 'id' | 'from' | 'to' | 'speaksForMs'>): CorrectionRow {
  return { ...extensionToRow(snapshot), startedAt: dateOf(snapshot.from) };
}
