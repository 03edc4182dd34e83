import type { Change } from '../../src/domain/model/change.ts';
import type { Connection, Snapshot } from '../../src/domain/model/connection.ts';
import type { Incident } from '../../src/domain/model/incident.ts';
import type { TenantNotification } from '../../src/domain/model/notification.ts';
import type { Contact, Tenant } from '../../src/domain/model/tenant.ts';
import { recordMembers, type TenantRecord, type TenantUpdate } from '../../src/domain/model/tenant-record.ts';
import { stepToText } from '../../src/domain/model/topic.ts';
import { aConnection, aContact, aTenant, NOW } from './builders.ts';

/** A tenant under watch with one owner and one healthy connection, asked just now. */
export function aRecord(given: Partial<TenantRecord> = {}): TenantRecord {
  return {
    tenant: aTenant({ baselinedAt: NOW, lastPolledAt: NOW, lastGoodPollAt: NOW }),
    contacts: [aContact()],
    formerContacts: [],
    connections: [aConnection()],
    incidents: [],
    notifications: [],
    ...given,
  };
}

/** Everything ever stored about one tenant; what a decision sees of it is its `recordOf`. */
export type Tables = Readonly<{
  tenant: Tenant;
  contacts: readonly Contact[];
  connections: readonly Connection[];
  snapshots: readonly Snapshot[];
  changes: readonly Change[];
  incidents: readonly Incident[];
  notifications: readonly TenantNotification[];
}>;

export function recordOf({ tenant, contacts, connections, snapshots, incidents, notifications }: Tables): TenantRecord {
  return {
    tenant,
    contacts,
    formerContacts: [],
    connections: connections.map((connection) => ({ ...connection, period: latestPeriod(connection.id, snapshots) })),
    ...recordMembers({ incidents, notifications }),
  };
}

/** The tables after a transaction, or an error where a database's constraint would refuse it. */
export function applyUpdate(tables: Tables, update: TenantUpdate): Tables {
  const after: Tables = {
    tenant: update.tenant ?? tables.tenant,
    contacts: upsert(tables.contacts, update.contacts),
    connections: upsert(
      tables.connections,
      update.connections.map((connection) => ({ ...connection, period: null })),
    ),
    snapshots: [...tables.snapshots.map((snapshot) => corrected(snapshot, update)), ...update.newSnapshots].map(
      (snapshot) => extended(snapshot, update),
    ),
    changes: upsert(tables.changes, update.changes),
    incidents: upsert(tables.incidents, update.incidents),
    notifications: upsert(tables.notifications, update.notifications),
  };
  assertUnique(after.connections.map(({ network, accountId }) => `connection ${network}:${accountId}`));
  assertUnique(after.incidents.filter(({ state }) => state !== 'closed').map((i) => `open incident ${i.connectionId}`));
  assertUnique(after.notifications.filter(({ state }) => state !== 'cancelled').flatMap(stepKeys));
  return after;
}

function corrected(snapshot: Snapshot, { clockCorrection }: TenantUpdate): Snapshot {
  const { from, to } = clockCorrection?.snapshots.find(({ id }) => id === snapshot.id) ?? snapshot;
  return { ...snapshot, from, to };
}

function extended(snapshot: Snapshot, { extendedSnapshots }: TenantUpdate): Snapshot {
  const extension = extendedSnapshots.find(({ id }) => id === snapshot.id);
  if (extension === undefined) return snapshot;
  return { ...snapshot, to: extension.to, speaksForMs: extension.speaksForMs, polls: snapshot.polls + 1 };
}

function latestPeriod(connectionId: string, snapshots: readonly Snapshot[]): Snapshot | null {
  return snapshots.findLast((snapshot) => snapshot.connectionId === connectionId) ?? null;
}

function upsert<T extends { id: string }>(rows: readonly T[], changed: readonly T[]): readonly T[] {
  if (changed.length === 0) return rows;
  return [...new Map([...rows, ...changed].map((row) => [row.id, row])).values()];
}

function stepKeys({ contactId, topics }: TenantNotification): readonly string[] {
  return topics.map(({ incidentId, step }) => `${stepToText(step)} of ${incidentId} for ${contactId}`);
}

function assertUnique(keys: readonly string[]): void {
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
  if (twice.length > 0) throw new Error(`stored twice: ${twice.join(', ')}`);
}
