import type { Instant } from '../../domain/model/time.ts';

/** How the daily proof goes that a break is told. */
export type CanaryState = Readonly<{
  /** Since when there is one; null before its first run. */
  since: Instant | null;
  /** When a mail server last took a mail that told of a break. */
  lastSuccessAt: Instant | null;
  /** Why its latest run broke off; null when it came to its end. */
  failure: string | null;
}>;
