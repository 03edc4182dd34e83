import { z } from 'zod';
import { conditions, tenantHealths } from '../../domain/model/condition.ts';
import { tenantOrders, tenantStates } from '../../domain/model/tenant.ts';
import type { TenantFilter } from '../../monitoring/ports.ts';
import { askedText } from './list-page.ts';

/** As it stands in the address; what is none of these is left out. */
const query = z.object({
  q: askedText(200),
  contact: askedText(320),
  health: z.enum(tenantHealths).optional().catch(undefined),
  state: z.enum(tenantStates).optional().catch(undefined),
  condition: z.enum(conditions).optional().catch(undefined),
  network: askedText(100),
  order: z.enum(tenantOrders).catch('id'),
  cursor: askedText(2000),
});

export type AskedTenants = z.output<typeof query>;

export function readAskedTenants(asked: unknown): AskedTenants {
  return query.catch(query.parse({})).parse(asked);
}

export function filterOf({ q, health, state, condition, network, contact }: AskedTenants): TenantFilter {
  return {
    ...{ search: q || undefined, contact: contact?.trim() || undefined, state, condition },
    ...{ network: network || undefined, health: health === undefined ? undefined : [health] },
  };
}

/** What the filter is, for an address or a form; without an order, a page and what lets everything through. */
export function filterFields({ order: _, cursor: __, ...filter }: AskedTenants): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

const labels: Readonly<Record<string, string>> = { q: 'name', contact: 'contact' };

/** `health broken, network facebook`; null when every tenant is meant. */
export function filterText(asked: AskedTenants): string | null {
  const parts = Object.entries(filterFields(asked)).map(
    ([name, value]) => `${labels[name] ?? name} ${value.replaceAll('_', ' ')}`,
  );
  return parts.length === 0 ? null : parts.join(', ');
}
