import type { KeyPlan } from '../../monitoring/application.ts';
import { formatDuration } from '../../words/format-time.ts';
import { planSentence, remedySentences, todayText } from '../../words/plan-words.ts';
import { barOf } from './fleet-words.ts';
import { withCode } from './frame.ts';
import { groupedCount } from './names.ts';

/** Schedules that the page names. */
const NAMED = 30;

/** The day's requests as a picture: two bars on one scale, what is asked for and what is there. */
export function planWords(plan: KeyPlan) {
  const { application, askedPerDay, limit, reserve, forPolls, usedToday, fit, schedules, remedy } = plan;
  const whole = Math.max(askedPerDay, limit ?? 0, usedToday, 1);
  const longest = Math.max(...schedules.map(({ realMs }) => realMs));
  const today = todayText(plan);
  const over = limit === null ? 0 : Math.max(0, askedPerDay - limit);
  return {
    name: application.name,
    tone: fit === 'short' ? 'warn' : 'good',
    sentence: planSentence(plan),
    /** HTML. */
    today: today === null ? null : withCode(today),
    bars: [
      {
        label: `Asked for: ${groupedCount(askedPerDay)} polls a day`,
        parts: barOf(
          [
            ['good', askedPerDay - over],
            ['bad', over],
          ],
          whole,
        ),
      },
      ...(limit === null || forPolls === null
        ? []
        : [
            {
              label: `There: ${groupedCount(forPolls)} for polls, ${groupedCount(reserve)} for re-checks, or for polls by the evening`,
              parts: barOf(
                [
                  ['plain', forPolls],
                  ['unknown', reserve],
                ],
                whole,
              ),
            },
          ]),
      { label: `Used today: ${groupedCount(usedToday)}`, parts: barOf([['plain', usedToday]], whole) },
    ],
    schedules: schedules
      .toSorted((a, b) => b.tenants - a.tenants)
      .slice(0, NAMED)
      .map(({ schedule, timezone, tenants, scheduledMs, realMs }) => ({
        schedule,
        timezone,
        tenants: groupedCount(tenants),
        scheduled: formatDuration(scheduledMs),
        real: formatDuration(realMs),
        intervals: intervalBars(scheduledMs, realMs, longest),
      })),
    more: Math.max(0, schedules.length - NAMED),
    remedies: remedy === null ? [] : remedySentences(remedy).map(withCode),
  };
}

/** An interval as it is scheduled, and what it is longer for lack of requests. */
function intervalBars(scheduledMs: number, realMs: number, longestMs: number) {
  return barOf(
    [
      ['plain', scheduledMs],
      ['warn', realMs - scheduledMs],
    ],
    longestMs,
  );
}
