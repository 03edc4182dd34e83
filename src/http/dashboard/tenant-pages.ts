import type { FastifyInstance } from 'fastify';
import { roleIncludes } from '../../domain/model/api-key.ts';
import { conditions, tenantHealths } from '../../domain/model/condition.ts';
import { type TenantOrder, tenantOrders, tenantStates } from '../../domain/model/tenant.ts';
import type { TenantCounts } from '../../monitoring/ports.ts';
import { bulkVerbs } from './bulk-words.ts';
import { UNCOUNTED } from './fleet-tiles.ts';
import type { Look } from './frame.ts';
import { addressOf, LINES, readListPage } from './list-page.ts';
import { mayAddTenants } from './new-tenant-pages.ts';
import { addPage, frameOf, type Site, sendPage } from './site.ts';
import { soon } from './soon.ts';
import { type AskedTenants, filterFields, filterOf, filterText, readAskedTenants } from './tenant-filter.ts';
import { tenantRows, toneOf } from './tenant-rows.ts';

const orderLabels: Readonly<Record<TenantOrder, string>> = {
  worst: 'worst first',
  longest_broken: 'longest broken first',
  name: 'by name',
  // The one order for which nothing has to be read of the tenants on other pages.
  id: 'as they come',
};

const failingLabels = [
  { value: 'now', label: 'fail now' },
  { value: 'day', label: 'have failed for a day' },
] as const;

/** The page is not refreshed by itself, so that no row moves under the reader's hand. */
export function addTenantPages(routes: FastifyInstance, site: Site): void {
  const { tenants } = site.options.application;
  const countsSoon = soon((...asked: Parameters<typeof tenants.counts>) => tenants.counts(...asked));
  addPage(routes, '/tenants', site, async (look, request, reply) => {
    const asked = readAskedTenants(request.query);
    const { order } = asked;
    const [page, counts] = await Promise.all([
      readListPage(asked.cursor, (cursor) =>
        tenants.list(look.viewer, { ...filterOf(asked), order, cursor, limit: LINES }),
      ),
      countsSoon(look.viewer, filterOf({ ...asked, health: undefined })),
    ]);
    return sendPage(reply, site, 'tenants', {
      frame: frameOf('Tenants', site, look, '/tenants'),
      asked,
      filter: filterText(asked),
      choices: { health: tenantHealths, state: tenantStates, condition: conditions },
      isFurther: [asked.state, asked.condition, asked.network, asked.failing].some(Boolean),
      failing: failingLabels.map((choice) => ({ ...choice, isChosen: choice.value === asked.failing })),
      orders: tenantOrders.map((value) => ({ value, label: orderLabels[value], isChosen: value === order })),
      counts: countLinks(counts, asked, look),
      asItWas: addressOf(`${look.base}/at`, { ...filterFields(asked), contact: undefined, state: undefined }),
      mayAdd: mayAddTenants(look),
      isEmpty: filterText(asked) === null && page.items.length === 0,
      tenants: { rows: tenantRows(page.items, look), empty: 'No tenant is like that.' },
      next: page.nextCursor === null ? null : tenantsAddress(look, { ...asked, cursor: page.nextCursor }),
      first: asked.cursor === undefined ? null : tenantsAddress(look, { ...asked, cursor: undefined }),
      bulk: roleIncludes(look.viewer.role, 'operate') && page.items.length > 0 ? bulkLinks(asked, look) : [],
    });
  });
}

/**
 * How many are of each health with the rest of the filter; the one that is shown leads back to all of them. `counts`:
 * null while they are being made.
 */
function countLinks(counts: TenantCounts | null, asked: AskedTenants, look: Look) {
  const all = counts === null ? UNCOUNTED : Object.values(counts).reduce((sum, count) => sum + count, 0);
  const links = tenantHealths.map((health) => ({
    label: health,
    tone: toneOf(health),
    isShown: asked.health === health,
    count: counts === null ? UNCOUNTED : counts[health],
    href: tenantsAddress(look, { ...asked, cursor: undefined, health }),
  }));
  const whole = { label: 'all', tone: 'all', count: all, isShown: asked.health === undefined };
  return [{ ...whole, href: tenantsAddress(look, { ...asked, cursor: undefined, health: undefined }) }, ...links];
}

function bulkLinks(asked: AskedTenants, { base }: Look) {
  return bulkVerbs.map(({ kind: action, label }) => ({
    label,
    href: addressOf(`${base}/tenants/actions`, { action, ...filterFields(asked) }),
  }));
}

function tenantsAddress({ base }: Look, asked: AskedTenants): string {
  const { order, ...rest } = asked;
  return addressOf(`${base}/tenants`, { ...rest, order: order === 'id' ? undefined : order });
}
