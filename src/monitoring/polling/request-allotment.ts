import { DAY_MS, type Instant } from '../../domain/model/time.ts';
import type { Clock, Log, RequestPurpose } from '../ports.ts';
import type { RequestQuota } from '../request-quota.ts';

/** Requests are reserved by the handful: few writes, and few lost to the count when the process dies. */
const CHUNK = 25;
/** The part of a large round's requests that is reserved at once. */
const SHARE = 1 / 20;

/** Takes requests of the day for one round; a request is counted as used before it is sent. */
export type RequestAllotment = Readonly<{
  /** Says that so many more tenants are to be asked; no more than that is reserved ahead. */
  expect(tenants: number): void;
  /** False when the day's requests for this purpose are used up. */
  take(): Promise<boolean>;
  /** Takes from the reserve for re-checks; false when the reserve is used up too. */
  takeReserve(): Promise<boolean>;
  /** Requests that were taken, and not sent after all. */
  giveBack(count: number): void;
  /** What was reserved and not sent; it is no longer this round's. */
  takeUnused(): Readonly<{ count: number; reservedAt: Instant }>;
  /** Upstream says so too: nothing is left for this key until 00:00 UTC. */
  exhaust(): Promise<void>;
  /** Nothing is left for any purpose. */
  isUsedUp(): boolean;
}>;

/** The part of the day's requests that this round may still take from: its share, the reserve alone, or nothing. */
type Left = 'share' | 'reserve' | 'nothing';

export function createRequestAllotment(quota: RequestQuota, clock: Clock, purpose: RequestPurpose): RequestAllotment {
  let granted = 0;
  let unsent = 0;
  let reservedAt: Instant = clock.now();
  let expected = 0;
  let mostExpected = 0;
  let left: Left = 'share';
  let reserving: Promise<void> | null = null;

  async function reserveMore(): Promise<void> {
    try {
      const count = Math.max(1, Math.min(Math.max(CHUNK, Math.ceil(mostExpected * SHARE)), expected));
      const now = clock.now();
      const reserved = await quota.reserve({ count, purpose, now });
      reservedAt = now;
      expected -= reserved;
      // Another poll may have been told meanwhile that the day is used up; then this grant is worth nothing.
      if (left !== 'share') return;
      if (reserved === 0) left = 'reserve';
      granted += reserved;
    } finally {
      reserving = null;
    }
  }

  /** Asked anew after each wait: another poll may have used up the day meanwhile. */
  const isUsedUp = () => left === 'nothing';

  return {
    expect(tenants) {
      expected += tenants;
      mostExpected = Math.max(mostExpected, expected);
    },
    async take() {
      while (granted === 0 && left === 'share') {
        reserving ??= reserveMore();
        await reserving;
      }
      if (granted === 0) return false;
      granted -= 1;
      return true;
    },
    async takeReserve() {
      if (left === 'nothing') return false;
      const reserved = await quota.reserve({ count: 1, purpose: 'priority', now: clock.now() });
      if (reserved === 0) left = 'nothing';
      return !isUsedUp();
    },
    giveBack(count) {
      unsent += count;
    },
    takeUnused() {
      const count = granted + unsent;
      granted = 0;
      unsent = 0;
      return { count, reservedAt };
    },
    async exhaust() {
      unsent += granted;
      granted = 0;
      left = 'nothing';
      await quota.exhaust(clock.now());
    },
    isUsedUp,
  };
}

/** Warns once a UTC day of tenants that are not asked for lack of requests. */
export function createUsedUpNotice(log: Log): (skipped: number, now: Instant) => void {
  let warnedOn: number | null = null;
  return (skipped, now) => {
    const day = Math.floor(now / DAY_MS);
    if (skipped === 0 || day === warnedOn) return;
    warnedOn = day;
    log.warn(
      { skipped },
      'the requests of the day are used up: tenants wait until 00:00 UTC, or for what re-checks leave of the reserve',
    );
  };
}
