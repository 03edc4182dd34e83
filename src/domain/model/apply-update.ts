import type { Connection } from './connection.ts';
import { recordMembers, type TenantRecord, type TenantUpdate } from './tenant-record.ts';
import { withNewer } from './with-newer.ts';

/** What a store would load after saving the update: the record of the next decision. */
export function applyUpdate(record: TenantRecord, update: TenantUpdate): TenantRecord {
  return {
    tenant: update.tenant ?? record.tenant,
    contacts: without(update.formerContacts, withNewer(record.contacts, update.contacts)),
    formerContacts: without(update.contacts, withNewer(record.formerContacts, update.formerContacts)),
    connections: withNewer(record.connections, update.connections).map((connection) => withPeriod(connection, update)),
    ...recordMembers({
      incidents: withNewer(record.incidents, update.incidents),
      notifications: withNewer(record.notifications, update.notifications),
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
