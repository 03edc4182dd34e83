import type { MailKind } from '../../domain/model/mail-kind.ts';
import type { Poll, PolledResult, PollFailureKind } from '../../domain/model/poll.ts';

/**
 * Hears what this process has done, for the metrics: each call comes once, when the thing is done. Nothing is decided
 * by it, and it never throws.
 */
export type Observer = Readonly<{
  /** A tenant was asked. */
  polled(poll: Pick<Poll, 'tenantId' | 'durationMs'> & Readonly<{ result: PolledResult }>): void;
  /** A refresh token was presented; `refreshed`, or how that failed. */
  refreshed(outcome: 'refreshed' | PollFailureKind): void;
  /** A mail was given to the mail server. */
  mailed(kind: MailKind, outcome: MailOutcome): void;
  /** An owner was told of an incident for the first time, so long after its first bad poll. */
  told(afterMs: number): void;
}>;

/** `unknown`: the server took the content and did not answer. After that and `deferred`, the mail is tried again. */
export type MailOutcome = 'sent' | 'failed' | 'deferred' | 'unknown';
