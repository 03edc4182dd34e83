import type { Connection, Transition } from '../../domain/model/connection.ts';
import type { Connection as ConnectionRow } from '../model.ts';
import { type SnapshotRow, snapshotFromRow } from './snapshot-row.ts';
import type { Table } from './table.ts';
import { ascending, dateOf, dateOrNull, instantOrNull } from './values.ts';

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

export function connectionToRow(connection: Connection): ConnectionRow {
  return {
    id: connection.id,
    tenantId: connection.tenantId,
    network: connection.network,
    accountId: connection.accountId,
    displayName: connection.displayName,
    username: connection.username,
    firstSeenAt: dateOf(connection.firstSeenAt),
    foundAtBaseline: connection.foundAtBaseline,
    absentPolls: connection.absentPolls,
    removedAt: dateOrNull(connection.removedAt),
    rateLimitedSince: dateOrNull(connection.rateLimitedSince),
    checkFailedInvalidSince: dateOrNull(connection.checkFailedInvalidSince),
    checkFailedSince: dateOrNull(connection.checkFailedSince),
    turns: JSON.stringify(connection.transitions),
  };
}

type ConnectionRowWithPeriod = ConnectionRow & Readonly<{ period: SnapshotRow | null }>;

function connectionFromRow(row: ConnectionRowWithPeriod): Connection {
  return {
    id: row.id,
    tenantId: row.tenantId,
    network: row.network,
    accountId: row.accountId,
    displayName: row.displayName,
    username: row.username,
    firstSeenAt: row.firstSeenAt.getTime(),
    foundAtBaseline: row.foundAtBaseline,
    absentPolls: row.absentPolls,
    removedAt: instantOrNull(row.removedAt),
    rateLimitedSince: instantOrNull(row.rateLimitedSince),
    checkFailedInvalidSince: instantOrNull(row.checkFailedInvalidSince),
    checkFailedSince: instantOrNull(row.checkFailedSince),
    transitions: JSON.parse(row.turns) as readonly Transition[],
    period: row.period === null ? null : snapshotFromRow(row.period),
  };
}

/** By network, then by account. */
export function connectionsFromRows(rows: readonly ConnectionRowWithPeriod[]): readonly Connection[] {
  return rows
    .map(connectionFromRow)
    .toSorted((a, b) => ascending(a.network, b.network) || ascending(a.accountId, b.accountId));
}
