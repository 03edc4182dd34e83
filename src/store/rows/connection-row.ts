import type { Connection, Transition } from '../../domain/model/connection.ts';
import type { Connection as ConnectionRow } from '../model.ts';
import { type SnapshotRow, snapshotFromRow } from './snapshot-row.ts';
import { type Plain, plain, type Table } from './table.ts';
import { ascending } from './values.ts';

export const connectionTable: Table<ConnectionRow> = {
  name: 'Connection',
  columns: {
    id: 'text',
    tenantId: 'text',
    network: 'text',
    accountId: 'text',
    displayName: 'text',
    username: 'text',
    firstSeenAt: 'time',
    foundAtBaseline: 'boolean',
    absentPolls: 'integer',
    removedAt: 'time',
    rateLimitedSince: 'time',
    checkFailedInvalidSince: 'time',
    checkFailedSince: 'time',
    turns: 'text',
  },
};

export function connectionToRow({ transitions, period: _, ...connection }: Connection): Plain<ConnectionRow> {
  return { ...connection, turns: JSON.stringify(transitions) };
}

type ConnectionRowWithPeriod = ConnectionRow & Readonly<{ period: SnapshotRow | null }>;

function connectionFromRow({ turns, period, ...row }: ConnectionRowWithPeriod): Connection {
  return {
    ...plain(connectionTable, row),
    transitions: JSON.parse(turns) as readonly Transition[],
    period: period === null ? null : snapshotFromRow(period),
  };
}

/** By network, then by account. */
export function connectionsFromRows(rows: readonly ConnectionRowWithPeriod[]): readonly Connection[] {
  return rows
    .map(connectionFromRow)
    .toSorted((a, b) => ascending(a.network, b.network) || ascending(a.accountId, b.accountId));
}
