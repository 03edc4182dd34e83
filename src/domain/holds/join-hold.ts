import type { Connection } from '../model/connection.ts';
import type { Hold } from '../model/hold.ts';
import type { Incident } from '../model/incident.ts';
import { isAboutProblem, mayJoinHold, problemOf } from './fleet-trouble.ts';

/** An incident with something untold becomes part of the hold for the same problem. */
export function joinHold(incident: Incident, { network, period }: Connection, holds: readonly Hold[]): Incident {
  if (!mayJoinHold(incident)) return incident;
  const begun = problemOf(incident, network);
  // What is worse than the owner was told began with what the latest polls show.
  const problem = incident.alerting.lastAlert === null ? begun : { ...begun, since: period?.from ?? begun.since };
  const hold = holds.find((one) => isAboutProblem(one, problem));
  if (hold === undefined) return incident;
  return { ...incident, alerting: { ...incident.alerting, heldBy: hold.id } };
}

/** As `joinHold`, for an incident of a record. An incident about our access has no connection, and joins no hold. */
export function withHold(
  incident: Incident,
  { connections }: Readonly<{ connections: readonly Connection[] }>,
  holds: readonly Hold[],
): Incident {
  const connection = connections.find(({ id }) => id === incident.connectionId);
  return connection === undefined ? incident : joinHold(incident, connection, holds);
}

export function isHeld({ alerting: { heldBy } }: Incident, holds: readonly Hold[]): boolean {
  return heldBy !== null && holds.some(({ id }) => id === heldBy);
}

/** A hold took the incident, and nobody has been told of it. */
export function wasHeldUntold({ alerting: { heldBy, lastAlert } }: Incident): boolean {
  return heldBy !== null && lastAlert === null;
}

/** Only a sample of a fleet's suspects is polled early: the rest would show the same, and use up the day's requests. */
export function isAskedEarly({ alerting: { heldBy }, tenantId }: Incident, holds: readonly Hold[]): boolean {
  const hold = holds.find(({ id }) => id === heldBy);
  return hold?.cause.kind !== 'fleet' || hold.sample.includes(tenantId);
}
