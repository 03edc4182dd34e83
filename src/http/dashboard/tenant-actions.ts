import type { FastifyInstance } from 'fastify';
import { roleIncludes } from '../../domain/model/api-key.ts';
import { isEmailAddress } from '../../domain/model/email-address.ts';
import type { InviteOutcome } from '../../monitoring/application.ts';
import type { Page } from '../../monitoring/ports.ts';
import { tenantAddress } from './addresses.ts';
import { countText, nameText } from './names.ts';
import { backTo } from './one-tenant-pages.ts';
import { addForm, addPage, frameOf, idOf, type Site, sendNotice, sendPage, sendUnknown } from './site.ts';
import type { Done } from './tenant-done.ts';

/** What is done with one tenant. */
export function addTenantActions(routes: FastifyInstance, site: Site): void {
  const { application, bulkheads, signal } = site.options;
  const { tenants, rounds, connecting } = application;

  for (const [verb, done] of [
    ['pause', 'paused'],
    ['resume', 'resumed'],
  ] as const) {
    addForm(routes, `/tenants/:id/${verb}`, site, async (look, _fields, request, reply) => {
      const id = idOf(request.params);
      const isFound = await tenants[verb](look.viewer, id);
      return isFound ? await backTo(id, done, look, reply) : sendUnknown(reply, site, look, 'tenant');
    });
  }

  addForm(routes, '/tenants/:id/poll', site, async (look, _fields, request, reply) => {
    const id = idOf(request.params);
    if ((await tenants.find(look.viewer, id)) === null) return sendUnknown(reply, site, look, 'tenant');
    const { polled, failed } = await bulkheads.upstream(() => rounds.run(look.viewer, { tenants: [id], signal }));
    const done = failed > 0 ? 'poll_failed' : 'polled';
    return await backTo(id, polled === 0 ? 'not_polled' : done, look, reply);
  });

  addForm(routes, '/tenants/:id/invite', site, async (look, fields, request, reply) => {
    const id = idOf(request.params);
    const email = String(fields.get('email') ?? '').trim();
    if ((await tenants.find(look.viewer, id)) === null) return sendUnknown(reply, site, look, 'tenant');
    if (!isEmailAddress(email)) return await backTo(id, 'bad_address', look, reply);
    const invited = await bulkheads.upstream(() => connecting.invite(look.viewer, { email, tenantId: id }));
    return await backTo(id, inviteWords[invited.outcome], look, reply);
  });

  addRemoval(routes, site);
}

const inviteWords: Readonly<Record<InviteOutcome['outcome'], Done>> = {
  invited: 'invited',
  waits: 'invited_before',
  no_contact: 'no_contact',
  no_mail_wanted: 'no_mail_wanted',
  gone: 'no_contact',
  unknown_application: 'no_contact',
  of_another_application: 'no_contact',
};

function addRemoval(routes: FastifyInstance, site: Site): void {
  const { tenants, incidents, mail } = site.options.application;
  addPage(routes, '/tenants/:id/remove', site, async (look, request, reply) => {
    const tenant = await tenants.find(look.viewer, idOf(request.params));
    if (tenant === null) return sendUnknown(reply, site, look, 'tenant');
    const of = { tenantId: tenant.id, cursor: null, limit: 100 };
    const open = await incidents.list(look.viewer, { ...of, state: 'open' });
    const waiting = await Promise.all(
      (['pending', 'held'] as const).map((state) => mail.list(look.viewer, { ...of, state })),
    );
    return sendPage(reply, site, 'tenant-remove', {
      frame: frameOf(`Remove ${nameText(tenant.name)}?`, site, look, '/tenants'),
      name: nameText(tenant.name),
      here: tenantAddress(look, tenant.id),
      lost: {
        connections: countText(tenant.connections.total, 'connection'),
        contacts: countText(tenant.contacts.length, 'contact'),
        incidents: countedText([open], 'open incident'),
        mail: countedText(waiting, 'waiting mail'),
      },
      mayPurge: roleIncludes(look.viewer.role, 'admin'),
    });
  });

  addForm(routes, '/tenants/:id/remove', site, async (look, fields, request, reply) => {
    const purge = fields.get('purge') === 'yes';
    const isDone = await tenants.remove(look.viewer, idOf(request.params), { purge });
    if (!isDone) return sendUnknown(reply, site, look, 'tenant');
    const lines = [purge ? 'Every row of it was erased.' : 'It is polled no more, and its tokens were erased.'];
    return sendNotice(reply, site, look, { status: 200, heading: 'The tenant was removed', lines });
  });
}

/** Where a page goes on, there are more than it has. */
function countedText(pages: readonly Page<unknown>[], word: string): string {
  const count = pages.reduce((sum, { items }) => sum + items.length, 0);
  return pages.every(({ nextCursor }) => nextCursor === null)
    ? countText(count, word)
    : `more than ${countText(count, word)}`;
}
