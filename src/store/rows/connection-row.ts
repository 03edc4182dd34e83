import type { Connection, Transition } from '../../domain/model/connection.ts';
import type { UnreachablePages } from '../../domain/model/pages.ts';
import type { Connection as ConnectionRow } from '../model.ts';
import { type SnapshotRow, snapshotFromRow } from './snapshot-row.ts';
import type { Plain, Table } from './table.ts';
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
    unreachablePages: 'text',
    turns: 'text',
  },
};

export function connectionToRow(connection: Connection): Plain<ConnectionRow> {
  const { transitions, unreachablePages, period: _, ...rest } = connection;
  const pages = unreachablePages === null ? null : JSON.stringify(unreachablePages);
  return { ...rest, unreachablePages: pages, turns: JSON.stringify(transitions) };
}

type ConnectionRowWithPeriod = Plain<ConnectionRow> & Readonly<{ period: Plain<SnapshotRow> | null }>;

function connectionFromRow({ period, ...row }: ConnectionRowWithPeriod): Connection {
  const { turns, unreachablePages, ...rest } = row;
  return {
    ...rest,
    unreachablePages: unreachablePages === null ? null : (JSON.parse(unreachablePages) as UnreachablePages),
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
