import type { TenantRecord, TenantUpdate } from '../../domain/model/tenant-record.ts';
import type { Instant } from '../../domain/model/time.ts';
import { decidePause, decidePollSoon, decideResume } from '../../domain/tenants/change-tenant.ts';
import type { ActedTenant, TenantAction, TenantSelection } from '../application.ts';
import { batchesOf, readAllPages } from '../pages.ts';
import type { Clock, Stores } from '../ports.ts';
import { assertMayChange, pageSeen, sees, type Viewer } from '../viewer.ts';

/** Tenants in one transaction. */
const BATCH = 100;

const decisions: Readonly<Record<TenantAction, (record: TenantRecord, now: Instant) => TenantUpdate>> = {
  pause: decidePause,
  resume: decideResume,
  poll: decidePollSoon,
};

export type ActOnTenantsPorts = Pick<Stores, 'tenants' | 'records'> & Readonly<{ clock: Clock }>;

/** The same action on each of the tenants, a batch at a time; what a batch changed stays when a later one fails. */
export async function actOnTenants(
  viewer: Viewer,
  { action, selection }: Readonly<{ action: TenantAction; selection: TenantSelection }>,
  ports: ActOnTenantsPorts,
): Promise<readonly ActedTenant[]> {
  assertMayChange(viewer);
  const acted: ActedTenant[] = [];
  for (const ids of batchesOf(await idsOf(viewer, selection, ports), BATCH)) {
    const seen = ids.filter((id) => sees(viewer, id));
    const outcomes = await actOnBatch(seen, action, ports);
    acted.push(...ids.map((id) => ({ id, outcome: outcomes.get(id) ?? 'not_found' })));
  }
  return acted;
}

async function idsOf(viewer: Viewer, selection: TenantSelection, { tenants, clock }: ActOnTenantsPorts) {
  if (selection.kind === 'ids') return [...new Set(selection.ids)];
  const now = clock.now();
  const found = await readAllPages((page) =>
    pageSeen(viewer, null, (scope) => tenants.list({ ...selection.filter, ...page, ...scope, now })),
  );
  return found.map(({ tenant }) => tenant.id);
}

async function actOnBatch(ids: readonly string[], action: TenantAction, { records, clock }: ActOnTenantsPorts) {
  const now = clock.now();
  return await records.change(ids, (found) => {
    const updates = found.map((record) => decisions[action](record, now));
    const outcomes = updates.map(({ tenantId, tenant }) => [tenantId, tenant === null ? 'unchanged' : 'done'] as const);
    return { updates, result: new Map<string, ActedTenant['outcome']>(outcomes) };
  });
}
