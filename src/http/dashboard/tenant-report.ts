import type { FastifyInstance } from 'fastify';
import { BYTE_ORDER_MARK, toCsv } from '../../words/csv.ts';
import { historyColumns, historyRows } from '../../words/history-csv.ts';
import { tenantAddress } from './addresses.ts';
import { moment } from './frame.ts';
import { type ChosenRange, readRange } from './history-range.ts';
import { historyView } from './history-view.ts';
import { incidentRows } from './incident-page.ts';
import { addressOf } from './list-page.ts';
import { nameText } from './names.ts';
import { addPage, frameOf, idOf, type Site, sendPage, sendUnknown } from './site.ts';

/** Incidents of the range that the page names. */
const NAMED = 60;

/** A tenant's past over a chosen range, for the customer: a page to print, and a file. */
export function addTenantReport(routes: FastifyInstance, site: Site): void {
  const { health, incidents } = site.options.application;

  addPage(routes, '/tenants/:id/report', site, async (look, request, reply) => {
    const tenantId = idOf(request.params);
    const range = readRange(request.query, look);
    const past = await health.history(look.viewer, { tenantId, connection: null, from: range.from, to: range.to });
    if (past === null) return sendUnknown(reply, site, look, 'tenant');
    const during = { from: range.from, to: range.to };
    const { items, nextCursor } = await incidents.list(look.viewer, { tenantId, during, cursor: null, limit: NAMED });
    const { here, csv } = rangeAddresses(look.base, tenantId, range);
    return sendPage(reply, site, 'report', {
      frame: frameOf(`${nameText(past.tenant.name)}, ${range.fromDay} to ${range.toDay}`, site, look, '/tenants'),
      name: nameText(past.tenant.name),
      tenant: here,
      here: `${here}/report`,
      from: moment(range.from, look),
      to: moment(range.to, look),
      history: historyView(past, { range, look, csv }),
      incidents: {
        rows: incidentRows(items, look, moment),
        isOfOneTenant: true,
        empty: 'Nothing was wrong in this time, as far as it was observed.',
      },
      isMore: nextCursor !== null,
    });
  });

  addPage(routes, '/tenants/:id/history.csv', site, async (look, request, reply) => {
    const range = readRange(request.query, look);
    const past = await health.history(look.viewer, { tenantId: idOf(request.params), connection: null, ...range });
    if (past === null) return sendUnknown(reply, site, look, 'tenant');
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="history-${range.fromDay}-${range.toDay}.csv"`)
      .send(BYTE_ORDER_MARK + toCsv(historyColumns, historyRows(past)));
  });
}

/** A tenant's page, and its past over the range as a file and as a page to print. */
export function rangeAddresses(base: string, tenantId: string, range: ChosenRange) {
  const here = tenantAddress({ base }, tenantId);
  const asked = { range: range.choice, from: range.fromDay, to: range.toDay };
  return { here, csv: addressOf(`${here}/history.csv`, asked), report: addressOf(`${here}/report`, asked) };
}
