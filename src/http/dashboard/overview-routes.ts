import type { FastifyInstance } from 'fastify';
import { DAY_MS } from '../../domain/model/time.ts';
import type { FleetNow } from '../../monitoring/application.ts';
import type { KeyViewer } from '../../monitoring/keys/check-key.ts';
import { readAllPages } from '../../monitoring/pages.ts';
import { seesAllTenants } from '../../monitoring/viewer.ts';
import type { MonitorView } from '../../monitoring/views.ts';
import { formatDuration } from '../../words/format-time.ts';
import { changeTiles, healthTiles, needTiles } from './fleet-tiles.ts';
import { networkBars } from './fleet-words.ts';
import type { Look } from './frame.ts';
import { readHolder } from './hold-words.ts';
import { incidentRows } from './incident-page.ts';
import { mayAddTenants } from './new-tenant-pages.ts';
import { monitorWords } from './overview.ts';
import { addPage, frameOf, type Site, sendPage } from './site.ts';
import { soon } from './soon.ts';
import { tenantRows } from './tenant-rows.ts';
import { workerRows } from './worker-rows.ts';

/** How many incidents that are not over the overview names, and how many tenants whose polls have failed for a day. */
const OPEN_NAMED = 10;
const FAILING_NAMED = 5;

/** A tab in the background shows that there is trouble, too. */
function titleOf(monitor: MonitorView | null, page: string): string {
  const problems = monitor?.problems.length ?? 0;
  return problems === 0 ? page : `(${problems}) ${page}`;
}

/** First of all whether the monitor itself is well, and what to do if not; then the fleet. */
export function addOverviewRoutes(routes: FastifyInstance, site: Site): void {
  const { application, now, version } = site.options;
  const { tenants, incidents, operations, fleet } = application;
  const startedAt = now();
  const countsSoon = soon((viewer: KeyViewer) => tenants.counts(viewer));
  const pictureSoon = soon((viewer: KeyViewer) => fleet.now(viewer));

  addPage(routes, '/', site, async (look, _request, reply) => {
    const { viewer } = look;
    const [{ monitor, picture }, open] = await Promise.all([
      readMonitor(look),
      incidents.list(viewer, { state: 'open', tenantId: null, cursor: null, limit: OPEN_NAMED }),
    ]);
    const failing = { failingForMs: DAY_MS, cursor: null, limit: FAILING_NAMED };
    const unseen = (picture?.failing ?? 0) > 0 ? (await tenants.list(viewer, failing)).items : [];
    return sendPage(reply, site, 'overview', {
      frame: frameOf(titleOf(monitor, 'Overview'), site, look, '/'),
      ...(await headOf(look, monitor, picture)),
      program: { version, uptime: formatDuration(look.now - startedAt) },
      changes: picture === null ? [] : changeTiles(picture, look),
      networks:
        picture === null ? [] : networkBars(picture, (part) => `${look.base}/tenants?${new URLSearchParams(part)}`),
      open: { rows: incidentRows(open.items, look), isOfOneTenant: false, empty: 'No incident is open.' },
      hasMoreOpen: open.nextCursor !== null,
      failing: { rows: tenantRows(unseen, look), empty: '' },
      workers: await workersFor(look),
    });
  });

  addPage(routes, '/wall', site, async (look, _request, reply) => {
    const { monitor, picture } = await readMonitor(look);
    // Whoever may only look need not sign in again each day.
    if (look.viewer.role === 'read') await site.sessions.renew(reply, look.session);
    return sendPage(reply, site, 'wall', {
      frame: frameOf(titleOf(monitor, 'Wall'), site, look),
      ...(await headOf(look, monitor, picture)),
      staysFor: look.viewer.role === 'read' ? null : formatDuration(look.session.expiresAt - look.now),
    });
  });

  /** Both null for a key of one tenant; the picture also while a large fleet is counted for the first time. */
  async function readMonitor({ viewer }: Look) {
    if (!seesAllTenants(viewer)) return { monitor: null, picture: null };
    const [monitor, picture] = await Promise.all([operations.monitor(viewer), pictureSoon(viewer)]);
    return { monitor, picture };
  }

  async function headOf(look: Look, monitor: MonitorView | null, picture: FleetNow | null) {
    return {
      monitor:
        monitor === null
          ? null
          : monitorWords(
              monitor,
              { holder: await readHolder(monitor.holds, look, application.audit), failing: picture?.failing ?? null },
              look,
            ),
      mayAdd: mayAddTenants(look),
      counts: healthTiles(await countsSoon(look.viewer), look),
      isBeingCounted: picture === null && seesAllTenants(look.viewer),
      needs: picture === null ? [] : needTiles(picture, look),
    };
  }

  /** Null for whoever sees one tenant alone. */
  async function workersFor(look: Look) {
    if (!seesAllTenants(look.viewer)) return null;
    const workers = await readAllPages((page) => operations.workers(look.viewer, page));
    return { rows: workerRows(workers, look) };
  }
}
