import { closeIncident, type Incident } from '../../domain/model/incident.ts';
import { noUpdate } from '../../domain/model/tenant-record.ts';
import type { Instant } from '../../domain/model/time.ts';
import { LONGEST_SNOOZE_MS, withSnooze } from '../../domain/owner/contact-request.ts';
import type { Incidents } from '../application.ts';
import { mapPage } from '../pages.ts';
import type { Clock, Stores } from '../ports.ts';
import { incidentView } from '../reading/incident-view.ts';
import { type ReadIncidentPorts, readIncident } from '../reading/read-incident.ts';
import { assertMayChange, pageSeen, sees, type Viewer } from '../viewer.ts';
import type { IncidentOutcome } from '../views.ts';

export type IncidentsPorts = ReadIncidentPorts & Pick<Stores, 'incidents' | 'records'> & Readonly<{ clock: Clock }>;

/** Gives the next state of an incident that is not closed. */
type Change = (incident: Incident, now: Instant) => Incident;

/** Incidents, and the operator's decisions about them. */
export function createIncidents(ports: IncidentsPorts): Incidents {
  const { clock, incidents, records } = ports;
  const change = async (viewer: Viewer, id: string, apply: Change): Promise<IncidentOutcome> => {
    assertMayChange(viewer);
    const entry = await incidents.find(id);
    if (entry === null || !sees(viewer, entry.incident.tenantId)) return { outcome: 'not_found' };
    const now = clock.now();
    const isDone = await records.change([entry.incident.tenantId], ([record]) => {
      const incident = record?.incidents.find((candidate) => candidate.id === id && candidate.state !== 'closed');
      if (record === undefined || incident === undefined) return { updates: [], result: false };
      return { updates: [{ ...noUpdate(record.tenant.id), incidents: [apply(incident, now)] }], result: true };
    });
    const changed = isDone ? await incidents.find(id) : null;
    return changed === null ? { outcome: 'already_closed' } : { outcome: 'done', incident: incidentView(changed) };
  };
  return {
    list: async (viewer, query) => {
      const page = await pageSeen(viewer, query.tenantId, (scope) => incidents.list({ ...query, ...scope }));
      return mapPage(page, incidentView);
    },
    find: async (viewer, id) => {
      const entry = await incidents.find(id);
      return entry === null || !sees(viewer, entry.incident.tenantId) ? null : await readIncident(entry, ports);
    },
    acknowledge: (viewer, id) =>
      change(viewer, id, (incident, now) => ({ ...incident, acknowledgedAt: incident.acknowledgedAt ?? now })),
    snooze: (viewer, id, until) =>
      change(viewer, id, (incident, now) => withSnooze(incident, Math.min(until, now + LONGEST_SNOOZE_MS), now)),
    close: (viewer, id) => change(viewer, id, (incident, now) => closeIncident(incident, 'by_command', now)),
  };
}
