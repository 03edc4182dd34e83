import type { HoldCause } from './hold.ts';
import type { PollFailureKind } from './poll.ts';
import type { Instant } from './time.ts';

/** Our access fails alike for so many tenants that it is our own fault. */
export type AccessCause = Readonly<{ kind: 'access'; failure: PollFailureKind }>;

/** The operator reads of lost access in the words of a hold. */
export type ReportedCause = HoldCause | AccessCause;

export type FaultCause =
  /** Constant Contact, or our way to it, fails for a large part of the fleet. */
  | Readonly<{ kind: 'upstream'; failure: PollFailureKind }>
  /** It refuses one application, or is asked by its key too much, and answers the others. */
  | Readonly<{ kind: 'application'; failure: PollFailureKind; applicationId: string | null }>
  /** It says that the key's requests of the day are used up. */
  | Readonly<{ kind: 'quota'; applicationId: string | null }>
  /** The most `tenants` of an application that were refused at a time; the configuration's one where none is named. */
  | (AccessCause & Readonly<{ tenants: number; applicationId?: string }>)
  /** The mail server refuses us, whatever the mail. */
  | Readonly<{ kind: 'mail'; response: string }>;

/** A time in which Linkwatch or Constant Contact was at fault, and no tenant. At most one of a key is open. */
export type Fault = Readonly<{
  id: string;
  cause: FaultCause;
  /** When it first showed. */
  since: Instant;
  /** When it was certain; null while it is only suspected. */
  confirmedAt: Instant | null;
  endedAt: Instant | null;
}>;

export function faultKey(cause: FaultCause): string {
  switch (cause.kind) {
    case 'upstream':
    case 'mail':
      return cause.kind;
    case 'application':
    case 'quota':
      return `${cause.kind}:${cause.applicationId ?? ''}`;
    case 'access':
      return ['access', cause.failure, ...(cause.applicationId === undefined ? [] : [cause.applicationId])].join(':');
  }
}

export function suspectFault({ id, cause, since }: Pick<Fault, 'id' | 'cause' | 'since'>): Fault {
  return { id, cause, since, confirmedAt: null, endedAt: null };
}

/**
 * Of a fault that was noted by a clock that ran ahead, the times become `now`: it would else never last long enough.
 * The same object when there is nothing to correct.
 */
export function correctFault(fault: Fault, now: Instant): Fault {
  const { since, confirmedAt } = fault;
  if (Math.max(since, confirmedAt ?? since) <= now) return fault;
  return { ...fault, since: Math.min(since, now), confirmedAt: confirmedAt && Math.min(confirmedAt, now) };
}
