import type { Plan } from '../../domain/polling/plan-fit.ts';
import { formatDuration } from '../../words/format-time.ts';
import { planSentence, remedySentences } from '../../words/plan-words.ts';
import { barOf } from './fleet-words.ts';
import { groupedCount } from './names.ts';

/** Schedules that the page names. */
const NAMED = 30;

/** The day's requests as a picture: two bars on one scale, what is asked for and what is there. */
export function planWords(plan: Plan) {
  const { askedPerDay, limit, reserve, forPolls, usedToday, stretch, schedules, remedy } = plan;
  const whole = Math.max(askedPerDay, limit ?? 0, usedToday, 1);
  const over = forPolls === null ? 0 : Math.max(0, askedPerDay - forPolls);
  return {
    tone: stretch === 1 ? 'good' : 'warn',
    sentence: planSentence(plan),
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
              label: `There: ${groupedCount(forPolls)} for polls, ${groupedCount(reserve)} kept for re-checks`,
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
        ...{ schedule, timezone, tenants: groupedCount(tenants) },
        scheduled: formatDuration(scheduledMs),
        real: formatDuration(realMs),
      })),
    more: Math.max(0, schedules.length - NAMED),
    remedies: remedy === null ? [] : remedySentences(remedy),
  };
}
