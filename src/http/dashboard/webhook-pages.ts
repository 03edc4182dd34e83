import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { roleIncludes } from '../../domain/model/api-key.ts';
import type { AddedWebhook } from '../../monitoring/application.ts';
import { assertMayAdminister } from '../../monitoring/viewer.ts';
import type { Fields } from '../read-form.ts';
import type { Look } from './frame.ts';
import { LINES, listed, pagerOf, readListPage } from './list-page.ts';
import { addOneWebhookPages } from './one-webhook-pages.ts';
import { addForm, addPage, frameOf, type Site, sendPage } from './site.ts';
import { tenantMeant } from './tenant-meant.ts';
import { typeChoices, typesGiven, urlGiven, webhookRows } from './webhook-view.ts';

/** The endpoint as the form sends it. */
type NewEndpoint = Readonly<{ url: string; tenant: string; types: readonly string[] }>;

/** What has just come of the form: a secret, which is shown this once, or why there is none. */
type Added = Readonly<{ secret: string | null; problem: string | null; done: string | null; given: NewEndpoint }>;

const nothingAdded: Added = { secret: null, problem: null, done: null, given: { url: '', tenant: '', types: [] } };

/** Where events are sent to other programs. */
export function addWebhookPages(routes: FastifyInstance, site: Site): void {
  const { webhooks, tenants } = site.options.application;

  addPage(routes, '/webhooks', site, async (look, request, reply) =>
    sendPage(
      reply,
      site,
      'webhooks',
      await list(look, request.query, { ...nothingAdded, done: removedText(request.query) }),
    ),
  );

  addForm(routes, '/webhooks', site, async (look, fields, _request, reply) => {
    assertMayAdminister(look.viewer);
    const added = await add(look, givenEndpoint(fields));
    return sendPage(reply.code(added.problem === null ? 201 : 400), site, 'webhooks', await list(look, {}, added));
  });

  addOneWebhookPages(routes, site);

  async function add({ viewer }: Look, given: NewEndpoint): Promise<Added> {
    const refused = (problem: string) => ({ ...nothingAdded, problem, given });
    if (given.url === '') return refused('Give the address where the receiver listens.');
    const types = typesGiven(given.types);
    if (types === null) return refused('There is no such event.');
    const meant = await tenantMeant(given.tenant, viewer, tenants);
    if (meant.kind === 'unknown') return refused(unknownTenant);
    const added = await webhooks.add(viewer, {
      url: given.url,
      tenantId: meant.id ?? undefined,
      types: types.length === 0 ? undefined : types,
    });
    const { outcome } = added;
    return outcome === 'added' ? { ...nothingAdded, secret: added.webhook.secret } : refused(problemOf(added));
  }

  async function list(look: Look, asked: unknown, added: Added) {
    const { cursor } = z.object({ cursor: listed.cursor }).parse(asked);
    const page = await readListPage(cursor, (from) =>
      webhooks.list(look.viewer, { tenantId: null, cursor: from, limit: LINES }),
    );
    const names = await tenants.names(look.viewer, [...new Set(page.items.flatMap(({ tenantId }) => tenantId ?? []))]);
    return {
      frame: frameOf('Webhooks', site, look, '/webhooks'),
      ...added,
      mayAdd: roleIncludes(look.viewer.role, 'admin'),
      seesFleet: look.viewer.tenantId === null,
      typeGroups: typeChoices(added.given.types),
      rows: webhookRows(page.items, names, look),
      pager: pagerOf(look, '/webhooks', { cursor }, page.nextCursor),
    };
  }
}

function removedText(asked: unknown): string | null {
  const isRemoved = z.object({ done: z.literal('removed') }).safeParse(asked).success;
  return isRemoved ? 'The webhook was removed.' : null;
}

const unknownTenant = 'There is no such tenant, or its name fits several.';

function problemOf(added: Exclude<AddedWebhook, { outcome: 'added' }>): string {
  switch (added.outcome) {
    case 'unknown_tenant':
      return unknownTenant;
    case 'bad_url':
      return `Nothing can be sent to this address: ${added.problem}.`;
    case 'too_many':
      return `There are ${added.most} webhooks already, and no more are possible: remove one first.`;
  }
}

function givenEndpoint(fields: Fields): NewEndpoint {
  // However long: a name that was cut away would send the events of all tenants.
  const tenant = z.string().trim().catch('').parse(fields.get('tenant'));
  return { url: urlGiven(fields), tenant, types: fields.getAll('types').map(String) };
}
