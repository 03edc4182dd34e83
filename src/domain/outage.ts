import type { PollFailureKind } from './poll.ts';
import type { Instant } from './time.ts';

/** A time in which Constant Contact, or our way to it, failed for a large part of the fleet. */
export type Outage = Readonly<{
  id: string;
  /** The first look at which it seemed so. */
  since: Instant;
  /** When it had lasted long enough to be told; null while it is only suspected. */
  confirmedAt: Instant | null;
  endedAt: Instant | null;
  kind: PollFailureKind;
}>;

/** How the latest polls of the fleet went, one per tenant, within the time looked at. */
export type FleetView = Readonly<{
  /** Tenants polled within that time, those in `reauthorize` and `paused` left out. */
  polled: number;
  /** Those of them whose latest poll failed upstream or through our own fault, not for lack of access. */
  failing: number;
  /** The most frequent kind among those failures. */
  mainKind: PollFailureKind | null;
}>;
