import type { FreshStore } from '../../support/store-fixtures.ts';
import { anyAnswerContract } from './any-answer.contract.ts';
import { connectionRecordsContract } from './connection-records.contract.ts';
import { digestBookContract } from './digest-store.contract.ts';
import { faultStoreContract } from './fault-store.contract.ts';
import { fleetStoreContract } from './fleet-store.contract.ts';
import { grantStoreContract } from './grant-store.contract.ts';
import { historyContract } from './history.contract.ts';
import { holdBookContract } from './hold-store.contract.ts';
import { incidentRecordsContract } from './incident-records.contract.ts';
import { incidentLogContract } from './incident-store.contract.ts';
import { listsContract } from './lists.contract.ts';
import { monitorStoreContract } from './monitor-store.contract.ts';
import { mailQueueContract } from './outbox-store.contract.ts';
import { pollQueueContract } from './poll-store.contract.ts';
import { requestQuotaContract } from './quota-store.contract.ts';
import { requestRateContract } from './rate-store.contract.ts';
import { tenantRecordsContract } from './record-store.contract.ts';
import { pastArchiveContract } from './replay-store.contract.ts';
import { retentionContract } from './retention-store.contract.ts';
import { fleetSuspicionsContract } from './suspicion-store.contract.ts';
import { tenantDirectoryContract } from './tenant-store.contract.ts';
import { tokenHoldersContract } from './token-holders.contract.ts';

/** What every store does, whatever it keeps its rows in. */
export function storeContract(fresh: FreshStore): void {
  tenantRecordsContract(fresh);
  connectionRecordsContract(fresh);
  anyAnswerContract(fresh);
  incidentRecordsContract(fresh);
  pollQueueContract(fresh);
  grantStoreContract(fresh);
  tokenHoldersContract(fresh);
  requestQuotaContract(fresh);
  requestRateContract(fresh);
  mailQueueContract(fresh);
  faultStoreContract(fresh);
  fleetStoreContract(fresh);
  holdBookContract(fresh);
  fleetSuspicionsContract(fresh);
  digestBookContract(fresh);
  tenantDirectoryContract(fresh);
  historyContract(fresh);
  pastArchiveContract(fresh);
  incidentLogContract(fresh);
  listsContract(fresh);
  retentionContract(fresh);
  monitorStoreContract(fresh);
}
