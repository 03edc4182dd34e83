import type { FastifyInstance } from 'fastify';
import { tenantHealths } from '../../domain/model/condition.ts';
import { DAY_MS } from '../../domain/model/time.ts';
import { readAllPages } from '../../monitoring/pages.ts';
import type { MonitorView } from '../../monitoring/views.ts';
import { formatDuration } from '../../words/format-time.ts';
import { changeFigures, networkBars } from './fleet-words.ts';
import { type Look, linksFor } from './frame.ts';
import { holderText, monitorWords } from './overview.ts';
import { addPage, frameOf, type Site, sendPage } from './site.ts';
import { tenantRows, toneOf } from './tenant-rows.ts';
import { workerRows } from './worker-rows.ts';

const WORST = 15;
/** Entries of the audit that are looked through for who began a hold. */
const LOOKED_AT = 20;

/** First of all whether the monitor itself is well, and what to do if not; then the fleet. */
export function addOverviewRoutes(routes: FastifyInstance, site: Site): void {
  const { application, now, version } = site.options;
  const { tenants, operations, fleet } = application;
  const startedAt = now();

  addPage(routes, '/', site, async (look, _request, reply) => {
    const { viewer, base } = look;
    const seesFleet = viewer.tenantId === null;
    const monitor = seesFleet ? await operations.monitor(viewer) : null;
    const picture = seesFleet ? await fleet.now(viewer) : null;
    const counts = await tenants.counts(viewer);
    const broken = await tenants.list(viewer, { health: ['broken'], cursor: null, limit: WORST });
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return sendPage(reply, site, 'overview', {
      frame: frameOf('Overview', site, look, '/'),
      monitor: monitor === null ? null : monitorWords(monitor, look),
      holder: monitor === null ? null : await holderOf(monitor, look),
      program: { version, uptime: formatDuration(look.now - startedAt) },
      counts:
        total === 0
          ? null
          : tenantHealths.map((health) => ({
              ...{ href: `${base}/tenants?health=${health}`, tone: toneOf(health) },
              ...{ count: counts[health], label: health },
            })),
      networks: picture === null ? [] : networkBars(picture, look),
      changes: picture === null ? [] : changeFigures(picture, look),
      worst: { rows: tenantRows(broken.items, look), empty: 'No tenant has a broken connection.' },
      workers: await workersFor(look),
    });
  });

  /** Null for whoever sees one tenant alone. */
  async function workersFor(look: Look) {
    if (look.viewer.tenantId !== null) return null;
    const workers = await readAllPages((page) => operations.workers(look.viewer, page));
    return { rows: workerRows(workers, look) };
  }

  /** Null where nobody knows, and for whoever may not see the audit. */
  async function holderOf({ holds }: MonitorView, look: Look): Promise<string | null> {
    const since = holds.find(({ kind }) => kind === 'command')?.since;
    const seesAudit = linksFor(look, '/').some(({ label }) => label === 'Audit');
    if (since === undefined || !seesAudit) return null;
    const asked = { action: 'mail.hold', from: since, to: since + DAY_MS, cursor: null, limit: LOOKED_AT } as const;
    return holderText(holds, (await application.audit.list(look.viewer, asked)).items);
  }
}
