import type { MonitorProblem, MonitorView } from '../../monitoring/views.ts';
import { formatDistance, formatMoment } from '../../words/format-time.ts';
import type { Cli } from '../context.ts';
import { paint } from './paint.ts';
import { plain, plural } from './plain-text.ts';

/**
 * Whether the monitor itself is well, each problem with its remedy: the last lines, so that they stay on the screen.
 */
export function monitorText(cli: Pick<Cli, 'stdout' | 'now'>, monitor: MonitorView): string {
  const { problems } = monitor;
  const title = problems.length === 0 ? 'the monitor is well' : `the monitor has ${plural(problems.length, 'problem')}`;
  const lines = problems.map((problem) => problemText(cli, problem));
  return [`${paint(cli.stdout, plain(monitor.database), 'bold')}: ${title}`, ...lines, figures(cli, monitor)].join(
    '\n',
  );
}

function problemText({ stdout, now }: Pick<Cli, 'stdout' | 'now'>, problem: MonitorProblem): string {
  const { severity, what, detail, since, remedy } = problem;
  const mark = severity === 'critical' ? paint(stdout, 'CRITICAL', 'red') : paint(stdout, 'warning ', 'yellow');
  const when = since === null ? '' : `, since ${formatMoment(since, now())} UTC`;
  return `${mark}  ${what}: ${plain(detail)}${when}\n          ${plain(remedy)}`;
}

function figures({ now }: Pick<Cli, 'now'>, { lastRoundAt, mail, quota, applications }: MonitorView): string {
  const polled = lastRoundAt === null ? 'nothing polled yet' : `last poll stored ${formatDistance(lastRoundAt, now())}`;
  return [
    polled,
    ...(mail === null ? [] : [mailText(mail, now())]),
    ...(applications.length > 1 ? applications.map(ofKeyText) : quota === null ? [] : [quotaText(quota)]),
  ].join('; ');
}

function mailText({ pending, held, oldestPendingAt }: NonNullable<MonitorView['mail']>, now: number): string {
  const oldest = oldestPendingAt === null ? '' : ` (the oldest written ${formatDistance(oldestPendingAt, now)})`;
  return `mail: ${pending} pending${oldest}, ${held} held`;
}

function ofKeyText({ name, quota }: MonitorView['applications'][number]): string {
  return `${plain(name)}: ${quotaText(quota)}`;
}

function quotaText({ used, limit, stretch }: NonNullable<MonitorView['quota']>): string {
  const requests = `requests today: ${used}${limit === null ? '' : ` of ${limit}`}`;
  return stretch === 1 ? requests : `${requests}, every interval ×${Number(stretch.toPrecision(3))} longer`;
}
