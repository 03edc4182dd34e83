import type { PollFailureKind } from '../../domain/model/poll.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Breaker } from '../../domain/polling/breaker.ts';

/** Whether Constant Contact answers, as all processes share it. */
export interface BreakerStore {
  read(): Promise<Breaker>;
  /** False when it is open already. */
  open(failure: PollFailureKind, now: Instant): Promise<boolean>;
  /** Closes what was opened at `openSince`; false when another process has. */
  close(openSince: Instant, now: Instant): Promise<boolean>;
}
