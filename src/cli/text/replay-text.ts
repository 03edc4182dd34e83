import type { Instant } from '../../domain/model/time.ts';
import type { MailDifference, MailPair, MailSubject } from '../../domain/replay/compare-mail.ts';
import type { SetReplay } from '../../monitoring/reading/replay-view.ts';
import type { ReplayedTenant, ReplayReport } from '../../monitoring/views.ts';
import { formatDuration, formatMinute } from '../../words/format-time.ts';
import { connectionText } from '../../words/operator-wording.ts';
import type { Cli } from '../context.ts';
import { paint, type Style } from './paint.ts';
import { plain, plural } from './plain-text.ts';
import { type Cell, table } from './table.ts';

const HEAD = ['', 'WOULD BE SENT (UTC)', 'WAS SENT', 'KIND', 'ABOUT', 'TO', 'WHY'];

export function replayText(cli: Cli, { report, settings }: SetReplay): string {
  const [differing, same] = [
    report.tenants.filter(hasDifference),
    report.tenants.filter((tenant) => !hasDifference(tenant)),
  ];
  const sections = [...differing, ...same].map((tenant) => tenantSection(cli, tenant));
  return [...sections, totalsText(cli, report), summaryText(report, settings)].join('\n\n');
}

function hasDifference({ pairs }: ReplayedTenant): boolean {
  return pairs.some(({ difference }) => difference !== 'none');
}

function tenantSection(cli: Cli, tenant: ReplayedTenant): string {
  const { id, name, pairs } = tenant;
  const [differing, same] = [pairs.filter(isDifferent), pairs.filter((pair) => !isDifferent(pair))];
  const rows = [...differing, ...same].map(pairRow);
  return `${paint(cli.stdout, plain(name), 'bold')}  ${id}\n${table(cli.stdout, HEAD, rows)}`;
}

function isDifferent({ difference }: MailPair): boolean {
  return difference !== 'none';
}

const styles: Readonly<Record<MailDifference, Style>> = {
  none: 'dim',
  earlier: 'yellow',
  later: 'yellow',
  only_would: 'green',
  only_was: 'red',
};

function pairRow(pair: MailPair): readonly Cell[] {
  const { would, was, difference } = pair;
  const mail = would ?? was;
  return [
    { text: differenceText(pair), style: styles[difference] },
    timeText(would),
    timeText(was),
    mail?.kind.replaceAll('_', ' ') ?? '',
    mail?.about.map(subjectText).join(', ') ?? '',
    mail?.to ?? '',
    mail?.reason.replaceAll('_', ' ') ?? '',
  ];
}

function differenceText({ difference, would, was }: MailPair): string {
  switch (difference) {
    case 'none':
      return 'the same';
    case 'earlier':
    case 'later':
      return `${formatDuration(Math.abs(would.at - was.at))} ${difference}`;
    case 'only_would':
      return 'only would';
    case 'only_was':
      return 'only was';
  }
}

function timeText(mail: Readonly<{ at: Instant }> | null): string {
  return mail === null ? '-' : formatMinute(mail.at);
}

function subjectText({ network, accountId, displayName }: MailSubject): string {
  if (network === null || accountId === null) return 'our access to the account';
  return connectionText({ network, accountId, displayName });
}

function totalsText({ stdout }: Cli, { totals }: ReplayReport): string {
  if (totals.size === 0) return 'No mail would have been sent, and none was.';
  const rows = [...totals].map(([kind, { would, was, onlyWould, onlyWas }]) => [
    kind.replaceAll('_', ' '),
    ...[would, was, onlyWould, onlyWas].map(String),
  ]);
  return table(stdout, ['MAIL', 'WOULD', 'WAS', 'ONLY WOULD', 'ONLY WAS'], rows);
}

function summaryText(report: ReplayReport, settings: SetReplay['settings']): string {
  const { from, to, tenantsReplayed, pollsReplayed } = report;
  const rules = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const sentences = [
    `${formatMinute(from)} to ${formatMinute(to)} UTC, by ${rules.length === 0 ? 'the rules as configured' : rules.join(', ')}.`,
    `${plural(tenantsReplayed, 'tenant')}, ${plural(pollsReplayed, 'poll')} of those in trouble.`,
    'Holds and mail to the operator are not replayed.',
    ...Object.keys(settings)
      .filter((name) => WITHOUT_EFFECT.test(name))
      .map((name) => `${name} changes nothing here.`),
  ];
  return plain(sentences.join(' '));
}

/** Rules of holds and of the operator's mail. */
const WITHOUT_EFFECT = /^FLEET_|^OUTAGE_AFTER$|^ESCALATE_AFTER$/;
