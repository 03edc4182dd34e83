import type { Plan } from '../domain/polling/plan-fit.ts';

/** The plan in one sentence, without its full stop. */
export function planSentence({ askedPerDay, forPolls, stretch }: Plan): string {
  if (forPolls === null) return 'There is no limit: every interval is as scheduled';
  if (stretch === 1) return `The polls fit: ${grouped(askedPerDay)} of ${grouped(forPolls)} a day`;
  return `The polls do not fit: every interval is ${Number(stretch.toPrecision(3))} times longer than scheduled`;
}

/** What would make the polls fit, each by itself. */
export function remedySentences({ requestsPerDay, tenants, schedule }: NonNullable<Plan['remedy']>): readonly string[] {
  return [
    ...(schedule === null ? [] : [`Ask less often: with the schedule “${schedule}” for every tenant they fit.`]),
    `Have ${grouped(requestsPerDay)} requests a day: ask Constant Contact, and set CONSTANT_CONTACT_REQUESTS_PER_DAY.`,
    `As it is, ${grouped(tenants)} tenants fit.`,
  ];
}

function grouped(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
