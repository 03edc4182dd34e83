import { releaseByCommand } from '../../domain/holds/attach-to-hold.ts';
import { isCertain } from '../../domain/model/incident.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../../domain/model/tenant-record.ts';
import type { Instant } from '../../domain/model/time.ts';
import { withSnooze } from '../../domain/owner/contact-request.ts';
import { decidePause, decidePollSoon, decideResume } from '../../domain/tenants/change-tenant.ts';
import type { ActedTenant, TenantAction, TenantSelection } from '../application.ts';
import { batchesOf } from '../batches.ts';
import { readAllPages } from '../pages.ts';
import type { Clock, Stores } from '../ports.ts';
import { assertMayChange, pageSeen, sees, type Viewer } from '../viewer.ts';

/** Tenants in one transaction. */
const BATCH = 100;

export type ActOnTenantsPorts = Pick<Stores, 'tenants' | 'records'> &
  Readonly<{
    clock: Clock;
    /** After mail was released: a brake that holds none any more is over. */
    endIdleBrake(): Promise<void>;
  }>;

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
    const found = await actOnBatch(seen, action, ports);
    acted.push(...ids.map((id) => found.get(id) ?? ({ id, outcome: 'not_found', changed: [] } as const)));
  }
  if (action.kind === 'release') await ports.endIdleBrake();
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
    const updates = found.map((record) => decide(action, record, now));
    return { updates, result: new Map(updates.map((update) => [update.tenantId, actedBy(update)])) };
  });
}

function decide(action: TenantAction, record: TenantRecord, now: Instant): TenantUpdate {
  switch (action.kind) {
    case 'pause':
      return decidePause(record);
    case 'resume':
      return decideResume(record, now);
    case 'poll':
      return decidePollSoon(record, now);
    case 'snooze':
      return snoozed(record, action.until, now);
    case 'release': {
      const held = record.notifications.filter(({ state }) => state === 'held');
      return releaseByCommand(record, held, now);
    }
  }
}

/** A mere suspicion stays as it is: nobody has been told of it, and nobody may be reminded. */
function snoozed({ tenant, incidents }: TenantRecord, until: Instant, now: Instant): TenantUpdate {
  return {
    ...noUpdate(tenant.id),
    incidents: incidents.filter(isCertain).map((incident) => withSnooze(incident, until, now)),
  };
}

function actedBy({ tenantId: id, tenant, incidents, notifications }: TenantUpdate): ActedTenant {
  const changed = [...incidents, ...notifications].map((each) => each.id);
  return { id, outcome: tenant === null && changed.length === 0 ? 'unchanged' : 'done', changed };
}
