import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { tenantAddress } from './addresses.ts';
import { addressOf, askedText } from './list-page.ts';
import { addPage, type Site } from './site.ts';

const query = z.object({ text: askedText(320) });

/**
 * From a name, a part of it or the whole address of a contact to its tenant; to the list where there is not just one.
 */
export function addFindRoute(routes: FastifyInstance, site: Site): void {
  const { tenants } = site.options.application;
  addPage(routes, '/find', site, async ({ viewer, base }, request, reply) => {
    const text = query.parse(request.query).text?.trim() ?? '';
    const isAddress = text.includes('@');
    const filter = isAddress ? { contact: text } : { search: text };
    const { items } = await tenants.list(viewer, { ...filter, cursor: null, limit: 2 });
    const [only, second] = items;
    const isFound = text !== '' && only !== undefined && second === undefined;
    const list = addressOf('/tenants', isAddress ? { contact: text } : { q: text });
    return await reply.redirect(isFound ? tenantAddress({ base }, only.id) : `${base}${list}`, 303);
  });
}
