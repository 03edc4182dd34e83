import type { FastifyInstance } from 'fastify';
import { DAY_MS } from '../../domain/model/time.ts';
import type { FleetNow } from '../../monitoring/application.ts';
import type { KeyViewer } from '../../monitoring/keys/check-key.ts';
import { readAllPages } from '../../monitoring/pages.ts';
import type { TenantCounts } from '../../monitoring/ports.ts';
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

/**
 * `monitor` and `picture` are null for a key of one tenant; `picture` and `counts` also while a large fleet is counted
 * for the first time.
 */
type State = Readonly<{ monitor: MonitorView | null; picture: FleetNow | null; counts: TenantCounts | null }>;

/** First of all whether the monitor itself is well, and what to do if not; then the fleet. */
export function addOverviewRoutes(routes: FastifyInstance, site: Site): void {
  const { application, now, version } = site.options;
  const { tenants, incidents, operations, fleet } = application;
  const startedAt = now();
  const countsSoon = soon((viewer: KeyViewer) => tenants.counts(viewer));
  const pictureSoon = soon((viewer: KeyViewer) => fleet.now(viewer));

  addPage(routes, '/', site, async (look, _request, reply) => {
    const { viewer } = look;
    const [read, open, workers] = await Promise.all([
      readState(look),
      incidents.list(viewer, { state: 'open', tenantId: null, cursor: null, limit: OPEN_NAMED }),
      workersFor(look),
    ]);
    const { monitor, picture } = read;
    const failing = { failingForMs: DAY_MS, cursor: null, limit: FAILING_NAMED };
    const unseen = (picture?.failing ?? 0) > 0 ? (await tenants.list(viewer, failing)).items : [];
    return sendPage(reply, site, 'overview', {
      frame: frameOf(titleOf(monitor, 'Overview'), site, look, '/'),
      ...(await headOf(look, read)),
      program: { version, uptime: formatDuration(look.now - startedAt) },
      changes: picture === null ? [] : changeTiles(picture, look),
      networks:
        picture === null ? [] : networkBars(picture, (part) => `${look.base}/tenants?${new URLSearchParams(part)}`),
      open: { rows: incidentRows(open.items, look), isOfOneTenant: false, empty: 'No incident is open.' },
      hasMoreOpen: open.nextCursor !== null,
      failing: { rows: tenantRows(unseen, look), empty: '' },
      workers,
    });
  });

  addPage(routes, '/wall', site, async (look, _request, reply) => {
    const read = await readState(look);
    // Whoever may only look need not sign in again each day.
    if (look.viewer.role === 'read') await site.sessions.renew(reply, look.session);
    return sendPage(reply, site, 'wall', {
      frame: frameOf(titleOf(read.monitor, 'Wall'), site, look),
      ...(await headOf(look, read)),
      staysFor: look.viewer.role === 'read' ? null : formatDuration(look.session.expiresAt - look.now),
    });
  });

  async function readState({ viewer }: Look): Promise<State> {
    if (!seesAllTenants(viewer)) return { monitor: null, picture: null, counts: await countsSoon(viewer) };
    const asked = [operations.monitor(viewer), pictureSoon(viewer), countsSoon(viewer)] as const;
    const [monitor, picture, counts] = await Promise.all(asked);
    return { monitor, picture, counts };
  }

  async function headOf(look: Look, { monitor, picture, counts }: State) {
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
      counts: healthTiles(counts, look),
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
