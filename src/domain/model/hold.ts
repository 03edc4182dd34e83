import type { Condition } from './condition.ts';
import type { Connection } from './connection.ts';
import type { Incident } from './incident.ts';
import type { PollFailureKind } from './poll.ts';
import type { AlertSettings } from './settings.ts';
import type { Instant } from './time.ts';

/** Why mail is kept back, or a failure is blamed on nobody. */
export type HoldCause =
  /** So many at once is the network's doing, or Constant Contact's. */
  | Readonly<{ kind: 'fleet'; network: string; condition: Condition }>
  /** Our access fails alike for so many tenants that it is our own fault. */
  | Readonly<{ kind: 'access'; failure: PollFailureKind }>
  /** More owners' mail than MAIL_BRAKE in an hour. */
  | Readonly<{ kind: 'brake' }>
  | Readonly<{ kind: 'command' }>;

export const endReasons = ['mostly_good_again', 'held_long_enough', 'released', 'discarded'] as const;
export type EndReason = (typeof endReasons)[number];

/** A time in which owners' mail of one cause is kept back. There is one of a cause at most. */
export type Hold = Readonly<{
  id: string;
  cause: HoldCause;
  /** When the first of them was suspected. */
  since: Instant;
  beganAt: Instant;
  endedAt: Instant | null;
  endReason: EndReason | null;
  /** How many tenants were concerned when it began. */
  tenants: number;
  /** Of the suspects only these are still asked early. */
  sample: readonly string[];
}>;

export type NewHold = Pick<Hold, 'id' | 'cause' | 'beganAt' | 'tenants'> & Partial<Pick<Hold, 'since' | 'sample'>>;

/** Since nothing else is said, it is about what begins now, and asks nobody early. */
export function beginHold({ since, sample = [], ...begun }: NewHold): Hold {
  return { ...begun, since: since ?? begun.beganAt, endedAt: null, endReason: null, sample };
}

/** What many tenants show alike ends by itself; the other holds end by command alone, and whoever gives it knows. */
export function endsByItself({ cause }: Pick<Hold, 'cause'>): boolean {
  return cause.kind === 'fleet' || cause.kind === 'access';
}

/** One of these at most is active at a time. */
export function causeKey(cause: HoldCause): string {
  switch (cause.kind) {
    case 'fleet':
      return `fleet:${cause.network}:${cause.condition}`;
    case 'access':
      return `access:${cause.failure}`;
    case 'brake':
    case 'command':
      return cause.kind;
  }
}

/** How many share one problem, of those that were asked since it first showed. */
export type Suspicion = Readonly<{ suspects: number; polled: number }>;

/** Too many at once for so many owners to have done it. */
export function isFleetWide(
  { suspects, polled }: Suspicion,
  { fleetShare, fleetMin }: Pick<AlertSettings, 'fleetShare' | 'fleetMin'>,
): boolean {
  return suspects >= fleetMin && suspects >= fleetShare * polled;
}

/**
 * So many polled tenants show that it is not; whoever counts them may stop there. One more, as quotients are rounded.
 */
export function enoughPolled(suspects: number, { fleetShare }: Pick<AlertSettings, 'fleetShare'>): number {
  return fleetShare > 0 ? Math.floor(suspects / fleetShare) + 2 : Number.POSITIVE_INFINITY;
}

/** Of the tenants that a hold concerns, how many are well again. */
export type HoldProgress = Readonly<{ concerned: number; recovered: number }>;

/** What is over for nearly all is over; the rest is those tenants' own. */
const RECOVERED_SHARE = 0.9;

/** Why a hold ends by itself now; null while it goes on. */
export function endOfHold(
  hold: Hold,
  { concerned, recovered }: HoldProgress,
  { now, fleetHoldMs }: Pick<AlertSettings, 'fleetHoldMs'> & Readonly<{ now: Instant }>,
): EndReason | null {
  if (!endsByItself(hold)) return null;
  if (concerned > 0 && recovered >= RECOVERED_SHARE * concerned) return 'mostly_good_again';
  return hold.cause.kind === 'fleet' && now - hold.beganAt >= fleetHoldMs ? 'held_long_enough' : null;
}

/** Why mail about it is held; null when it is not. */
export type HeldReason = 'held_fleet' | 'held_brake' | 'held_by_command';

/** An incident that is nobody's news yet becomes part of the hold that is about the same. */
export function joinHold(incident: Incident, { network }: Connection, holds: readonly Hold[]): Incident {
  if (incident.heldBy !== null || incident.told !== null || incident.foundAtBaseline) return incident;
  const hold = holds.find(
    ({ cause, since }) =>
      cause.kind === 'fleet' &&
      cause.network === network &&
      cause.condition === leadingCondition(incident) &&
      troubleSince(incident) >= since,
  );
  return hold === undefined || isOver(incident) ? incident : { ...incident, heldBy: hold.id };
}

/** The same, where the incident's connection is yet to be found; our access has none. */
export function withHold(
  incident: Incident,
  { connections }: Readonly<{ connections: readonly Connection[] }>,
  holds: readonly Hold[],
): Incident {
  const connection = connections.find(({ id }) => id === incident.connectionId);
  return connection === undefined ? incident : joinHold(incident, connection, holds);
}

/** What it is counted under among the fleet's problems; deeper causes come first. */
export function leadingCondition({ conditions, closeReason }: Incident): Condition | null {
  return closeReason === 'removed' ? 'removed' : (conditions[0] ?? null);
}

/** A removal is known when it is confirmed; when it happened nobody saw. */
function troubleSince({ openedAt, closedAt, closeReason }: Incident): Instant {
  return closeReason === 'removed' && closedAt !== null ? closedAt : openedAt;
}

function isOver({ state, closeReason }: Incident): boolean {
  return state === 'closed' && closeReason !== 'removed';
}

export function isHeld({ heldBy }: Incident, holds: readonly Hold[]): boolean {
  return heldBy !== null && holds.some(({ id }) => id === heldBy);
}

/** Of the suspects of a hold only a few are asked early: the rest would show the same, and cost the day's requests. */
export function isAskedEarly({ heldBy, tenantId }: Incident, holds: readonly Hold[]): boolean {
  const hold = holds.find(({ id }) => id === heldBy);
  return hold === undefined || hold.sample.includes(tenantId);
}
