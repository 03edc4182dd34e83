import { joinHold } from '../holds/join-hold.ts';
import type { Connection } from '../model/connection.ts';
import type { Hold } from '../model/hold.ts';
import { advanceIncident, beginIncident, closeIncident, type Incident, type NewIncident } from '../model/incident.ts';
import type { Poll } from '../model/poll.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import type { Verdict } from '../model/verdict.ts';
import { accessVerdict } from './access-verdict.ts';
import { withFlapping } from './flapping.ts';
import type { ConnectionObservation } from './observation.ts';

type Advancing = Readonly<{
  record: TenantRecord;
  poll: Poll;
  settings: AlertSettings;
  /** Those that have not ended. */
  holds: readonly Hold[];
  newId: () => string;
}>;

export type Advanced = Readonly<{
  /** New and changed ones: one for each connection in trouble, and one for our access. */
  incidents: readonly Incident[];
  /** The connections of the poll, each with its latest turns. */
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

function advanceAccess({ record, poll, settings, holds, newId }: Advancing): Incident | null {
  const before = openIncident(record, null);
  const verdict = accessVerdict(poll.result, holds);
  if (before !== null) return advanceIncident(before, verdict, poll.at, settings);
  if (verdict.kind !== 'bad') return null;
  const about = { tenantId: record.tenant.id, connectionId: null, foundAtBaseline: false };
  return beginIncident({ ...about, id: newId(), at: poll.at }, verdict, settings);
}

type SteppedConnection = Readonly<{ connection: Connection; incident: Incident | null }>;

function advanceConnection(
  observation: ConnectionObservation,
  all: readonly ConnectionObservation[],
  { record, poll, settings, holds, newId }: Advancing,
): SteppedConnection {
  const { connection, verdict, isAfterGap } = observation;
  const before = openIncident(record, connection.id);
  const after = nextIncident(before, observation, { record, poll, settings, newId });
  if (after === null) return { connection, incident: null };
  const { incident, transitions } = withFlapping(
    {
      ...{ before, after, verdict, at: poll.at, transitions: connection.transitions, isAfterGap },
      seenSince: connection.period?.from ?? poll.at,
    },
    settings,
  );
  const joined = joinHold(withReplacement(incident, all), connection, holds);
  return {
    connection: transitions === connection.transitions ? connection : { ...connection, transitions },
    incident: joined,
  };
}

function nextIncident(
  before: Incident | null,
  { connection, verdict }: ConnectionObservation,
  { record, poll, settings, newId }: Omit<Advancing, 'holds'>,
): Incident | null {
  if (before !== null) return advanceIncident(before, verdict, poll.at, settings);
  const begun = { tenantId: record.tenant.id, connectionId: connection.id, at: poll.at };
  if (verdict.kind === 'bad') {
    const foundAtBaseline = record.tenant.baselinedAt === null;
    return beginIncident({ ...begun, id: newId(), foundAtBaseline }, verdict, settings);
  }
  if (!isJustRemoved(connection, verdict, poll)) return null;
  const lastSeenAt = record.connections.find(({ id }) => id === connection.id)?.period?.to ?? poll.at;
  return removalOf({ ...begun, id: newId(), foundAtBaseline: false }, lastSeenAt, settings);
}

function isJustRemoved({ removedAt }: Connection, verdict: Verdict, { at }: Poll): boolean {
  return verdict.kind === 'removed' && removedAt === at;
}

/** What was well when it went is told of once; nobody waits for it to come back. */
function removalOf(begun: NewIncident, lastSeenAt: Instant, settings: AlertSettings): Incident {
  const verdict = { kind: 'bad', action: 'none', conditions: ['removed'], proof: { by: 'fact' } } as const;
  const gone = { ...beginIncident(begun, verdict, settings), openedAt: lastSeenAt };
  return closeIncident(gone, 'removed', begun.at);
}

/** Another account of the same network, connected since the break and working, stands in for the removed one. */
function withReplacement(incident: Incident, all: readonly ConnectionObservation[]): Incident {
  if (incident.closeReason !== 'removed') return incident;
  const removed = all.find(({ connection }) => connection.id === incident.connectionId)?.connection;
  const isReplaced = all.some(
    ({ connection, verdict }) =>
      verdict.kind === 'good' && connection.network === removed?.network && connection.firstSeenAt > incident.openedAt,
  );
  return isReplaced ? closeIncident(incident, 'replaced', incident.closedAt ?? incident.openedAt) : incident;
}

function openIncident({ incidents }: TenantRecord, connectionId: string | null): Incident | null {
  return incidents.find((incident) => incident.connectionId === connectionId && incident.state !== 'closed') ?? null;
}
