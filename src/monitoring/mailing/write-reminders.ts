import { noUpdate } from '../../domain/model/tenant-record.ts';
import type { Instant } from '../../domain/model/time.ts';
import { planReminders } from '../../domain/notification/reminders.ts';
import type { Stores, Surroundings } from '../ports.ts';
import { readUntilEmpty } from '../read-until-empty.ts';

const BATCH = 50;

export type ReminderPorts = Surroundings & Pick<Stores, 'records' | 'outbox'>;

/**
 * Writes the reminders that are due, tenant by tenant, so that one failing tenant keeps no other from its reminders.
 */
export async function writeReminders(ports: ReminderPorts, now: Instant): Promise<void> {
  const readPage = () => ports.outbox.tenantsWithDueReminders(now, BATCH);
  for await (const tenantIds of readUntilEmpty(readPage, (id) => id)) {
    for (const tenantId of tenantIds) await remind(tenantId, ports, now);
  }
}

async function remind(tenantId: string, { records, newId, log, settings }: ReminderPorts, now: Instant): Promise<void> {
  try {
    await records.change([tenantId], (remembered) => ({
      updates: remembered.map((record) => ({
        ...noUpdate(tenantId),
        ...planReminders(record, { now, settings, newId }),
      })),
      result: undefined,
    }));
  } catch (error) {
    log.error({ err: error, tenantId }, 'reminders could not be planned');
  }
}
