import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { roleIncludes } from '../../domain/model/api-key.ts';
import { isEmailAddress } from '../../domain/model/email-address.ts';
import { DEFAULT_LOCALE, languages } from '../../domain/model/language.ts';
import { NotAllowed } from '../../monitoring/viewer.ts';
import { isStorable } from '../storable.ts';
import { tenantAddress } from './addresses.ts';
import type { Look } from './frame.ts';
import { addForm, addPage, frameOf, type Site, sendPage } from './site.ts';

const newTenant = z.object({
  email: z.string().trim().max(320).catch(''),
  name: z.string().trim().max(200).refine(isStorable).catch(''),
  locale: z.enum(languages).catch(DEFAULT_LOCALE),
});

type Given = z.output<typeof newTenant>;

/** An account that its owner is asked by mail to connect. */
export function addNewTenantPages(routes: FastifyInstance, site: Site): void {
  const { application, bulkheads } = site.options;

  addPage(routes, '/tenants/new', site, async (look, _request, reply) => {
    if (!mayAddTenants(look)) throw new NotAllowed('This needs a key of all tenants that may change something.');
    return sendForm(look, newTenant.parse({}), null, reply);
  });

  addForm(routes, '/tenants/new', site, async (look, fields, _request, reply) => {
    const given = newTenant.parse({
      email: fields.get('email'),
      name: fields.get('name'),
      locale: fields.get('locale'),
    });
    if (!isEmailAddress(given.email)) return sendForm(look, given, 'That is not an e-mail address.', reply.code(422));
    const { name, ...rest } = given;
    const wish = { ...rest, tenantId: null, ...(name !== '' && { name }) };
    const invited = await bulkheads.upstream(() => application.connecting.invite(look.viewer, wish));
    if (invited.outcome !== 'invited' && invited.outcome !== 'waits') {
      return sendForm(look, given, 'Whoever has this address wants no mail of Linkwatch.', reply.code(422));
    }
    const done = invited.outcome === 'waits' ? 'invited_before' : 'invited';
    return await reply.redirect(`${tenantAddress(look, invited.tenant.id)}?done=${done}`, 303);
  });

  function sendForm(look: Look, given: Given, problem: string | null, reply: FastifyReply): FastifyReply {
    return sendPage(reply, site, 'tenant-new', {
      frame: frameOf('Invite an owner', site, look, '/tenants'),
      given,
      problem,
      languages: languages.map((value) => ({ value, label: names.of(value) ?? value })),
    });
  }
}

const names = new Intl.DisplayNames('en', { type: 'language' });

/** An invitation may make a tenant, so it is for keys of all tenants. */
export function mayAddTenants({ viewer }: Pick<Look, 'viewer'>): boolean {
  return viewer.tenantId === null && roleIncludes(viewer.role, 'operate');
}
