import type { Change, ChangeReason } from '../../domain/model/change.ts';
import type { Condition, Health } from '../../domain/model/condition.ts';
import type { ConnectionIdentity } from '../../domain/model/connection.ts';
import type { Change as ChangeRow } from '../model.ts';
import type { Table } from './table.ts';
import { dateOf, wordsFromText, wordsToText } from './values.ts';

export const changeTable: Table<ChangeRow> = {
  name: 'Change',
  columns: {
    id: 'text',
    tenantId: 'text',
    connectionId: 'text',
    at: 'time',
    fromHealth: 'text',
    toHealth: 'text',
    conditions: 'text',
    reason: 'text',
  },
};

export function changeToRow(change: Change): ChangeRow {
  return {
    id: change.id,
    tenantId: change.tenantId,
    connectionId: change.connectionId,
    at: dateOf(change.at),
    fromHealth: change.from,
    toHealth: change.to,
    conditions: wordsToText(change.conditions),
    reason: change.reason,
  };
}

export function changeFromRow(row: ChangeRow & Readonly<{ connection: ConnectionIdentity }>): Change {
  return {
    id: row.id,
    tenantId: row.tenantId,
    connectionId: row.connectionId,
    network: row.connection.network,
    accountId: row.connection.accountId,
    at: row.at.getTime(),
    from: row.fromHealth as Health | null,
    to: row.toHealth as Health,
    conditions: wordsFromText<Condition>(row.conditions),
    reason: row.reason as ChangeReason,
  };
}
