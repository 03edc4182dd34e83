import { joinHold } from '../holds/join-hold.ts';
import { joinRestored } from '../holds/join-restored.ts';
import type { Connection, Snapshot } from '../model/connection.ts';
import type { Fault } from '../model/fault.ts';
import type { Hold } from '../model/hold.ts';
import type { Incident } from '../model/incident.ts';
import type { Poll } from '../model/poll.ts';
import type { AlertSettings } from '../model/settings.ts';
import { openIncidentOf, type TenantRecord } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { accessVerdict } from './access-verdict.ts';
import { advanceIncident, beginIncident } from './advance-incident.ts';
import type { ConnectionObservation } from './observation.ts';

type Advancing = Readonly<{
  record: TenantRecord;
  poll: Poll;
  settings: AlertSettings;
  /** Those that have not ended. */
  holds: readonly Hold[];
  faults: readonly Fault[];
  newId: () => string;
}>;

export type Advanced = Readonly<{
  /** New and changed ones: one for each connection in trouble, and one for our access. */
  incidents: readonly Incident[];
  /** The connections of the poll, each with its latest transitions. */
  connections: readonly Connection[];
}>;

/** What a poll makes of the tenant's incidents. */
export function advanceIncidents(observations: readonly ConnectionObservation[], advancing: Advancing): Advanced {
  const access = advanceAccess(advancing);
  const stepped = observations.map((observation) => advanceConnection(observation, observations, advancing));
  const incidents = [access, ...stepped.map(({ incident }) => incident)];
  return {
    incidents: incidents
      .filter((incident) => incident !== null)
      .filter((incident) => !advancing.record.incidents.includes(incident)),
    connections: stepped.map(({ connection }) => connection),
  };
}

function advanceAccess({ record, poll, settings, holds, faults, newId }: Advancing): Incident | null {
  const before = openIncidentOf(null, record);
  const seen = {
    verdict: accessVerdict(poll.result, record.tenant, faults),
    at: poll.at,
    isReplaced: false,
    past: null,
  };
  const about = { tenantId: record.tenant.id, connectionId: null, openedAt: poll.at, foundAtBaseline: false };
  const advanced =
    before === null ? beginIncident({ ...about, newId }, seen, settings) : advanceIncident(before, seen, settings);
  if (advanced === null) return null;
  return joinRestored(advanced.incident, { isNew: before === null, tenant: record.tenant }, holds);
}

type AdvancedConnection = Readonly<{ connection: Connection; incident: Incident | null }>;

function advanceConnection(
  observation: ConnectionObservation,
  all: readonly ConnectionObservation[],
  { record, poll, settings, holds, newId }: Advancing,
): AdvancedConnection {
  const { connection, verdict, isAfterGap } = observation;
  const before = openIncidentOf(connection.id, record);
  if (before === null && verdict.kind === 'removed' && wasRemoved(connection, record)) {
    return { connection, incident: null };
  }
  const openedAt = before?.openedAt ?? beginningOf(observation, record, poll);
  const past = { transitions: connection.transitions, seenSince: connection.period?.from ?? poll.at, isAfterGap };
  const seen = {
    verdict,
    at: poll.at,
    isReplaced: verdict.kind === 'removed' && isReplaced(connection, openedAt, all),
    past,
  };
  const about = { tenantId: record.tenant.id, connectionId: connection.id, openedAt };
  const foundAtBaseline = record.tenant.baselinedAt === null;
  const advanced =
    before === null
      ? beginIncident({ ...about, foundAtBaseline, newId }, seen, settings)
      : advanceIncident(before, seen, settings);
  if (advanced === null) return { connection, incident: null };
  const { incident, transitions } = advanced;
  const known = { isNew: before === null, tenant: record.tenant, period: periodBefore(connection, record) };
  return {
    connection: transitions === connection.transitions ? connection : { ...connection, transitions },
    incident: joinHold(joinRestored(incident, known, holds), connection, holds),
  };
}

/** The time of a removal is unknown; the time at which the connection was last seen stands for it. */
function beginningOf({ connection, verdict }: ConnectionObservation, record: TenantRecord, { at }: Poll): Instant {
  if (verdict.kind !== 'removed') return at;
  return periodBefore(connection, record)?.to ?? at;
}

function periodBefore({ id }: Connection, { connections }: TenantRecord): Snapshot | null {
  return connections.find((connection) => connection.id === id)?.period ?? null;
}

/** Whether it was removed before this poll. `removedAt` cannot tell: where a clock ran ahead, it was moved to now. */
function wasRemoved({ id }: Connection, { connections }: TenantRecord): boolean {
  return connections.some((known) => known.id === id && known.removedAt !== null);
}

/** Another account of the same network, connected since the break and working, stands in for the removed one. */
function isReplaced({ network }: Connection, since: Instant, all: readonly ConnectionObservation[]): boolean {
  return all.some(
    ({ connection, verdict }) =>
      verdict.kind === 'good' && connection.network === network && connection.firstSeenAt > since,
  );
}
