import { noUpdate } from '../../domain/model/tenant-record.ts';
import type { Instant } from '../../domain/model/time.ts';
import { planMailByClock } from '../../domain/notification/reminders.ts';
import type { Stores, Surroundings } from '../ports.ts';
import { readUntilEmpty } from '../read-until-empty.ts';

const BATCH = 50;

export type ReminderPorts = Surroundings & Pick<Stores, 'records' | 'outbox' | 'holds'>;

/**
 * Writes the reminders that are due, and alerts that no poll would write anew, tenant by tenant, so that one failing
 * tenant keeps no other from its mail.
 */
export async function writeReminders(ports: ReminderPorts, now: Instant): Promise<void> {
  const readPage = () => ports.outbox.tenantsWithDueReminders(now, BATCH);
  for await (const tenantIds of readUntilEmpty(readPage, (id) => id)) {
    for (const tenantId of tenantIds) await remind(tenantId, ports, now);
  }
}

async function remind(tenantId: string, { records, holds, log, ...ports }: ReminderPorts, now: Instant): Promise<void> {
  try {
    const context = { ...ports, now, holds: await holds.active() };
    await records.change([tenantId], (remembered) => ({
      updates: remembered.map((record) => ({ ...noUpdate(tenantId), ...planMailByClock(record, context) })),
      result: undefined,
    }));
  } catch (error) {
    log.error({ err: error, tenantId }, 'reminders could not be planned');
  }
}
