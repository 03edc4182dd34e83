import type { FastifyError, FastifyInstance } from 'fastify';
import { NotAllowed } from '../../monitoring/viewer.ts';
import { addScope } from '../add-scope.ts';
import { basePathOf } from '../base-path.ts';
import { acceptForms } from '../read-form.ts';
import { addContentSecurityPolicy } from '../security-headers.ts';
import { isStorable } from '../storable.ts';
import { addAuditPages } from './audit-pages.ts';
import { addBulkPages } from './bulk-pages.ts';
import { loadDashboardPages } from './dashboard-pages.ts';
import { addExplainPage } from './explain-pages.ts';
import { addFindRoute } from './find-route.ts';
import { addFleetPages } from './fleet-pages.ts';
import { addIncidentPages } from './incident-pages.ts';
import { addKeyPages } from './key-pages.ts';
import { addMailActions } from './mail-actions.ts';
import { addMailPages } from './mail-pages.ts';
import { addNewTenantPages } from './new-tenant-pages.ts';
import { addOneTenantPages } from './one-tenant-pages.ts';
import { addOverviewRoutes } from './overview-routes.ts';
import { addPastPages } from './past-pages.ts';
import { addPlanPage } from './plan-page.ts';
import { createSessions } from './session.ts';
import { addSignInRoutes } from './sign-in-routes.ts';
import { type DashboardOptions, type Site, sendNotice } from './site.ts';
import { addTenantActions } from './tenant-actions.ts';
import { addTenantPages } from './tenant-pages.ts';
import { addTenantReport } from './tenant-report.ts';
import { addWebhookPages } from './webhook-pages.ts';

const A_YEAR_S = 31_536_000;

/** The pages for the people who operate Linkwatch. */
export function addDashboard(server: FastifyInstance, options: DashboardOptions): void {
  const { publicUrl, now, sessionKeys } = options;
  const pages = loadDashboardPages();
  const site: Site = {
    options,
    pages,
    base: basePathOf(publicUrl),
    sessions: createSessions({ keys: sessionKeys, publicUrl, now }),
  };
  addScope(server, 'dashboard', async (routes) => {
    acceptForms(routes);
    routes.decorate('inTurn', options.bulkheads.pages);
    addContentSecurityPolicy(
      routes,
      "style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'",
    );
    handleErrors(routes, site);
    refuseUnstorable(routes, site);
    for (const { name, type, content } of [pages.style, pages.script]) {
      routes.get(`/assets/${name}`, async (_request, reply) =>
        reply.header('cache-control', `public, max-age=${A_YEAR_S}, immutable`).type(type).send(content),
      );
    }
    addSignInRoutes(routes, site);
    addOverviewRoutes(routes, site);
    addFindRoute(routes, site);
    addTenantPages(routes, site);
    addNewTenantPages(routes, site);
    addBulkPages(routes, site);
    addIncidentPages(routes, site);
    addExplainPage(routes, site);
    addOneTenantPages(routes, site);
    addTenantReport(routes, site);
    addTenantActions(routes, site);
    addMailPages(routes, site);
    addMailActions(routes, site);
    addWebhookPages(routes, site);
    addAuditPages(routes, site);
    addKeyPages(routes, site);
    addFleetPages(routes, site);
    addPlanPage(routes, site);
    addPastPages(routes, site);
  });
}

/** An id that no database could look up is nobody's. */
function refuseUnstorable(routes: FastifyInstance, site: Site): void {
  routes.addHook('preValidation', async ({ params }, reply) => {
    if (Object.values(params ?? {}).every((value) => isStorable(String(value)))) return;
    const lines = ['There is nothing at this address.'];
    await sendNotice(reply, site, null, { status: 400, heading: 'This address is not valid', lines });
  });
}

function handleErrors(routes: FastifyInstance, site: Site): void {
  site.options.failures.watch(routes);
  routes.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof NotAllowed) {
      const lines = ['Your key does not allow this. Nothing was changed.'];
      return sendNotice(reply, site, null, { status: 403, heading: 'Not allowed', lines });
    }
    const { statusCode: status } = site.options.failures.prepare(error, request, reply);
    const lines =
      status === 503
        ? ['The database is away or busy. Try again in a minute; `linkwatch doctor` on the server says more.']
        : ['Linkwatch could not show this page. Its log says why.'];
    return sendNotice(reply, site, null, { status, heading: 'This page cannot be shown now', lines });
  });
}
