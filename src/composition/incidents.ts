import type { Instant } from '../domain/model/time.ts';
import { readIncident, readIncidents } from '../monitoring/reading/read-incidents.ts';
import { changeIncident, type IncidentChange } from '../monitoring/tenants/change-incident.ts';
import type { IncidentOutcome } from '../monitoring/views.ts';
import type { Adapters } from './adapters.ts';

export function incidents({ store, clock }: Adapters) {
  const ports = { clock, incidents: store.incidents, records: store.records };
  const change = async (id: string, changed: IncidentChange): Promise<IncidentOutcome> => {
    const outcome = await changeIncident(id, changed, ports);
    const incident = outcome === 'done' ? await readIncident(id, store.incidents) : null;
    if (incident !== null) return { outcome: 'done', incident };
    return { outcome: outcome === 'already_closed' ? outcome : 'not_found' };
  };
  return {
    listIncidents: (filter: Parameters<typeof readIncidents>[0]) => readIncidents(filter, store.incidents),
    acknowledgeIncident: (id: string) => change(id, { kind: 'acknowledge' }),
    snoozeIncident: (id: string, until: Instant) => change(id, { kind: 'snooze', until }),
    closeIncident: (id: string) => change(id, { kind: 'close' }),
  };
}
