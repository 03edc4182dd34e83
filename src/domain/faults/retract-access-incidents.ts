import type { FleetChangeContext } from '../model/fleet-change.ts';
import { closeIncident, type Incident } from '../model/incident.ts';
import { mayBeChanged } from '../model/notification.ts';
import type { Tenant, TenantState } from '../model/tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';

/**
 * So many tenants refuse us in the same way that the cause is ours: retracts the conclusions about this tenant. An
 * owner who was asked for a new permission before that was known may not need to give one, so that the tenant is polled
 * again, and the first good poll ends the incident.
 */
export function retractAccessIncidents(
  record: TenantRecord,
  since: Instant,
  context: FleetChangeContext,
): TenantUpdate {
  const { tenant, incidents, notifications } = record;
  const suspect = incidents.filter((incident) => isOfFault(incident, since));
  const blamed = suspect.filter(({ alerting }) => alerting.lastAlert === null);
  const isAboutBlamed = (id: string) => blamed.some((incident) => incident.id === id);
  return {
    ...noUpdate(tenant.id),
    tenant: blamed.length > 0 ? polledIn('active', tenant, context) : polledThoughTold(suspect, tenant, context),
    incidents: blamed.map((incident) => closeIncident(incident, 'ours', context.now)),
    notifications: notifications
      .filter(mayBeChanged)
      .filter(({ topics }) => topics.some(({ incidentId }) => isAboutBlamed(incidentId)))
      .map((mail) => ({ ...mail, state: 'cancelled', reason: 'ours' })),
  };
}

function isOfFault({ connectionId, state, openedAt }: Incident, since: Instant): boolean {
  return connectionId === null && state !== 'closed' && openedAt >= since;
}

function polledThoughTold(told: readonly Incident[], tenant: Tenant, context: FleetChangeContext): Tenant | null {
  return told.length > 0 && tenant.state === 'reauthorize' ? polledIn('access_denied', tenant, context) : null;
}

function polledIn(state: TenantState, tenant: Tenant, { now, planRegularPoll }: FleetChangeContext): Tenant {
  if (tenant.state === 'paused') return tenant;
  return { ...tenant, state, nextPollAt: planRegularPoll(tenant, now).nextPollAt };
}
