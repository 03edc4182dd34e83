import type { AttachToHoldContext } from '../holds/attach-to-hold.ts';
import { closeIncident, type Incident } from '../model/incident.ts';
import { mayBeChanged } from '../model/notification.ts';
import type { Tenant } from '../model/tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';

/** So many tenants refuse us in the same way that the cause is ours: retracts the conclusions about this tenant. */
export function retractAccessIncidents(
  record: TenantRecord,
  since: Instant,
  context: AttachToHoldContext,
): TenantUpdate {
  const { tenant, incidents, notifications } = record;
  const blamed = incidents.filter((incident) => isRetractable(incident, since));
  const isAboutBlamed = (id: string) => blamed.some((incident) => incident.id === id);
  return {
    ...noUpdate(tenant.id),
    tenant: blamed.length === 0 ? null : reactivated(tenant, context),
    incidents: blamed.map((incident) => closeIncident(incident, 'ours', context.now)),
    notifications: notifications
      .filter(mayBeChanged)
      .filter(({ topics }) => topics.some(({ incidentId }) => isAboutBlamed(incidentId)))
      .map((mail) => ({ ...mail, state: 'cancelled', reason: 'ours' })),
  };
}

function isRetractable({ connectionId, state, alerting, openedAt }: Incident, since: Instant): boolean {
  return connectionId === null && state !== 'closed' && alerting.lastAlert === null && openedAt >= since;
}

function reactivated(tenant: Tenant, { now, planRegularPoll }: AttachToHoldContext): Tenant {
  if (tenant.state === 'paused') return tenant;
  return { ...tenant, state: 'active', nextPollAt: planRegularPoll(tenant, now).nextPollAt };
}
