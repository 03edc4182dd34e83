import { type ChangeReason, changeReason } from '../model/change.ts';
import { actionOf, type Health, isInTrouble } from '../model/condition.ts';
import type { Connection } from '../model/connection.ts';
import type { ConnectionEventType, EventContent } from '../model/event.ts';
import { openIncidentOf, type TenantRecord } from '../model/tenant-record.ts';
import { connectionById, eventConnection, eventIncident, eventTenant } from './parts.ts';

/**
 * What has changed in what is known of connections. It is told by the periods, not by the clock: that no poll has
 * come for long, and that access is lost, are the tenant's matter, and one event of it stands for all connections.
 */
export function connectionEvents(before: TenantRecord, after: TenantRecord): readonly EventContent[] {
  return after.connections.flatMap((connection) =>
    changesOf(connectionById(before, connection.id), connection).flatMap(
      (change) => contentOf(change, connection, after) ?? [],
    ),
  );
}

type Told = Readonly<{ type: ConnectionEventType; reason: ChangeReason | 'renamed' }>;

const typeByHealth: Readonly<Record<Health, ConnectionEventType>> = {
  healthy: 'connection.repaired',
  waiting: 'connection.waiting',
  broken: 'connection.broken',
  unobserved: 'connection.unobserved',
  removed: 'connection.removed',
};

/** One that is there for the first time, or again, and in trouble is told as both: a reader may want one type alone. */
function changesOf(before: Connection | undefined, { period, displayName }: Connection): readonly Told[] {
  if (period === null) return [];
  const reason = changeReason(before?.period ?? null, period);
  if (reason === null)
    return before?.displayName === displayName ? [] : [{ type: 'connection.updated', reason: 'renamed' }];
  const shown: Told = { type: typeByHealth[period.health], reason };
  if (reason !== 'first_seen' && reason !== 'returned') return [shown];
  const added: Told = { type: 'connection.added', reason };
  return period.health === 'healthy' ? [added] : [added, shown];
}

function contentOf({ type, reason }: Told, connection: Connection, after: TenantRecord): EventContent | null {
  const told = eventConnection(connection);
  if (told === null || connection.period === null) return null;
  const { conditions, from } = connection.period;
  const incident = openIncidentOf(connection.id, after);
  return {
    type,
    data: {
      tenant: eventTenant(after.tenant),
      connection: told,
      incident: incident && eventIncident(incident),
      reason,
      conditions,
      action: actionOf(conditions),
      since: isInTrouble(told.health) ? (incident?.openedAt ?? from) : from,
    },
  };
}
