import { healths } from '../../domain/model/condition.ts';
import type { TenantSummary } from '../../monitoring/views.ts';
import { stateText } from '../../words/operator-wording.ts';
import { tenantAddress } from './addresses.ts';
import { ago, type Look } from './frame.ts';
import { nameText } from './names.ts';

/** A row of the table of tenants, as text but for the times. */
export type TenantRow = Readonly<{
  href: string;
  name: string;
  tone: string;
  health: string;
  connections: string;
  state: string;
  owner: string;
  polled: string;
  next: string;
}>;

export function tenantRows(tenants: readonly TenantSummary[], look: Look): readonly TenantRow[] {
  return tenants.map((tenant) => ({
    href: tenantAddress(look, tenant.id),
    name: nameText(tenant.name),
    tone: toneOf(tenant.health),
    health: tenant.health ?? 'nothing seen',
    connections: countsText(tenant),
    state: stateText(tenant),
    owner: tenant.owner ?? 'nobody',
    polled: ago(tenant.lastPolledAt, look),
    next: nextOf(tenant, look),
  }));
}

export type Tone = 'bad' | 'warn' | 'good' | 'unknown' | 'gone';

/** No data is never green. */
export function toneOf(health: TenantSummary['health']): Exclude<Tone, 'gone'>;
export function toneOf(health: TenantSummary['health'] | 'removed'): Tone;
export function toneOf(health: TenantSummary['health'] | 'removed'): Tone {
  switch (health) {
    case 'broken':
      return 'bad';
    case 'waiting':
      return 'warn';
    case 'healthy':
      return 'good';
    case 'removed':
      return 'gone';
    case 'unobserved':
    case null:
      return 'unknown';
  }
}

export function countsText({ connections }: Pick<TenantSummary, 'connections'>): string {
  const parts = healths.filter((health) => connections[health] > 0).map((health) => `${connections[health]} ${health}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** A poll whose planned time has passed is due. */
function nextOf({ nextPollAt }: TenantSummary, look: Look): string {
  if (nextPollAt === null) return '<span class="quiet">–</span>';
  return nextPollAt <= look.now ? 'due' : ago(nextPollAt, look);
}
