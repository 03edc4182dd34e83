import type { GracePeriod } from '../../src/domain/model/condition.ts';
import type { AlertSettings } from '../../src/domain/model/settings.ts';
import { ms } from './domain-time.ts';

/** The defaults of the configuration; give what the test is about. */
export function alertSettings(given: Partial<AlertSettings> = {}): AlertSettings {
  return {
    recheckAfterMs: ms('15m'),
    confirmPolls: 2,
    recoveryPolls: 2,
    rateLimitAfterMs: ms('2h'),
    checkFailedAfterMs: ms('24h'),
    outageAfterMs: ms('15m'),
    alertOnBaseline: true,
    groupWaitMs: ms('2m'),
    remindAfterMs: ['2d', '7d', '12d', '17d', '22d'].map(ms),
    reminderHours: { fromMinute: 9 * 60, toMinute: 17 * 60 },
    mailRetryForMs: ms('3d'),
    escalateAfterMs: ms('3d'),
    flapChanges: 4,
    flapWindowMs: ms('24h'),
    fleetShare: 0.25,
    fleetMin: 10,
    fleetWindowMs: ms('1h'),
    fleetHoldMs: ms('6h'),
    mailBrake: 500,
    ...given,
  };
}

/** `new-1`, `new-2` and so on: the same in every run. */
export function countedIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `new-${count}`;
  };
}

/** Nothing is in doubt. */
export const NO_GRACE_PERIOD: GracePeriod = { rateLimitedForMs: null, checkFailedInvalidForMs: null };
