import type { Clock, RequestPurpose, RequestQuota } from './ports.ts';

/** Requests are reserved by the handful: few writes, and few lost to the count when the process dies. */
const CHUNK = 25;

/** Takes requests of the day for one round; a request is counted as used before it is sent. */
export type RequestAllotment = Readonly<{
  /** False when the day's requests are used up. */
  take(): Promise<boolean>;
  /** Upstream says so too: nothing is left for this key until 00:00 UTC. */
  exhaust(): Promise<void>;
}>;

export function createRequestAllotment(
  quota: RequestQuota,
  clock: Clock,
  { purpose, expected }: Readonly<{ purpose: RequestPurpose; expected: number }>,
): RequestAllotment {
  let granted = 0;
  let toCome = expected;
  let isSpent = false;
  let reserving: Promise<void> | null = null;

  async function reserveMore(): Promise<void> {
    const count = Math.max(1, Math.min(CHUNK, toCome));
    const reserved = await quota.reserve({ count, purpose, now: clock.now() });
    granted += reserved;
    toCome -= reserved;
    isSpent = reserved === 0;
    reserving = null;
  }

  return {
    async take() {
      while (granted === 0 && !isSpent) {
        reserving ??= reserveMore();
        await reserving;
      }
      if (granted === 0) return false;
      granted -= 1;
      return true;
    },
    async exhaust() {
      granted = 0;
      isSpent = true;
      await quota.exhaust(clock.now());
    },
  };
}
