import type { Plan } from '../../domain/polling/plan-fit.ts';
import { formatDuration } from '../../words/format-time.ts';
import { planSentence, remedySentences } from '../../words/plan-words.ts';
import type { Cli } from '../context.ts';
import { grouped } from './plain-text.ts';
import { table } from './table.ts';

export function planText(cli: Cli, plan: Plan): string {
  const { limit, reserve, usedToday, schedules, remedy } = plan;
  const rows = schedules.map(({ schedule, timezone, tenants, scheduledMs, realMs }) => [
    ...[schedule, timezone, grouped(tenants)],
    ...[formatDuration(scheduledMs), formatDuration(realMs)],
  ]);
  const quota =
    limit === null ? [] : [`${grouped(reserve)} of ${grouped(limit)} requests a day are kept for re-checks.`];
  return [
    `${planSentence(plan)}.`,
    ...quota,
    `${grouped(usedToday)} are used today.`,
    ...(rows.length === 0
      ? []
      : ['', table(cli.stdout, ['SCHEDULE', 'ZONE', 'TENANTS', 'EVERY', 'REALLY EVERY'], rows)]),
    ...(remedy === null
      ? []
      : ['', 'What would make it fit, each by itself:', ...remedySentences(remedy).map((each) => `- ${each}`)]),
  ].join('\n');
}
