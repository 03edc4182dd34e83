import type { ObservedConnection } from '../../src/domain/model/connection.ts';
import type { PollFailureKind, PollResult } from '../../src/domain/model/poll.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import { anObservedConnection } from '../support/builders.ts';
import { broken, limited, profileless, type Showing, tokenless, unanswered } from '../support/domain-happenings.ts';

/** What one of the tenants in trouble goes through; the hours count from the month's beginning. */
type Trouble = (hour: number) => Showing | PollFailureKind | 'unlisted';

const fine: Showing = {};

/** Of every kind that is told, and some that are not. */
const troubles: readonly Trouble[] = [
  (hour) => (hour >= 100 && hour < 190 ? broken : fine),
  (hour) => (hour >= 200 ? tokenless : fine),
  (hour) => (hour >= 50 && hour < 400 ? profileless : fine),
  (hour) => (hour >= 300 && hour < 306 ? limited : fine),
  (hour) => (hour % 90 === 40 ? broken : fine),
  (hour) => (hour >= 150 && hour < 210 ? unanswered : fine),
  (hour) => (hour >= 60 && hour < 160 ? 'unauthorized' : fine),
  (hour) => (hour >= 250 && hour < 320 ? 'timeout' : fine),
  (hour) => (hour >= 80 && hour < 150 ? broken : hour >= 150 ? 'unlisted' : fine),
  (hour) => (Math.floor(hour / 30) % 3 === 2 ? broken : fine),
];

const NETWORKS = ['facebook', 'instagram', 'linkedin'] as const;

export const MONTH_MS = 30 * DAY_MS;

export function connectionsOf(first: Showing | 'unlisted'): readonly ObservedConnection[] {
  const [network, ...others] = NETWORKS;
  const healthy = others.map((other) => anObservedConnection({ network: other, accountId: '1' }));
  return first === 'unlisted' ? healthy : [anObservedConnection({ network, accountId: '1', ...first }), ...healthy];
}

/** The answer to the poll of the tenant with that number. */
export function answerTo(number: number, sinceBegin: Instant): PollResult {
  const shown = troubles[number % troubles.length]?.(Math.floor(sinceBegin / HOUR_MS)) ?? fine;
  if (typeof shown === 'string' && shown !== 'unlisted') {
    return { outcome: 'failed', failure: { kind: shown, detail: shown, requestId: null, retryAfterMs: null } };
  }
  return { outcome: 'observed', connections: connectionsOf(shown), isPartial: false };
}
