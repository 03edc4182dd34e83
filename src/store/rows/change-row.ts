import type { Change, ChangeReason } from '../../domain/model/change.ts';
import type { Condition, Health } from '../../domain/model/condition.ts';
import type { ConnectionIdentity } from '../../domain/model/connection.ts';
import type { Change as ChangeRow } from '../model.ts';
import { type Plain, plain, type Table } from './table.ts';
import { wordsFromText, wordsToText } from './values.ts';

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

export function changeToRow({ from, to, conditions, ...change }: Change): Plain<ChangeRow> {
  return { ...change, fromHealth: from, toHealth: to, conditions: wordsToText(conditions) };
}

export function changeFromRow({
  connection,
  ...row
}: ChangeRow & Readonly<{ connection: ConnectionIdentity }>): Change {
  const { fromHealth, toHealth, conditions, ...change } = plain(changeTable, row);
  return {
    ...change,
    ...connection,
    from: fromHealth as Health | null,
    to: toHealth as Health,
    conditions: wordsFromText<Condition>(conditions),
    reason: change.reason as ChangeReason,
  };
}
