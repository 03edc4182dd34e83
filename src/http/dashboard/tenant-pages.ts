import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Condition, conditions, tenantHealths } from '../../domain/model/condition.ts';
import { tenantStates } from '../../domain/model/tenant.ts';
import type { TenantFilter } from '../../monitoring/ports.ts';
import type { Look } from './frame.ts';
import { addressWith, readFrom } from './list-address.ts';
import { addPage, frameOf, type Site, sendPage } from './site.ts';
import { tenantRows } from './tenant-rows.ts';

const PAGE = 50;

/** As it stands in the address; what is none of these is left out. */
const query = z.object({
  q: z.string().max(200).optional().catch(undefined),
  health: z.enum(tenantHealths).optional().catch(undefined),
  state: z.enum(tenantStates).optional().catch(undefined),
  condition: z.enum(conditions).optional().catch(undefined),
  network: z.string().max(100).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

type Query = z.output<typeof query>;

export function addTenantPages(routes: FastifyInstance, site: Site): void {
  const { tenants } = site.options.application;
  addPage(routes, '/tenants', site, async (look, request, reply) => {
    const asked = query.parse(request.query);
    const page = await readFrom(asked.cursor, (cursor) =>
      tenants.list(look.viewer, { ...filterOf(asked), cursor, limit: PAGE }),
    );
    return sendPage(reply, site, 'tenants', {
      frame: frameOf('Tenants', site, look, '/tenants'),
      asked,
      choices: { health: tenantHealths, state: tenantStates, condition: conditions },
      tenants: { rows: tenantRows(page.items, look), empty: 'No tenant is like that.' },
      next: page.nextCursor === null ? null : addressOf(look, { ...asked, cursor: page.nextCursor }),
      first: asked.cursor === undefined ? null : addressOf(look, { ...asked, cursor: undefined }),
    });
  });
}

function filterOf({ q, health, state, condition, network }: Query): TenantFilter {
  return {
    ...{ search: q || undefined, state, condition: condition as Condition | undefined },
    ...{ network: network || undefined, health: health === undefined ? undefined : [health] },
  };
}

function addressOf({ base }: Look, asked: Query): string {
  return addressWith(`${base}/tenants`, asked);
}
