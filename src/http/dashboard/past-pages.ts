import type { FastifyInstance } from 'fastify';
import { conditions, tenantHealths } from '../../domain/model/condition.ts';
import { type PastOrder, pastOrders } from '../../domain/model/tenant.ts';
import { MomentOutOfReach } from '../../monitoring/past-moment.ts';
import { tenantAddress } from './addresses.ts';
import { type AskedPast, filterOf, momentChoice, pastAddress, readAskedPast } from './asked-past.ts';
import { networkBars } from './fleet-words.ts';
import { type Look, momentText } from './frame.ts';
import { LINES, readListPage } from './list-page.ts';
import { nameText } from './names.ts';
import { connectionsThen, countLinks, healthLabel, tenantsThen } from './past-rows.ts';
import { addPage, frameOf, type Site, sendPage } from './site.ts';

const orderLabels: Readonly<Record<PastOrder, string>> = { id: 'as they come', worst: 'worst first' };

/** The fleet, or one tenant of it, as it was at a moment of the reader's choice. */
export function addPastPages(routes: FastifyInstance, site: Site): void {
  addPage(routes, '/at', site, async (look, request, reply) => {
    const asked = readAskedPast(request.query, look);
    if (asked.isLocal) return await reply.redirect(pastAddress(look, asked), 303);
    const { view, status } = await viewOf(site, look, asked);
    return sendPage(reply.code(status), site, asked.tenant ? 'at-tenant' : 'at', {
      frame: frameOf('As it was', site, look, '/at'),
      asked,
      when: momentText(asked.at, look.zone),
      choices: { health: tenantHealths, condition: conditions },
      orders: pastOrders.map((value) => ({ value, label: orderLabels[value], isChosen: value === asked.order })),
      choice: momentChoice(asked, look),
      all: pastAddress(look, onlyMoment(asked)),
      ...view,
    });
  });
}

async function viewOf(site: Site, look: Look, asked: AskedPast) {
  try {
    return await (asked.tenant ? tenantView(site, look, asked) : fleetView(site, look, asked));
  } catch (error) {
    if (!(error instanceof MomentOutOfReach)) throw error;
    return { view: { problem: reachText(error, look), found: null }, status: 400 };
  }
}

function reachText({ lies, limit }: MomentOutOfReach, { zone }: Look): string {
  return lies === 'ahead'
    ? 'That moment is yet to come.'
    : `History (HISTORY_RETENTION) goes back to ${momentText(limit, zone)}; nothing is known of earlier times.`;
}

async function fleetView({ options }: Site, look: Look, asked: AskedPast) {
  const { past } = options.application;
  const { at, order, cursor } = asked;
  const page = await readListPage(cursor, (from) =>
    past.tenants(look.viewer, { at, order, ...filterOf(asked), cursor: from, limit: LINES }),
  );
  const counts = await past.counts(look.viewer, { at, ...filterOf({ ...asked, health: undefined }) });
  const address = (given: Partial<AskedPast>) => pastAddress(look, { ...asked, cursor: undefined, ...given });
  const found = {
    counts: countLinks(counts.tenants, asked, address),
    networks: networkBars(counts, address),
    rows: tenantsThen(page.items, look, (tenant) => pastAddress(look, { ...onlyMoment(asked), tenant })),
    next: page.nextCursor === null ? null : address({ cursor: page.nextCursor }),
    first: cursor === undefined ? null : address({}),
  };
  return { view: { problem: null, found }, status: 200 };
}

async function tenantView({ options }: Site, look: Look, asked: AskedPast) {
  const { past, tenants } = options.application;
  const id = asked.tenant ?? '';
  const then = await past.tenant(look.viewer, id, asked.at);
  const isThereNow = (await tenants.names(look.viewer, [id])).has(id);
  // A link of the tenant's own page leads here, whenever its account was added.
  if (then === null && isThereNow)
    return { view: { problem: 'It was not watched yet then.', found: null }, status: 200 };
  if (then === null) return { view: { problem: 'There was no such tenant then.', found: null }, status: 404 };
  const found = {
    name: nameText(then.tenant.name),
    ...healthLabel(then.tenant.health),
    rows: connectionsThen(then, look),
    today: isThereNow ? tenantAddress(look, id) : null,
  };
  return { view: { problem: null, found }, status: 200 };
}

/** The moment without any filter. */
function onlyMoment({ at, isLocal }: AskedPast): AskedPast {
  return { at, isLocal, order: 'id' };
}
