import { observeConnections } from '../../src/domain/detection/observation.ts';
import type { Change } from '../../src/domain/model/change.ts';
import type {
  Connection,
  ConnectionIdentity,
  ObservedConnection,
  Snapshot,
} from '../../src/domain/model/connection.ts';
import type { PagesSeen } from '../../src/domain/model/pages.ts';
import type { Verdict } from '../../src/domain/model/verdict.ts';
import { anObservedConnection, NOW } from './builders.ts';
import type { Showing } from './domain-happenings.ts';
import { alertSettings, countedIds } from './domain-settings.ts';
import { clock, ms } from './domain-time.ts';

/** A good poll at some time: what it lists, and that entries of it could not be read, or what a look at its pages says. */
export type Look = readonly [when: string, listed: readonly ObservedConnection[], besides?: 'partial' | PagesSeen];

/** The first, most often the only connection of these tests, as a poll shows it. */
export function seen(showing: Showing & Partial<ConnectionIdentity> = {}): ObservedConnection {
  return anObservedConnection({ accountId: '1', ...showing });
}

export type Outcome = Readonly<{
  /** `0s-2h healthy x3`: from, last seen, health, polls. */
  periods: readonly string[];
  /** `2h broke`. */
  changes: readonly string[];
  /** The verdicts of the last look. */
  verdicts: readonly Verdict[];
  connections: readonly Connection[];
}>;

type State = Readonly<{
  connections: readonly Connection[];
  snapshots: readonly Snapshot[];
  changes: readonly Change[];
  verdicts: readonly Verdict[];
}>;

/** Observes one poll after the other; each speaks for two hours. */
export function observe(...looks: readonly Look[]): Outcome {
  const newId = countedIds();
  const nothing: State = { connections: [], snapshots: [], changes: [], verdicts: [] };
  const { connections, snapshots, changes, verdicts } = looks.reduce(
    (state, look) => after(state, look, newId),
    nothing,
  );
  return {
    periods: snapshots.map(
      ({ from, to, health, polls }) => `${clock(from - NOW)}-${clock(to - NOW)} ${health} x${polls}`,
    ),
    changes: changes.map(({ at, reason }) => `${clock(at - NOW)} ${reason}`),
    verdicts,
    connections,
  };
}

function after(state: State, [when, listed, besides]: Look, newId: () => string): State {
  const observations = observeConnections(state.connections, listed, {
    ...alertSettings(),
    tenantId: 'tenant-1',
    at: NOW + ms(when),
    isBaseline: state.connections.length === 0,
    isPartial: besides === 'partial',
    pages: typeof besides === 'object' ? listed.map((one) => ({ ...one, ...besides })) : [],
    speaksForMs: ms('2h'),
    newId,
  });
  const rows = new Map(state.connections.map((connection) => [connection.id, connection]));
  for (const { connection } of observations) rows.set(connection.id, connection);
  const periods = new Map(state.snapshots.map((snapshot) => [snapshot.id, snapshot]));
  for (const { newSnapshot, extendedSnapshot } of observations) {
    for (const snapshot of [newSnapshot, extendedSnapshot]) if (snapshot !== null) periods.set(snapshot.id, snapshot);
  }
  return {
    connections: [...rows.values()],
    snapshots: [...periods.values()],
    changes: [...state.changes, ...observations.flatMap(({ change }) => change ?? [])],
    verdicts: observations.map(({ verdict }) => verdict),
  };
}
