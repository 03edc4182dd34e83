import type { Instant } from '../../domain/model/time.ts';
import type { TenantStatusThen, TenantThenView } from '../../monitoring/views.ts';
import { formatMinute, formatMoment } from '../../words/format-time.ts';
import { conditionText } from '../../words/operator-wording.ts';
import type { Cli } from '../context.ts';
import { healthCell, paint } from './paint.ts';
import { plain } from './plain-text.ts';
import { connectionsText, countsText, totalsText, worstLast } from './status-text.ts';
import { table } from './table.ts';

type Terminal = Pick<Cli, 'stdout' | 'now'>;

/** All tenants that were there, those with a broken connection last. */
export function fleetThenText(cli: Terminal, at: Instant, tenants: readonly TenantThenView[]): string {
  const title = `As it was at ${formatMoment(at, cli.now())}, in UTC`;
  if (tenants.length === 0) return `${title}\n\nNo such tenant was there then.`;
  const rows = tenants
    .toSorted(worstLast)
    .map(({ id, name, health, connections, conditions, since }) => [
      healthCell(health),
      name,
      countsText({ connections }),
      conditions.length === 0 ? '-' : conditionText(conditions),
      since === null ? '-' : formatMinute(since),
      id,
    ]);
  const head = ['HEALTH', 'TENANT', 'CONNECTIONS', 'WHAT WAS WRONG', 'SINCE (UTC)', 'ID'];
  return `${title}\n\n${table(cli.stdout, head, rows)}\n\n${totalsText(tenants)}`;
}

/** One tenant's connections as they were. */
export function tenantThenText(cli: Cli, { tenant, connections }: TenantStatusThen): string {
  const title = `${paint(cli.stdout, plain(tenant.name), 'bold')}  as it was at ${formatMoment(tenant.at, cli.now())}, in UTC`;
  return `${title}\n\n${connections.length === 0 ? 'No connection had been seen yet.' : connectionsText(cli, connections)}`;
}
