import type { KeyPlan } from '../../monitoring/application.ts';
import { formatDuration } from '../../words/format-time.ts';
import { planSentence, remedySentences, todayText } from '../../words/plan-words.ts';
import type { Cli } from '../context.ts';
import { paint } from './paint.ts';
import { grouped, plain } from './plain-text.ts';
import { table } from './table.ts';

/** Each application's plan, under its name where there are several. */
export function plansText(cli: Cli, plans: readonly KeyPlan[]): string {
  const [only, ...others] = plans;
  if (only !== undefined && others.length === 0) return planText(cli, only);
  const parts = plans.map(
    (plan) => `${paint(cli.stdout, plain(plan.application.name), 'bold')}\n${planText(cli, plan)}`,
  );
  return parts.join('\n\n');
}

function planText(cli: Cli, plan: KeyPlan): string {
  const { limit, reserve, usedToday, schedules, remedy } = plan;
  const rows = schedules.map(({ schedule, timezone, tenants, scheduledMs, realMs }) => [
    schedule,
    timezone,
    grouped(tenants),
    formatDuration(scheduledMs),
    formatDuration(realMs),
  ]);
  const kept = `${grouped(reserve)} of ${grouped(limit ?? 0)} requests a day are kept for re-checks; what they leave goes to polls by the evening.`;
  const today = todayText(plan);
  return [
    `${planSentence(plan)}.`,
    ...(limit === null ? [] : [kept]),
    `${grouped(usedToday)} are used today.${today === null ? '' : ` ${today}`}`,
    ...(rows.length === 0
      ? []
      : ['', table(cli.stdout, ['SCHEDULE', 'ZONE', 'TENANTS', 'EVERY', 'REALLY EVERY'], rows)]),
    ...(remedy === null
      ? []
      : ['', 'What would make it fit, each by itself:', ...remedySentences(remedy).map((each) => `- ${each}`)]),
  ].join('\n');
}
