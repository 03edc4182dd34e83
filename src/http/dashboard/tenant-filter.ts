import { z } from 'zod';
import { conditions, tenantHealths } from '../../domain/model/condition.ts';
import { tenantOrders, tenantStates } from '../../domain/model/tenant.ts';
import { DAY_MS } from '../../domain/model/time.ts';
import type { TenantFilter } from '../../monitoring/ports.ts';
import { askedText } from './list-page.ts';

/** The query of the page's address. A value that is not valid counts as not given. */
const query = z.object({
  q: askedText(200),
  contact: askedText(320),
  health: z.enum(tenantHealths).optional().catch(undefined),
  state: z.enum(tenantStates).optional().catch(undefined),
  condition: z.enum(conditions).optional().catch(undefined),
  network: askedText(100),
  failing: z.enum(['now', 'day']).optional().catch(undefined),
  order: z.enum(tenantOrders).catch('id'),
  cursor: askedText(2000),
});

export type AskedTenants = z.output<typeof query>;

export function readAskedTenants(asked: unknown): AskedTenants {
  return query.catch(query.parse({})).parse(asked);
}

const filterNames = ['q', 'contact', 'health', 'state', 'condition', 'network', 'failing'] as const;

/** Whether a filter could have a field of this name. */
export function isFilterName(name: string): boolean {
  return filterNames.some((one) => one === name);
}

/**
 * The filter of what is to be done with all that it lets through. Null where something in it is nothing of the kind:
 * leaving that out would mean more tenants.
 */
export function readWholeFilter(given: (name: string) => unknown): AskedTenants | null {
  const texts = filterNames.map((name) => [name, given(name) || undefined] as const);
  const asked = readAskedTenants(Object.fromEntries(texts));
  return texts.every(([name, text]) => asked[name] === text) ? asked : null;
}

const failingLengths = { now: 0, day: DAY_MS };

export function filterOf({ q, health, state, condition, network, contact, failing }: AskedTenants): TenantFilter {
  return {
    search: q || undefined,
    contact: contact?.trim() || undefined,
    state,
    condition,
    network: network?.toLowerCase() || undefined,
    health: health === undefined ? undefined : [health],
    failingForMs: failing === undefined ? undefined : failingLengths[failing],
  };
}

/** What the filter is, for an address or a form; without an order, a page and what lets everything through. */
export function filterFields({ order: _, cursor: __, ...filter }: AskedTenants): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

const labels: Readonly<Record<string, string>> = { q: 'name' };
const failingTexts = { now: 'polls that fail now', day: 'polls that have failed for a day' };

/** `health broken, network facebook`; null when every tenant is meant. */
export function filterText(asked: AskedTenants): string | null {
  const parts = Object.entries(filterFields(asked)).map(([name, value]) =>
    name === 'failing'
      ? failingTexts[value as keyof typeof failingTexts]
      : `${labels[name] ?? name} ${value.replaceAll('_', ' ')}`,
  );
  return parts.length === 0 ? null : parts.join(', ');
}
