import { closeIncident, type Incident } from '../../domain/model/incident.ts';
import { noUpdate } from '../../domain/model/tenant-record.ts';
import type { Instant } from '../../domain/model/time.ts';
import { withSnooze } from '../../domain/owner/contact-request.ts';
import type { Clock, IncidentStore, RecordStore } from '../ports.ts';

export type ChangeIncidentPorts = Readonly<{ clock: Clock; incidents: IncidentStore; records: RecordStore }>;

export type IncidentChange =
  /** The operator has seen it. */
  | Readonly<{ kind: 'acknowledge' }>
  /** No reminders until then; its recovery is still told. */
  | Readonly<{ kind: 'snooze'; until: Instant }>
  /** Nobody is told of its recovery; the next bad poll begins a new incident. */
  | Readonly<{ kind: 'close' }>;

export type IncidentChangeOutcome = 'done' | 'already_closed' | 'not_found';

export async function changeIncident(
  id: string,
  change: IncidentChange,
  { clock, incidents, records }: ChangeIncidentPorts,
): Promise<IncidentChangeOutcome> {
  const entry = await incidents.find(id);
  if (entry === null) return 'not_found';
  const now = clock.now();
  return await records.change([entry.incident.tenantId], ([record]) => {
    const incident = record?.incidents.find((candidate) => candidate.id === id && candidate.state !== 'closed');
    if (record === undefined || incident === undefined) return { updates: [], result: 'already_closed' as const };
    const incidentsAfter = [applied(incident, change, now)];
    return { updates: [{ ...noUpdate(record.tenant.id), incidents: incidentsAfter }], result: 'done' as const };
  });
}

function applied(incident: Incident, change: IncidentChange, now: Instant): Incident {
  switch (change.kind) {
    case 'acknowledge':
      return { ...incident, acknowledgedAt: incident.acknowledgedAt ?? now };
    case 'snooze':
      return withSnooze(incident, change.until, now);
    case 'close':
      return closeIncident(incident, 'by_command', now);
  }
}
