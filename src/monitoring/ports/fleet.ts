import type { Refusal } from '../../domain/faults/access-fault.ts';
import type { NeverWorked } from '../../domain/faults/never-worked.ts';
import type { FleetGroup } from '../../domain/faults/upstream-fault.ts';
import type { FleetTrouble } from '../../domain/holds/fleet-trouble.ts';
import type { HoldProgress } from '../../domain/holds/hold-lifetime.ts';
import type { Digest } from '../../domain/model/digest.ts';
import type { Fault } from '../../domain/model/fault.ts';
import type { Hold } from '../../domain/model/hold.ts';
import type { OperatorNotification } from '../../domain/model/notification.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { DigestRules, HeldCounts } from '../../domain/notification/digest-rules.ts';

/**
 * Times in which Linkwatch or Constant Contact is at fault, each with the operator's mail about its begin and its end.
 */
export interface FaultStore {
  /** Those that have not ended, suspected ones included; the oldest first. */
  open(): Promise<readonly Fault[]>;
  /**
   * Stores a fault's next state together with the operator's mail about it. `before` is the state that was decided on,
   * null for one that begins: false, and nothing stored, when another process has moved on since. `after` null forgets
   * a suspicion.
   */
  save(before: Fault | null, after: Fault | null, mail: readonly OperatorNotification[]): Promise<boolean>;
}

/** How the latest polls of the tenants went. */
export interface FleetStore {
  /** Groups the tenants that were polled at `since` or later. */
  view(since: Instant): Promise<readonly FleetGroup[]>;
  /**
   * How our access has failed since then or later, by application and kind. Here and in the three below, access that
   * has never worked is left out: a wrong token says nothing of the fleet.
   */
  refusals(since: Instant): Promise<readonly Refusal[]>;
  /**
   * Tenants of which our access has failed so, and whose owners are about to hear of it, or were asked for a new
   * permission, so that no poll would show them let in again; the longest failing first.
   */
  refusedTenants(refusal: Pick<Refusal, 'applicationId' | 'failure'>, since: Instant): Promise<readonly string[]>;
  /**
   * Tenants asked at `since` or later; with a network, those of them that have an account of it. Counts to `atMost`. Of
   * one application where that is given.
   */
  polledSince(since: Instant, network: string | null, atMost: number, applicationId?: string | null): Promise<number>;
  /** The same of those whose pages were asked about: a small part of the fleet, as that is done once a day. */
  lookedSince(since: Instant, network: string, atMost: number): Promise<number>;
  /** `untold` has at most so many of them. */
  neverWorked(limit: number): Promise<NeverWorked>;
}

/** Times in which mail is held, each with the operator's mail about its begin and its end. */
export interface HoldStore {
  /** Those that have not ended. */
  active(): Promise<readonly Hold[]>;
  /** False, and nothing stored, when one of the same cause is active already. */
  begin(hold: Hold, mail: readonly OperatorNotification[]): Promise<boolean>;
  /** False, and nothing stored, when it has ended already. */
  end(hold: Hold, mail: readonly OperatorNotification[]): Promise<boolean>;
}

/** What many tenants show alike. */
export interface SuspicionStore {
  /**
   * Problems of connections that count among what a fleet shows, told or not, and that may have begun at `since` or
   * later. A removal is found if its connection broke within the week before.
   */
  fleetTroubles(since: Instant): Promise<readonly FleetTrouble[]>;
  /** Counts the tenants that are polled: of a paused or removed one nothing more is learnt. */
  progress(hold: Hold): Promise<HoldProgress>;
  /** Tenants with mail that is still held although the hold it was held for has ended. */
  toBeReleased(limit: number): Promise<readonly string[]>;
}

export interface DigestStore {
  isWritten(day: string): Promise<boolean>;
  /** Each list with at most so many lines. */
  read(rules: DigestRules, lines: number): Promise<DigestSections>;
  /** False, and nothing stored, when the day's digest is written already. */
  write(day: string, at: Instant, mail: readonly OperatorNotification[]): Promise<boolean>;
}

export type DigestSections = Omit<Digest, 'quota' | 'held'> & Readonly<{ held: HeldCounts }>;
