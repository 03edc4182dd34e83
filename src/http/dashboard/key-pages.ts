import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isKeyName, keyRoles, LONGEST_KEY_NAME } from '../../domain/model/api-key.ts';
import { DAY_MS } from '../../domain/model/time.ts';
import type { ApiKeyView } from '../../monitoring/views.ts';
import { ago, type Look, moment } from './frame.ts';
import { LINES, listed, pagerOf, readListPage } from './list-page.ts';
import { type NamedTenants, tenantLink } from './mail-words.ts';
import { addForm, addPage, frameOf, idOf, type Site, sendPage, sendUnknown } from './site.ts';
import { tenantMeant } from './tenant-meant.ts';

const lifetimes = [
  { days: '', label: 'never' },
  { days: '30', label: 'in 30 days' },
  { days: '90', label: 'in 90 days' },
  { days: '365', label: 'in a year' },
] as const;

/**
 * A field that was left out of the form has its first choice; one that is nothing of the kind makes no key: what it
 * means is not known.
 */
const newKey = z.object({
  name: z.string().trim().refine(isKeyName).default(''),
  role: z.enum(keyRoles).default('read'),
  tenant: z.string().trim().default(''),
  days: z.enum(lifetimes.map(({ days }) => days)).default(''),
});

/** What has just come of the form: a secret, which is shown this once, or why there is none. */
type Made = Readonly<{ secret: string | null; problem: string | null; given: z.output<typeof newKey> }>;

const nothingMade: Made = { secret: null, problem: null, given: newKey.parse({}) };
const NOTHING_CLEAR: Made = {
  ...nothingMade,
  problem: `No key was made: a field of the form is not valid. A name has one line and at most ${LONGEST_KEY_NAME} characters.`,
};

/** The keys of programs, and of the browsers that are signed in. */
export function addKeyPages(routes: FastifyInstance, site: Site): void {
  const { apiKeys, tenants } = site.options.application;

  addPage(routes, '/keys', site, async (look, request, reply) =>
    sendPage(reply, site, 'keys', await keys(look, request.query)),
  );

  addForm(routes, '/keys', site, async (look, fields, _request, reply) => {
    const read = ['name', 'role', 'tenant', 'days'].map((name) => [name, fields.get(name) ?? undefined]);
    const given = newKey.safeParse(Object.fromEntries(read));
    const made = given.success ? await make(look, given.data) : NOTHING_CLEAR;
    return sendPage(reply.code(made.problem === null ? 201 : 400), site, 'keys', await keys(look, {}, made));
  });

  addForm(routes, '/keys/:id/revoke', site, async (look, _fields, request, reply) => {
    const id = idOf(request.params);
    if (!(await apiKeys.revoke(look.viewer, id))) return sendUnknown(reply, site, look, 'key');
    return await reply.redirect(`${site.base}/keys`, 303);
  });

  async function make(look: Look, given: z.output<typeof newKey>): Promise<Made> {
    const meant = await tenantMeant(given.tenant, look.viewer, tenants);
    const unknown = { secret: null, problem: 'There is no such tenant, or its name fits several.', given };
    if (meant.kind === 'unknown') return unknown;
    const created = await apiKeys.create(look.viewer, {
      name: given.name || undefined,
      role: given.role,
      tenantId: meant.id ?? undefined,
      expiresAt: given.days === '' ? undefined : look.now + Number(given.days) * DAY_MS,
    });
    return created.outcome === 'created' ? { ...nothingMade, secret: created.key.key } : unknown;
  }

  async function keys(look: Look, asked: unknown, made: Made = nothingMade) {
    const { cursor } = z.object({ cursor: listed.cursor }).parse(asked);
    const page = await readListPage(cursor, (from) => apiKeys.list(look.viewer, { cursor: from, limit: LINES }));
    const names = await tenants.names(look.viewer, [...new Set(page.items.flatMap(({ tenantId }) => tenantId ?? []))]);
    return {
      frame: frameOf('Keys', site, look, '/keys'),
      ...made,
      roles: keyRoles,
      lifetimes,
      rows: page.items.map((key) => rowOf(key, names, look)),
      pager: pagerOf(look, '/keys', { cursor }, page.nextCursor),
    };
  }
}

const tones = { active: 'good', expired: 'gone', revoked: 'gone' } as const;

function rowOf(key: ApiKeyView, names: NamedTenants, look: Look) {
  return {
    name: key.purpose === 'program' ? (key.name ?? 'without a name') : 'a browser, signed in by a link',
    isOwn: key.id === look.session.keyId,
    prefix: key.prefix,
    role: key.role,
    state: key.state,
    tone: tones[key.state],
    tenant: key.tenantId === null ? null : tenantLink(key.tenantId, names, look),
    made: ago(key.createdAt, look),
    used: ago(key.lastUsedAt, look),
    expires: key.expiresAt === null ? 'never' : moment(key.expiresAt, look),
    revoke: key.state === 'active' ? `${look.base}/keys/${encodeURIComponent(key.id)}/revoke` : null,
  };
}
