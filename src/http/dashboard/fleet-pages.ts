import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isAlertReason } from '../../domain/model/reasons.ts';
import { DAY_MS } from '../../domain/model/time.ts';
import { NEVER_AFTER_MS, SMALL } from '../../domain/reports/effect.ts';
import { reasonText } from '../../words/reason-words.ts';
import { incidentAddress, tenantAddress } from './addresses.ts';
import { effectTables } from './fleet-words.ts';
import { ago } from './frame.ts';
import { LINES, listed, pagerOf, readListPage } from './list-page.ts';
import { accountText } from './names.ts';
import { addPage, frameOf, type Site, sendPage } from './site.ts';

const listQuery = z.object({ cursor: listed.cursor });

const UNTAKEN = 'its mail is written, and no mail server has taken it yet';

/** Pages about all tenants together. */
export function addFleetPages(routes: FastifyInstance, site: Site): void {
  const { fleet, incidents } = site.options.application;

  addPage(routes, '/people', site, async (look, request, reply) => {
    const { cursor } = listQuery.parse(request.query);
    const page = await readListPage(cursor, (from) => fleet.people(look.viewer, { cursor: from, limit: LINES }));
    return sendPage(reply, site, 'people', {
      frame: frameOf('People', site, look, '/people'),
      rows: page.items.map((person) => ({
        ...person,
        href: `${look.base}/tenants?${new URLSearchParams({ contact: person.email })}`,
        since: ago(person.since, look),
      })),
      pager: pagerOf(look, '/people', { cursor }, page.nextCursor),
    });
  });

  addPage(routes, '/untold', site, async (look, request, reply) => {
    const { cursor } = listQuery.parse(request.query);
    const asked = { tenantId: null, untold: true, limit: LINES } as const;
    const page = await readListPage(cursor, (from) => incidents.list(look.viewer, { ...asked, cursor: from }));
    return sendPage(reply, site, 'untold', {
      frame: frameOf('Broken, and nobody told', site, look, '/'),
      rows: page.items.map((incident) => ({
        tenant: { name: incident.tenantName, href: tenantAddress(look, incident.tenantId) },
        href: incidentAddress(look, incident.id),
        account:
          incident.network === null || incident.accountId === null
            ? 'our access to it'
            : accountText({ ...incident, network: incident.network, accountId: incident.accountId }),
        since: ago(incident.openedAt, look),
        why: isAlertReason(incident.decision) ? UNTAKEN : reasonText(incident.decision),
      })),
      pager: pagerOf(look, '/untold', { cursor }, page.nextCursor),
    });
  });

  addPage(routes, '/effect', site, async (look, _request, reply) =>
    sendPage(reply, site, 'effect', {
      frame: frameOf('Effect', site, look, '/effect'),
      tables: effectTables(await fleet.effect(look.viewer)),
      neverDays: NEVER_AFTER_MS / DAY_MS,
      small: SMALL,
    }),
  );
}
