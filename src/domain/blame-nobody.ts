import type { ApplyHoldContext } from './apply-hold.ts';
import type { Hold } from './hold.ts';
import { closeIncident, type Incident } from './incident.ts';
import { mayBeChanged } from './notification.ts';
import type { Tenant } from './tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from './tenant-record.ts';

/** So many tenants refuse us alike that it is our own fault: what was concluded about this one is taken back. */
export function blameNobody(record: TenantRecord, hold: Hold, context: ApplyHoldContext): TenantUpdate {
  const { tenant, incidents, notifications } = record;
  const blamed = incidents.filter((incident) => isBlamed(incident, hold));
  const isAboutBlamed = (id: string) => blamed.some((incident) => incident.id === id);
  return {
    ...noUpdate(tenant.id),
    tenant: blamed.length === 0 ? null : unblamed(tenant, context),
    incidents: blamed.map((incident) => closeIncident(incident, 'ours', context.now)),
    notifications: notifications
      .filter((mail) => mayBeChanged(mail, context.now))
      .filter(({ topics }) => topics.some(({ incidentId }) => isAboutBlamed(incidentId)))
      .map((mail) => ({ ...mail, state: 'cancelled', reason: 'ours' })),
  };
}

function isBlamed({ connectionId, state, told, openedAt }: Incident, { since }: Hold): boolean {
  return connectionId === null && state !== 'closed' && told === null && openedAt >= since;
}

function unblamed(tenant: Tenant, { now, planRegularPoll }: ApplyHoldContext): Tenant {
  if (tenant.state === 'paused') return tenant;
  return { ...tenant, state: 'active', nextPollAt: planRegularPoll(tenant, now).nextPollAt };
}
