import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { actions } from '../../domain/model/condition.ts';
import { incidentStateFilters } from '../../domain/model/incident.ts';
import { DAY_MS } from '../../domain/model/time.ts';
import type { IncidentOutcome } from '../../monitoring/views.ts';
import type { Fields } from '../read-form.ts';
import { incidentAddress } from './addresses.ts';
import { snoozeMs } from './bulk-words.ts';
import type { Look } from './frame.ts';
import { incidentPage, incidentRows } from './incident-page.ts';
import { addressOf, askedText, LINES, readListPage } from './list-page.ts';
import { nameText } from './names.ts';
import { addForm, addPage, frameOf, idOf, type Site, sendNotice, sendPage, sendUnknown } from './site.ts';

/** The query of the page's address. A value that is not valid counts as not given. */
const query = z.object({
  state: z.enum(incidentStateFilters).optional().catch(undefined),
  action: z.enum(actions).optional().catch(undefined),
  network: askedText(100),
  lately: z.enum(['broke', 'repaired']).optional().catch(undefined),
  cursor: askedText(1000),
});

/** What an action has done, as the page says it afterwards. */
const doneWords = {
  acknowledged: 'Noted: somebody takes care of it.',
  snoozed: 'No reminders are sent until then. A worse problem and the repair are still told.',
  closed: 'Closed by hand, without a mail. If the next polls are bad, another one opens.',
  released: 'The held mail was let go. What is still true goes out with the next delivery.',
  nothing_released: 'Nothing was let go: no mail about it is held any more.',
} as const;
type Done = keyof typeof doneWords;

/** Incidents, and each as a page that can be printed for the customer. */
export function addIncidentPages(routes: FastifyInstance, site: Site): void {
  const { incidents } = site.options.application;
  addPage(routes, '/incidents', site, async (look, request, reply) => {
    const { cursor, ...given } = query.parse(request.query);
    // What the last day brought may be over by now.
    const asked = { ...given, state: given.state ?? (given.lately === undefined ? 'open' : 'all') };
    const filter = filterOf(asked, look);
    const page = await readListPage(cursor, (from) =>
      incidents.list(look.viewer, { ...filter, cursor: from, limit: LINES }),
    );
    const path = `${look.base}/incidents`;
    return sendPage(reply, site, 'incidents', {
      frame: frameOf('Incidents', site, look, '/incidents'),
      asked,
      choices: { state: incidentStateFilters, action: actions, lately: ['broke', 'repaired'] },
      list: { rows: incidentRows(page.items, look), isOfOneTenant: false, empty: 'No incident is like that.' },
      first: cursor === undefined ? null : addressOf(path, asked),
      next: page.nextCursor === null ? null : addressOf(path, { ...asked, cursor: page.nextCursor }),
    });
  });

  addPage(routes, '/incidents/:id', site, async (look, request, reply) => {
    const incident = await incidents.find(look.viewer, idOf(request.params));
    if (incident === null) return sendUnknown(reply, site, look, 'incident');
    const { done } = z.object({ done: z.string().optional().catch(undefined) }).parse(request.query);
    return sendPage(reply, site, 'incident', {
      frame: frameOf(`Incident of ${nameText(incident.tenantName)}`, site, look, '/incidents'),
      done: done !== undefined && Object.hasOwn(doneWords, done) ? doneWords[done as Done] : null,
      ...incidentPage(incident, look),
    });
  });

  addIncidentForms(routes, site);
}

function filterOf({ lately, network, ...asked }: Omit<z.output<typeof query>, 'cursor'>, { now }: Look) {
  const since = now - DAY_MS;
  return {
    ...asked,
    network: network?.toLowerCase() || undefined,
    tenantId: null,
    brokeSince: lately === 'broke' ? since : undefined,
    repairedSince: lately === 'repaired' ? since : undefined,
  };
}

type Act = (look: Look, id: string, fields: Fields) => Promise<IncidentOutcome>;

function addIncidentForms(routes: FastifyInstance, site: Site): void {
  const { incidents, mail } = site.options.application;
  const acts: readonly Readonly<{ verb: string; done: Done; act: Act }>[] = [
    { verb: 'acknowledge', done: 'acknowledged', act: ({ viewer }, id) => incidents.acknowledge(viewer, id) },
    {
      verb: 'snooze',
      done: 'snoozed',
      act: ({ viewer, now }, id, fields) => incidents.snooze(viewer, id, now + snoozeMs(fields)),
    },
    { verb: 'close', done: 'closed', act: ({ viewer }, id) => incidents.close(viewer, id) },
  ];
  for (const { verb, done, act } of acts) {
    addForm(routes, `/incidents/:id/${verb}`, site, async (look, fields, request, reply) => {
      const id = idOf(request.params);
      const { outcome } = await act(look, id, fields);
      return outcome === 'done' ? await backTo(id, done, look, reply) : sendUndone(outcome, look, reply, site);
    });
  }

  addForm(routes, '/incidents/:id/release', site, async (look, _fields, request, reply) => {
    const incident = await incidents.find(look.viewer, idOf(request.params));
    if (incident === null) return sendUnknown(reply, site, look, 'incident');
    const { changed } = await mail.release(look.viewer, { kind: 'ids', ids: incident.notifications });
    return await backTo(incident.id, changed.length > 0 ? 'released' : 'nothing_released', look, reply);
  });
}

async function backTo(id: string, done: Done, { base }: Look, reply: FastifyReply): Promise<FastifyReply> {
  return await reply.redirect(`${incidentAddress({ base }, id)}?done=${done}`, 303);
}

function sendUndone(
  outcome: 'already_closed' | 'not_found',
  look: Look,
  reply: FastifyReply,
  site: Site,
): FastifyReply {
  if (outcome === 'not_found') return sendUnknown(reply, site, look, 'incident');
  const lines = ['Nothing was changed.'];
  return sendNotice(reply, site, look, { status: 409, heading: 'The incident is closed already', lines });
}
