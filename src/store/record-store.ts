import type { RecordStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Encryption } from './encryption.ts';
import type { LeaseClock } from './lease-clock.ts';
import { loadRecords, lockTenants } from './load-records.ts';
import { saveUpdates } from './save-updates.ts';
import { inTransaction } from './transaction.ts';

export function createRecordStore(database: Database, encryption: Encryption, leaseClock: LeaseClock): RecordStore {
  return {
    read: (tenantIds) => loadRecords(database, tenantIds),

    change: (tenantIds, decide, alsoMail) =>
      inTransaction(database, async (session) => {
        await lockTenants(session, tenantIds);
        const records = await loadRecords(session, tenantIds, alsoMail);
        const { updates, result } = decide(records, await leaseClock(session));
        await saveUpdates(session, updates, encryption);
        return result;
      }),
  };
}
