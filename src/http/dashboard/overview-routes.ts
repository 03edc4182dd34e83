import type { FastifyInstance } from 'fastify';
import { tenantHealths } from '../../domain/model/condition.ts';
import { monitorWords } from './overview.ts';
import { addPage, frameOf, type Site, sendPage } from './site.ts';
import { tenantRows, toneOf } from './tenant-rows.ts';

const WORST = 15;

/** First of all whether the monitor itself is well, and what to do if not; then the fleet. */
export function addOverviewRoutes(routes: FastifyInstance, site: Site): void {
  const { tenants, operations } = site.options.application;
  addPage(routes, '/', site, async (look, _request, reply) => {
    const { viewer, base } = look;
    const seesMonitor = viewer.tenantId === null;
    const monitor = seesMonitor ? monitorWords(await operations.monitor(viewer), look) : null;
    const counts = await tenants.counts(viewer);
    const broken = await tenants.list(viewer, { health: ['broken'], cursor: null, limit: WORST });
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return sendPage(reply, site, 'overview', {
      frame: frameOf('Overview', site, look, '/'),
      monitor,
      counts:
        total === 0
          ? null
          : tenantHealths.map((health) => ({
              ...{
                href: `${base}/tenants?health=${health}`,
                tone: toneOf(health),
                count: counts[health],
                label: health,
              },
            })),
      worst: { rows: tenantRows(broken.items, look), empty: 'No tenant has a broken connection.' },
    });
  });
}
