import type { Condition } from './condition.ts';
import type { Incident } from './incident.ts';
import type { Instant } from './time.ts';

/** Why mail is kept back. */
export type HoldCause =
  /** Many tenants have the same trouble at once: the network's doing, or Constant Contact's. */
  | Readonly<{ kind: 'fleet'; network: string; condition: Condition }>
  /** More owners' mail than MAIL_BRAKE in an hour. */
  | Readonly<{ kind: 'brake' }>
  | Readonly<{ kind: 'command' }>
  /** The database was restored from a copy, and what has been sent since that was made is unknown. */
  | Readonly<{ kind: 'restored' }>;

export const endReasons = ['mostly_good_again', 'held_long_enough', 'released', 'discarded'] as const;
export type EndReason = (typeof endReasons)[number];

/** A time in which owners' mail of one cause is kept back. There is one of a cause at most. */
export type Hold = Readonly<{
  id: string;
  cause: HoldCause;
  /** When the first incident of the cause was suspected; of a restored database, the latest moment that it knows of. */
  since: Instant;
  beganAt: Instant;
  endedAt: Instant | null;
  endReason: EndReason | null;
  /** How many tenants were concerned when it began. */
  tenants: number;
  /** The suspected tenants that are still asked early. */
  sample: readonly string[];
}>;

export type NewHold = Pick<Hold, 'id' | 'cause' | 'beganAt' | 'tenants'> & Partial<Pick<Hold, 'since' | 'sample'>>;

/** Unless told otherwise, a hold is about trouble that begins now, and asks no suspect early. */
export function beginHold({ since, sample = [], ...begun }: NewHold): Hold {
  return { ...begun, since: since ?? begun.beganAt, endedAt: null, endReason: null, sample };
}

/** At most one hold with the same key is active at a time. */
export function causeKey(cause: HoldCause): string {
  switch (cause.kind) {
    case 'fleet':
      return `fleet:${cause.network}:${cause.condition}`;
    case 'brake':
    case 'command':
    case 'restored':
      return cause.kind;
  }
}

/** Whether one of these holds has the incident. */
export function isHeld({ alerting: { heldBy } }: Pick<Incident, 'alerting'>, holds: readonly Hold[]): boolean {
  return holds.some(({ id }) => id === heldBy);
}

/** A hold took the incident, and nobody has been told of it. */
export function wasHeldUntold({ alerting: { heldBy, lastAlert } }: Pick<Incident, 'alerting'>): boolean {
  return heldBy !== null && lastAlert === null;
}
