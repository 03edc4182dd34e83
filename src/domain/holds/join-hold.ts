import type { Connection } from '../model/connection.ts';
import { type Hold, isHeld } from '../model/hold.ts';
import type { Incident } from '../model/incident.ts';
import { HOUR_MS } from '../model/time.ts';
import { isAboutProblem, mayJoinHold, type Problem, problemOf } from './fleet-trouble.ts';

/** Polls take turns, so a connection may show a shared problem so long before the first suspect of its hold does. */
const SEEN_FIRST_MS = HOUR_MS;

/** The incident, attached to the hold about its problem if something of it is untold and none of the holds has it. */
export function joinHold(incident: Incident, { network, period }: Connection, holds: readonly Hold[]): Incident {
  if (isHeld(incident, holds) || !mayJoinHold(incident)) return incident;
  const problem = withTimeShown(problemOf(incident, network), incident, period);
  const hold = holds.find((one) => isAboutProblem(one, problem));
  if (hold === undefined) return incident;
  return { ...incident, alerting: { ...incident.alerting, heldBy: hold.id } };
}

/**
 * The problem, dated by when its connection began to show it. If the connection showed another problem before, or an
 * ended hold had the incident, a new hold may have begun without counting it: an hour is added, because the suspects
 * that were counted may have been polled so much later.
 */
function withTimeShown(problem: Problem, { alerting }: Incident, period: Connection['period']): Problem {
  const shownFrom = problem.condition === 'removed' || period === null ? problem.since : period.from;
  const wasCounted = shownFrom <= problem.since && alerting.heldBy === null;
  return wasCounted ? problem : { ...problem, since: Math.max(problem.since, shownFrom) + SEEN_FIRST_MS };
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

/** Only a sample of a fleet's suspects is polled early: the rest would show the same, and use up the day's requests. */
export function isAskedEarly({ alerting: { heldBy }, tenantId }: Incident, holds: readonly Hold[]): boolean {
  const hold = holds.find(({ id }) => id === heldBy);
  return hold?.cause.kind !== 'fleet' || hold.sample.includes(tenantId);
}
