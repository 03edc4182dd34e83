import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { MailSelection } from '../../monitoring/application.ts';
import { assertMayChange } from '../../monitoring/viewer.ts';
import type { Fields } from '../read-form.ts';
import type { Look } from './frame.ts';
import { addressOf, LINES } from './list-page.ts';
import { addForm, frameOf, type Site, sendNotice, sendPage } from './site.ts';

const actions = ['hold', 'release', 'discard'] as const;
type Action = (typeof actions)[number];

const selection = z.union([
  z.object({ scope: z.literal('all') }),
  z.object({ scope: z.literal('chosen'), ids: z.array(z.string().max(200)).max(LINES) }),
]);

/** What is asked, and of which mail; null when the form says nothing that can be done. */
type Wish = Readonly<{ action: Action; selection: MailSelection }>;

/** Mail that is held, released or discarded: one confirmation with the count, and then what came of it. */
export function addMailActions(routes: FastifyInstance, site: Site): void {
  const { mail, operations } = site.options.application;

  addForm(routes, '/mail/confirm', site, async (look, fields, _request, reply) => {
    assertMayChange(look.viewer);
    const wish = askedBy(fields);
    if (wish === null) return nothingChosen(reply, site, look);
    const count = await countOf(look, wish);
    return sendPage(reply, site, 'mail-confirm', {
      frame: frameOf('Mail', site, look, '/mail'),
      action: wish.action,
      ...confirmationOf(wish, count),
      scope: wish.selection.kind === 'ids' ? 'chosen' : 'all',
      ids: wish.selection.kind === 'ids' ? wish.selection.ids : [],
    });
  });

  for (const action of actions) {
    addForm(routes, `/mail/${action}`, site, async (look, fields, _request, reply) => {
      const wish = wishOf(action, fields.get('scope'), fields);
      if (wish === null) return nothingChosen(reply, site, look);
      const { changed, skipped } = await mail[action](look.viewer, wish.selection);
      const to = { state: 'held', done: action, changed: `${changed.length}`, skipped: `${skipped.length}` };
      return await reply.redirect(`${site.base}${addressOf('/mail', to)}`, 303);
    });
  }

  /** Null where nobody knows it before it is done. */
  async function countOf({ viewer }: Look, wish: Wish): Promise<number | null> {
    if (wish.selection.kind === 'ids') return wish.selection.ids.length;
    if (viewer.tenantId !== null) return null;
    const counts = (await operations.monitor(viewer)).mail;
    return counts === null ? null : wish.action === 'hold' ? counts.pending : counts.held;
  }
}

/** What a button of a page says: `release chosen`. */
function askedBy(fields: Fields): Wish | null {
  const [verb, scope] = String(fields.get('do')).split(' ');
  const action = actions.find((one) => one === verb);
  return action === undefined ? null : wishOf(action, scope, fields);
}

function wishOf(action: Action, scope: unknown, fields: Fields): Wish | null {
  const chosen = selection.safeParse({ scope, ids: fields.getAll('id') });
  if (!chosen.success) return null;
  if (chosen.data.scope === 'all') return { action, selection: { kind: 'all' } };
  return chosen.data.ids.length === 0 ? null : { action, selection: { kind: 'ids', ids: chosen.data.ids } };
}

function nothingChosen(reply: FastifyReply, site: Site, look: Look): FastifyReply {
  const lines = ['Nothing was changed. Go back and choose at least one mail.'];
  return sendNotice(reply, site, look, { status: 400, heading: 'No mail was chosen', lines });
}

const verbs = { hold: 'Hold', release: 'Release', discard: 'Discard' };

const meanings: Readonly<Record<Action, string>> = {
  hold: 'The mail that waits is kept back until somebody releases it.',
  release: 'It is sent as soon as it is due. What many accounts broke alike is asked about once more before.',
  discard: 'It is never sent, and its owners do not hear of the problem that it was about. This cannot be undone.',
};

const ENDED_HOLDS = 'No mail is held now. Mail that is written from now on is sent again.';

const meaningsOfAll: Readonly<Record<Action, string>> = {
  hold: 'Mail that is written from now on is kept back as well.',
  release: 'Every hold ends with it: mail that is written from now on is sent again.',
  discard: 'Every hold ends with it: mail that is written from now on is sent again.',
};

function confirmationOf({ action, selection: { kind } }: Wish, count: number | null) {
  const mails = count === 1 ? '1 mail' : `${count ?? 'all'} mails`;
  const isAll = kind !== 'ids';
  if (isAll && action === 'release' && count === 0) {
    return { heading: 'End every hold?', lines: [ENDED_HOLDS], button: 'End every hold' };
  }
  const all = `all mail that ${action === 'hold' ? 'waits' : 'is held'}`;
  return {
    heading: `${verbs[action]} ${isAll ? all : mails}?`,
    lines: [
      ...(isAll && count !== null ? [`There ${count === 1 ? 'is' : 'are'} ${mails} now.`] : []),
      meanings[action],
      ...(isAll ? [meaningsOfAll[action]] : []),
    ],
    button: `${verbs[action]} ${count === null ? 'all' : mails}`,
  };
}
