import type { RequestsToday } from '../../domain/polling/requests-today.ts';
import type { RoundChange, RoundFailure, RoundSummary } from '../../monitoring/views.ts';
import { conditionText, connectionText, failureText } from '../../words/operator-wording.ts';
import type { Cli } from '../context.ts';
import { healthCell, paint } from './paint.ts';
import { grouped, plain, plural } from './plain-text.ts';

/** The limit of failure lines: in an outage every tenant fails. */
const MOST_LINES = 40;

/** A round's result: one line per change, one per failed tenant, then the totals. */
export function roundText(cli: Cli, round: RoundSummary): string {
  return [
    ...shortened(round.changes, (change) => changeLine(cli, change), 'changes'),
    ...shortened(round.failures, (failure) => failureLine(cli, failure), 'tenants that failed'),
    ...totals(round),
  ].join('\n');
}

function shortened<T>(items: readonly T[], line: (item: T) => string, many: string): readonly string[] {
  const lines = items.slice(0, MOST_LINES).map(line);
  const more = items.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} more ${many}; --json lists them all`] : lines;
}

export function changeLine({ stdout }: Pick<Cli, 'stdout'>, change: RoundChange): string {
  const { text, style } = healthCell(change.to);
  const what = plain(`${change.tenantName}: ${connectionText(change)}`);
  const why = change.conditions.length > 0 ? `: ${conditionText(change.conditions)}` : '';
  return `${paint(stdout, text.padEnd(10), style)}  ${what} ${change.reason.replace('_', ' ')}${why}`;
}

function failureLine(cli: Cli, { tenantName, kind, detail }: RoundFailure): string {
  const what = plain(`${tenantName}: ${failureText(kind)} (${detail.slice(0, 200)})`);
  return `${paint(cli.stdout, 'not polled', 'yellow')}  ${what}`;
}

function totals(round: RoundSummary): readonly string[] {
  const { polled, failed, skipped, clockCorrected, changes, incidents, requests, mail } = round;
  return [
    ...(skipped > 0 && requests !== null ? [skippedLine(skipped, requests)] : []),
    ...(clockCorrected > 0
      ? [`Last polled while the clock was ahead, and moved back to now: ${plural(clockCorrected, 'tenant')}`]
      : []),
    `${plural(polled, 'tenant')} polled, ${failed} failed; ${plural(changes.length, 'change')}`,
    `${plural(incidents.opened, 'incident')} opened, ${incidents.closed} closed`,
    `Mail: ${mail.sent} sent, ${mail.pending} pending, ${mail.held} held, ${mail.failed} failed`,
  ];
}

function skippedLine(skipped: number, { used, limit, isExhausted }: RequestsToday): string {
  const of = limit === null ? '' : ` of ${grouped(limit)}`;
  const kept = limit !== null && used < limit ? ', the rest is kept for re-checks' : '';
  const why = isExhausted ? '; Constant Contact refuses more' : kept;
  return `${plural(skipped, 'tenant')} not asked: the day’s requests are used up (${grouped(used)}${of}${why}); they start anew at 00:00 UTC`;
}
