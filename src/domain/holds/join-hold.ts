import type { Condition } from '../model/condition.ts';
import type { Connection } from '../model/connection.ts';
import type { Hold } from '../model/hold.ts';
import type { Incident } from '../model/incident.ts';
import type { Instant } from '../model/time.ts';

/** An incident that no owner was told of becomes part of the hold that is about the same problem. */
export function joinHold(incident: Incident, { network }: Connection, holds: readonly Hold[]): Incident {
  const { alerting, foundAtBaseline } = incident;
  if (alerting.heldBy !== null || alerting.lastAlert !== null || foundAtBaseline) return incident;
  const hold = holds.find(
    ({ cause, since }) =>
      cause.kind === 'fleet' &&
      cause.network === network &&
      cause.condition === leadingCondition(incident) &&
      troubleSince(incident) >= since,
  );
  if (hold === undefined || isOver(incident)) return incident;
  return { ...incident, alerting: { ...alerting, heldBy: hold.id } };
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

/** The condition under which an incident counts among the fleet's problems: its deepest cause. */
export function leadingCondition({ conditions, closeReason }: Incident): Condition | null {
  return closeReason === 'removed' ? 'removed' : (conditions[0] ?? null);
}

/** A removal counts from its confirmation: no poll shows when it really happened. */
function troubleSince({ openedAt, closedAt, closeReason }: Incident): Instant {
  return closeReason === 'removed' && closedAt !== null ? closedAt : openedAt;
}

function isOver({ state, closeReason }: Incident): boolean {
  return state === 'closed' && closeReason !== 'removed';
}

export function isHeld({ alerting: { heldBy } }: Incident, holds: readonly Hold[]): boolean {
  return heldBy !== null && holds.some(({ id }) => id === heldBy);
}

/** Only a sample of a hold's suspects is polled early: the rest would show the same, and use up the day's requests. */
export function isAskedEarly({ alerting: { heldBy }, tenantId }: Incident, holds: readonly Hold[]): boolean {
  const hold = holds.find(({ id }) => id === heldBy);
  return hold === undefined || hold.sample.includes(tenantId);
}
