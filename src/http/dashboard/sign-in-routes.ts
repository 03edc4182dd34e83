import type { FastifyInstance, FastifyReply } from 'fastify';
import { readForm } from '../read-form.ts';
import { addForm, frameOf, type Site, sendNotice, sendPage } from './site.ts';
import { createWrongKeys } from './wrong-keys.ts';

/** With an API key once, or with a link of `linkwatch open`; a cookie remembers which key it was. */
export function addSignInRoutes(routes: FastifyInstance, site: Site): void {
  const { options, sessions, base } = site;
  const { pages } = options.bulkheads;
  const wrongKeys = createWrongKeys(options.now);

  routes.get<{ Querystring: { to?: string } }>('/sign-in', async ({ query }, reply) =>
    sendForm(reply, site, { status: 200, to: ownPath(query.to), problem: null }),
  );

  routes.post('/sign-in', async (request, reply) => {
    const fields = await readForm(request);
    const to = ownPath(fields.get('to'));
    const pauseMs = wrongKeys.pauseOf(request.ip);
    if (pauseMs > 0) {
      const seconds = Math.ceil(pauseMs / 1000);
      reply.header('retry-after', seconds);
      return sendForm(reply, site, { status: 429, to, problem: `Too many wrong keys. Try again in ${seconds} s.` });
    }
    const key = String(fields.get('key') ?? '').trim();
    const viewer = await pages(() => options.checkKey(key, request.ip));
    if (viewer === null) {
      wrongKeys.wrong(request.ip);
      return sendForm(reply, site, { status: 401, to, problem: 'This key is unknown, expired or revoked.' });
    }
    wrongKeys.right(request.ip);
    await sessions.open(reply, viewer.keyId);
    return await reply.redirect(`${base}${to}`, 303);
  });

  routes.get<{ Params: { code: string } }>('/sign-in/:code', async (request, reply) => {
    const pauseMs = wrongKeys.pauseOf(request.ip);
    const keyId = pauseMs > 0 ? null : await pages(() => options.signIn.exchange(request.params.code));
    if (keyId === null) {
      if (pauseMs === 0) wrongKeys.wrong(request.ip);
      return sendNotice(reply, site, null, {
        status: 410,
        heading: 'This link has been used, or is too old',
        lines: ['It signs in once, within a minute. `linkwatch open` prints another one.'],
      });
    }
    await sessions.open(reply, keyId);
    return await reply.redirect(`${base}/`, 303);
  });

  addForm(routes, '/sign-out', site, async (_look, _fields, _request, reply) => {
    sessions.close(reply);
    return await reply.redirect(`${base}/sign-in`, 303);
  });
}

type SignInForm = Readonly<{ status: number; to: string; problem: string | null }>;

function sendForm(reply: FastifyReply, site: Site, { status, ...form }: SignInForm): FastifyReply {
  return sendPage(reply.code(status), site, 'sign-in', { frame: frameOf('Sign in', site, null), ...form });
}

/** A page of ours to go on to, and never another site's. */
function ownPath(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) && !to.startsWith('/sign-') ? to : '/';
}
