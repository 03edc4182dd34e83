import { DEFAULT_APPLICATION } from '../../domain/model/client-application.ts';
import { type Health, healths } from '../../domain/model/condition.ts';
import type { ConnectionView, TenantStatus, TenantSummary } from '../../monitoring/views.ts';
import { formatDistance, formatMoment } from '../../words/format-time.ts';
import { actionText, conditionText, stateText } from '../../words/operator-wording.ts';
import type { Cli } from '../context.ts';
import { healthCell, paint } from './paint.ts';
import { plain, plural } from './plain-text.ts';
import { type Cell, table } from './table.ts';

const NO_TENANTS = 'There are no tenants yet. `linkwatch connect` adds one; its --help says how.';
const NONE_MATCHES = 'No tenant is like that.';

type Listed = Readonly<{
  /** Tenants may be missing from the list, because they are not what was asked for. */
  isFiltered: boolean;
}>;

/** All tenants, those with a broken connection last: the end of a long list is what stays on the screen. */
export function fleetText(
  cli: Pick<Cli, 'stdout' | 'now'>,
  tenants: readonly TenantSummary[],
  { isFiltered }: Listed,
): string {
  if (tenants.length === 0) return isFiltered ? NONE_MATCHES : NO_TENANTS;
  const now = cli.now();
  const rows = tenants
    .toSorted(worstLast)
    .map((tenant): readonly Cell[] => [
      healthCell(tenant.health),
      tenant.name,
      countsText(tenant),
      stateText(tenant),
      tenant.lastPolledAt === null ? 'never' : formatDistance(tenant.lastPolledAt, now),
      nextText(tenant, now),
      tenant.id,
    ]);
  const head = ['HEALTH', 'TENANT', 'CONNECTIONS', 'STATE', 'POLLED', 'NEXT', 'ID'];
  return `${table(cli.stdout, head, rows)}\n\n${totalsText(tenants)}`;
}

/** All tenants by name, with what is set for each; their health is `linkwatch status`. */
export function tenantsText(
  cli: Pick<Cli, 'stdout' | 'now'>,
  tenants: readonly TenantSummary[],
  { isFiltered }: Listed,
): string {
  if (tenants.length === 0) return isFiltered ? NONE_MATCHES : NO_TENANTS;
  const hasSeveralKeys = tenants.some(({ application }) => application !== null);
  const rows = tenants
    .toSorted(byName)
    .map((tenant) => [
      tenant.name,
      tenant.owner ?? 'nobody',
      stateText(tenant),
      tenant.timezone,
      tenant.schedule ?? 'as all',
      ...(hasSeveralKeys ? [tenant.application ?? DEFAULT_APPLICATION] : []),
      tenant.id,
    ]);
  const application = hasSeveralKeys ? ['APPLICATION'] : [];
  const head = ['TENANT', 'OWNER', 'STATE', 'TIME ZONE', 'SCHEDULE', ...application, 'ID'];
  return `${table(cli.stdout, head, rows)}\n\n${plural(tenants.length, 'tenant')}`;
}

/** One tenant's connections, each with its problems and the action asked of the owner. */
export function tenantText(cli: Cli, { tenant, connections }: TenantStatus): string {
  const now = cli.now();
  const title = `${paint(cli.stdout, plain(tenant.name), 'bold')}  ${stateText(tenant)}`;
  const polled = `polled ${formatMoment(tenant.lastPolledAt, now)} UTC, next ${nextText(tenant, now)}`;
  if (connections.length === 0) return `${title}\n${polled}\n\nNo connection has been seen yet.`;
  return `${title}\n${polled}\n\n${connectionsText(cli, connections)}`;
}

export function connectionsText(cli: Pick<Cli, 'stdout' | 'now'>, connections: readonly ConnectionView[]): string {
  const rows = connections.toSorted(byUrgency).map((connection) => connectionRow(connection, cli.now()));
  const head = ['HEALTH', 'NETWORK', 'ACCOUNT', 'WHAT IS WRONG', 'THE OWNER IS ASKED TO', 'SINCE (UTC)'];
  return table(cli.stdout, head, rows);
}

function connectionRow(connection: ConnectionView, now: number): readonly Cell[] {
  const { health, network, accountId, displayName, conditions, action, since } = connection;
  const isWrong = conditions.length > 0;
  const account = displayName === null ? accountId : `${displayName} (${accountId})`;
  const asked = isWrong ? actionText(action) : '-';
  return [
    healthCell(health),
    network,
    account,
    isWrong ? conditionText(conditions) : '-',
    asked,
    formatMoment(since, now),
  ];
}

/** A poll whose planned time has passed is shown as due. */
function nextText({ nextPollAt }: TenantSummary, now: number): string {
  if (nextPollAt === null) return '-';
  return nextPollAt <= now ? 'due' : formatDistance(nextPollAt, now);
}

export function countsText({ connections }: Pick<TenantSummary, 'connections'>): string {
  const parts = healths.filter((health) => connections[health] > 0).map((health) => `${connections[health]} ${health}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

export function totalsText(tenants: readonly WithHealth[]): string {
  const parts = [...healths, null].flatMap((health) => {
    const count = tenants.filter((tenant) => tenant.health === health).length;
    return count === 0 ? [] : [`${count} ${health ?? 'without connections'}`];
  });
  return `${plural(tenants.length, 'tenant')}: ${parts.join(', ')}`;
}

type Named = Pick<TenantSummary, 'name' | 'id'>;

export function worstLast(a: Named & WithHealth, b: Named & WithHealth): number {
  return byUrgency(b, a) || byName(a, b);
}

function byName(a: Named, b: Named): number {
  return a.name.localeCompare(b.name) || a.id.localeCompare(b.id);
}

type WithHealth = Readonly<{ health: Health | null }>;

function byUrgency(a: WithHealth, b: WithHealth): number {
  return urgency(a) - urgency(b);
}

function urgency({ health }: WithHealth): number {
  return health === null ? healths.length : healths.indexOf(health);
}
