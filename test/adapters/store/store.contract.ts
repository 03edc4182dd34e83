import type { FreshStore } from '../../support/store-fixtures.ts';
import { connectionRecordsContract } from './connection-records.contract.ts';
import { digestBookContract } from './digest-book.contract.ts';
import { fleetSuspicionsContract } from './fleet-suspicions.contract.ts';
import { fleetWatchContract } from './fleet-watch.contract.ts';
import { grantStoreContract } from './grant-store.contract.ts';
import { historyContract } from './history.contract.ts';
import { holdBookContract } from './hold-book.contract.ts';
import { incidentLogContract } from './incident-log.contract.ts';
import { incidentRecordsContract } from './incident-records.contract.ts';
import { mailQueueContract } from './mail-queue.contract.ts';
import { mailTroubleBookContract } from './mail-trouble-book.contract.ts';
import { pastArchiveContract } from './past-archive.contract.ts';
import { pollQueueContract } from './poll-queue.contract.ts';
import { requestQuotaContract } from './request-quota.contract.ts';
import { retentionContract } from './retention.contract.ts';
import { tenantDirectoryContract } from './tenant-directory.contract.ts';
import { tenantRecordsContract } from './tenant-records.contract.ts';

/** What every store does, whatever it keeps its rows in. */
export function storeContract(fresh: FreshStore): void {
  tenantRecordsContract(fresh);
  connectionRecordsContract(fresh);
  incidentRecordsContract(fresh);
  pollQueueContract(fresh);
  grantStoreContract(fresh);
  requestQuotaContract(fresh);
  mailQueueContract(fresh);
  fleetWatchContract(fresh);
  holdBookContract(fresh);
  fleetSuspicionsContract(fresh);
  digestBookContract(fresh);
  mailTroubleBookContract(fresh);
  tenantDirectoryContract(fresh);
  historyContract(fresh);
  pastArchiveContract(fresh);
  incidentLogContract(fresh);
  retentionContract(fresh);
}
