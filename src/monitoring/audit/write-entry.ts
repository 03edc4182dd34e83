import { type AuditEntry, NAMED_SUBJECTS } from '../../domain/model/audit.ts';
import type { Clock, Log, NewId, Stores } from '../ports.ts';

export type AuditPorts = Pick<Stores, 'audit'> & Readonly<{ clock: Clock; newId: NewId; log: Log }>;

type Given = Pick<AuditEntry, 'actor' | 'action' | 'from'> & Partial<AuditEntry>;

/** Never throws: what is to be written down has happened already. An entry that cannot be stored stands in the log. */
export async function writeEntry(given: Given, { audit, clock, newId, log }: AuditPorts): Promise<void> {
  const subjects = given.subjects ?? [];
  const entry: AuditEntry = {
    tenantId: null,
    count: 1,
    ...given,
    id: newId(),
    at: clock.now(),
    subjects: subjects.slice(0, NAMED_SUBJECTS),
  };
  try {
    await audit.add(entry);
  } catch (error) {
    log.error({ err: error, entry }, 'an entry of the audit could not be stored');
  }
}
