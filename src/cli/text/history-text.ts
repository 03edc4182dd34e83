import type { ConnectionHistory, TenantHistory } from '../../monitoring/views.ts';
import { percentage } from '../../words/format-share.ts';
import { formatDuration, formatMinute } from '../../words/format-time.ts';
import { conditionText, connectionText } from '../../words/operator-wording.ts';
import type { Cli } from '../context.ts';
import { healthCell, paint } from './paint.ts';
import { plain } from './plain-text.ts';
import { table } from './table.ts';

export function historyText(cli: Cli, { tenant, from, to, connections }: TenantHistory): string {
  const name = paint(cli.stdout, plain(tenant.name), 'bold');
  const title = `${name}  ${formatMinute(from)} to ${formatMinute(to)} UTC`;
  if (connections.length === 0) return `${title}\n\nNo connection was known then.`;
  return [title, ...connections.map((connection) => connectionSection(cli, connection))].join('\n\n');
}

function connectionSection(cli: Cli, connection: ConnectionHistory): string {
  const { uptime, coverage, periods } = connection;
  const figures = `uptime ${percentage(uptime)}, observed ${percentage(coverage)}`;
  const title = `${paint(cli.stdout, plain(connectionText(connection)), 'cyan')}  ${figures}`;
  const rows = periods.map(({ from, to, health, conditions, polls }) => [
    formatMinute(from),
    formatMinute(to),
    formatDuration(to - from),
    healthCell(health),
    conditions.length > 0 ? conditionText(conditions) : '-',
    String(polls),
  ]);
  return `${title}\n${table(cli.stdout, ['FROM (UTC)', 'TO', 'FOR', 'HEALTH', 'WHAT WAS WRONG', 'POLLS'], rows)}`;
}
