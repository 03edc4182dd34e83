import { isInTrouble } from '../model/condition.ts';
import type { Snapshot } from '../model/connection.ts';
import { type Hold, isHeld } from '../model/hold.ts';
import type { Incident } from '../model/incident.ts';
import { hasUntoldAction } from '../model/severity.ts';
import type { Tenant } from '../model/tenant.ts';
import type { Instant } from '../model/time.ts';

/** What was known before a poll of what an incident is about: a connection, or with `period` undefined our access. */
export type KnownBefore = Readonly<{
  isNew: boolean;
  tenant: Pick<Tenant, 'lastGoodPollAt' | 'lastPolledAt' | 'failing'>;
  /** The connection's latest period; null of a connection that this poll shows for the first time. */
  period?: Snapshot | null;
}>;

/**
 * After the database was restored, nobody knows which mail was sent in the time that is missing from it. An incident
 * becomes part of that hold when what is to be told of it may have happened in that time; what a later poll brings goes
 * out.
 */
export function joinRestored(incident: Incident, known: KnownBefore, holds: readonly Hold[]): Incident {
  const hold = restoredHold(holds);
  if (hold === null || isHeld(incident, holds) || !mayBeTold(incident, known, hold)) return incident;
  return { ...incident, alerting: { ...incident.alerting, heldBy: hold.id } };
}

export function restoredHold(holds: readonly Hold[]): Hold | null {
  return holds.find(({ cause }) => cause.kind === 'restored') ?? null;
}

/**
 * A break is news when a poll since then showed that all was well; an end, or worse, when one showed the trouble told.
 */
function mayBeTold(incident: Incident, known: KnownBefore, { since, beganAt }: Hold): boolean {
  const { state, openedAt, alerting } = incident;
  if (alerting.lastAlert === null) return openedAt <= since || (known.isNew && !wasWellSince(beganAt, known));
  const isEnding = state === 'recovering' || state === 'closed';
  return (isEnding || hasUntoldAction(incident)) && !wasInTroubleSince(beganAt, known);
}

function wasWellSince(at: Instant, { period, tenant }: KnownBefore): boolean {
  // A connection that a good poll did not show yet, and our access, were well then.
  if (!period) return tenant.lastGoodPollAt !== null && tenant.lastGoodPollAt >= at;
  return period.health === 'healthy' && period.to >= at;
}

function wasInTroubleSince(at: Instant, { period, tenant }: KnownBefore): boolean {
  if (period === undefined) return tenant.failing !== null && tenant.lastPolledAt !== null && tenant.lastPolledAt >= at;
  return period !== null && isInTrouble(period.health) && period.to >= at;
}
