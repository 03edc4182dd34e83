import { HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import type { AssessmentContext } from '../../src/domain/polling/assess-poll.ts';
import type { Stretch } from '../../src/domain/polling/day-plan.ts';
import { planRegularPoll } from '../../src/domain/polling/poll-plan.ts';
import { readSchedule, type Schedule } from '../../src/domain/polling/schedule.ts';
import { createTenantSchedules } from '../../src/monitoring/polling/tenant-schedules.ts';
import { collectingLog } from './use-case-log.ts';

export function scheduleOf(expression: string, zone = 'UTC'): Schedule {
  const reading = readSchedule(expression, zone);
  if (!reading.ok) throw new Error(`${expression} in ${zone}: ${reading.problem}`);
  return reading.value;
}

/** A slot in every gap; slot 0 is at `from`. */
export function everyGap(gapMs: number, from: Instant = 0): Schedule {
  return {
    numberAt: (at) => Math.floor((at - from) / gapMs),
    momentOf: (position) => from + Math.floor(position * gapMs),
    positionAt: (at) => (at - from) / gapMs,
    shortestGapMs: () => gapMs,
  };
}

export const hourly = everyGap(HOUR_MS);

/** Plans as the program does, without spread: by each tenant's own schedule, or by this one. */
export function planBy(
  globalSchedule: string,
  log = collectingLog(),
  stretch = 1,
): AssessmentContext['planRegularPoll'] {
  const { scheduleToPlanBy } = createTenantSchedules(globalSchedule, log);
  const always = alwaysStretched(stretch);
  return (tenant, at) =>
    planRegularPoll(tenant, at, { schedule: scheduleToPlanBy(tenant), spread: false, stretch: always });
}

/** Plans as the program does by default: each hour, and every tenant at a minute of its own. */
export const planSpreadHourly: AssessmentContext['planRegularPoll'] = (tenant, at) =>
  planRegularPoll(tenant, at, { schedule: hourly, spread: true, stretch: unstretched });

/** The same today as on any other day. */
export function alwaysStretched(times: number): Stretch {
  return { today: times, later: times, dayEndsAt: Date.UTC(2030, 0, 1) };
}

export const unstretched = alwaysStretched(1);
