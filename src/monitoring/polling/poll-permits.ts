import pLimit, { type LimitFunction } from 'p-limit';

/** Waits until the application, null for that of the configuration, may have one more request in flight. */
export type PollPermits = (applicationId: string | null, poll: () => Promise<boolean>) => Promise<boolean>;

/** All rounds of a process share them. */
export function createPollPermits(pollConcurrency: number): PollPermits {
  const limits = new Map<string | null, LimitFunction>();
  return (applicationId, poll) => {
    const limit = limits.get(applicationId) ?? pLimit(pollConcurrency);
    limits.set(applicationId, limit);
    return limit(poll);
  };
}
