import type { Connection } from './connection.ts';
import { recordMembers, type TenantRecord, type TenantUpdate } from './tenant-record.ts';

/** What a store would load after saving the update: the record of the next decision. */
export function applyUpdate(record: TenantRecord, update: TenantUpdate): TenantRecord {
  return {
    tenant: update.tenant ?? record.tenant,
    contacts: without(update.formerContacts, upsert(record.contacts, update.contacts)),
    formerContacts: without(update.contacts, upsert(record.formerContacts, update.formerContacts)),
    connections: upsert(record.connections, update.connections).map((connection) => withPeriod(connection, update)),
    ...recordMembers({
      incidents: upsert(record.incidents, update.incidents),
      notifications: upsert(record.notifications, update.notifications),
    }),
  };
}

function withPeriod(connection: Connection, { newSnapshots, extendedSnapshots }: TenantUpdate): Connection {
  const begun = newSnapshots.findLast(({ connectionId }) => connectionId === connection.id);
  if (begun !== undefined) return { ...connection, period: begun };
  const { period } = connection;
  const extension = extendedSnapshots.find(({ id }) => id === period?.id);
  if (period === null || extension === undefined) return connection;
  const { to, speaksForMs } = extension;
  return { ...connection, period: { ...period, to, speaksForMs, polls: period.polls + 1 } };
}

function without<Row extends Identified>(others: readonly Identified[], rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ id }) => !others.some((other) => other.id === id));
}

type Identified = Readonly<{ id: string }>;

function upsert<Row extends Identified>(rows: readonly Row[], changed: readonly Row[]): readonly Row[] {
  if (changed.length === 0) return rows;
  return [...new Map([...rows, ...changed].map((row) => [row.id, row])).values()];
}
