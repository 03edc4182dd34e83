import type { Connection } from '../model/connection.ts';
import type { EventConnection, EventIncident, EventTenant } from '../model/event.ts';
import type { Incident } from '../model/incident.ts';
import type { Tenant } from '../model/tenant.ts';
import type { TenantRecord } from '../model/tenant-record.ts';

/** A tenant whose owner was only invited is named by that owner's address, until its account is known. */
export function eventTenant({ id, externalId, name, state }: Tenant): EventTenant {
  return { id, externalId, name: isAddress(name) ? null : name, state };
}

function isAddress(name: string): boolean {
  return /^\S+@\S+$/.test(name);
}

/** Null for one that no poll has shown yet. */
export function eventConnection(connection: Connection | undefined): EventConnection | null {
  if (connection === undefined || connection.period === null) return null;
  const { id, network, accountId, displayName } = connection;
  return { id, network, accountId, displayName, health: connection.period.health };
}

export function eventIncident({ id, state, reminders }: Incident): EventIncident {
  return { id, state, snoozedUntil: reminders.snoozedUntil };
}

export function connectionById({ connections }: TenantRecord, id: string | null): Connection | undefined {
  return connections.find((connection) => connection.id === id);
}
