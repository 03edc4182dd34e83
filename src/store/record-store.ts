import type { RecordStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Encryption } from './encryption.ts';
import { loadRecords, lockTenants } from './load-records.ts';
import { saveUpdates } from './save-updates.ts';
import { inTransaction } from './transaction.ts';

export function createRecordStore(database: Database, encryption: Encryption): RecordStore {
  return {
    read: (tenantIds) => loadRecords(database, tenantIds),

    change: (tenantIds, decide, alsoMail) =>
      inTransaction(database, async (session) => {
        await lockTenants(session, tenantIds);
        const { updates, result } = decide(await loadRecords(session, tenantIds, alsoMail));
        await saveUpdates(session, updates, encryption);
        return result;
      }),
  };
}
