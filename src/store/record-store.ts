import type { RecordStore } from '../monitoring/ports.ts';
import { countMail, takeTurnToMail } from './count-mail.ts';
import type { Database } from './database.ts';
import type { Encryption } from './encryption.ts';
import type { LeaseClock } from './lease-clock.ts';
import { loadRecords, lockTenants } from './load-records.ts';
import { saveUpdates } from './save-updates.ts';
import { inTransaction } from './transaction.ts';

export function createRecordStore(database: Database, encryption: Encryption, leaseClock: LeaseClock): RecordStore {
  return {
    read: (tenantIds) => loadRecords(database, tenantIds),

    change: (tenantIds, decide, { mailId, mailSentSince } = {}) =>
      inTransaction(database, async (session) => {
        await lockTenants(session, tenantIds);
        const records = await loadRecords(session, tenantIds, mailId);
        // After the tenants, and with nothing to be waited for afterwards, so that no two wait for each other.
        if (mailSentSince !== undefined) await takeTurnToMail(session);
        const leaseNow = await leaseClock(session);
        const mailSent = mailSentSince === undefined ? 0 : await countMail(session, mailSentSince, leaseNow);
        const { updates, result } = decide(records, leaseNow, mailSent);
        await saveUpdates(session, updates, encryption);
        return result;
      }),
  };
}
