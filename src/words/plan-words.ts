import type { Plan } from '../domain/polling/plan-fit.ts';
import { REFUSED_EARLY_REMEDY } from '../monitoring/operations/refused-early.ts';

/** The plan in one sentence, without its full stop. */
export function planSentence({ fit, askedPerDay, limit, stretch }: Plan): string {
  if (limit === null) return 'There is no limit: every interval is as scheduled';
  const share = `${grouped(askedPerDay)} of ${grouped(limit)} requests a day`;
  switch (fit) {
    case 'fits':
      return `The polls fit: ${share}`;
    case 'just':
      return `The polls just fit: ${share}, as long as re-checks do not use the whole reserve`;
    case 'short':
      return `The polls do not fit: every interval is ${timesText(stretch)} times longer than scheduled`;
  }
}

/** How it is until midnight, where that is worse than on other days, in whole sentences; null where it is not. */
export function todayText({ stretch, stretchToday, isRefusedEarly, usedToday, limit }: Plan): string | null {
  if (isRefusedEarly && limit !== null) {
    return `Constant Contact refuses more requests today, although ${grouped(usedToday)} of ${grouped(limit)} are counted here: polls go on at 00:00 UTC. ${REFUSED_EARLY_REMEDY}`;
  }
  if (stretchToday === null) return 'Nothing is left of today’s requests: polls go on at 00:00 UTC.';
  // Not told where today is at most a tenth worse than other days.
  if (stretchToday <= 1.1 * stretch) return null;
  return `Until 00:00 UTC every interval is ${timesText(stretchToday)} times longer than scheduled: much of today’s requests is used.`;
}

function timesText(stretch: number): string {
  return Number(stretch.toPrecision(3)).toLocaleString('en-US');
}

/** What would make the polls fit, each by itself. */
export function remedySentences({ requestsPerDay, tenants, schedule }: NonNullable<Plan['remedy']>): readonly string[] {
  return [
    ...(schedule === null ? [] : [`Ask less often: with the schedule “${schedule}” for every tenant they fit.`]),
    `Have ${grouped(requestsPerDay)} requests a day: ask Constant Contact, and set CONSTANT_CONTACT_REQUESTS_PER_DAY (of a further application: \`application update --requests-per-day\`).`,
    `As it is, ${grouped(tenants)} tenants fit: have the others authorised by another application (\`application add\`), or watch fewer.`,
  ];
}

function grouped(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
