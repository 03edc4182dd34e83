import { memoryDigestBook } from './memory-digest-book.ts';
import { memoryFleetSuspicions } from './memory-fleet-suspicions.ts';
import { memoryFleetWatch } from './memory-fleet-watch.ts';
import { memoryGrantStore } from './memory-grant-store.ts';
import { memoryHealthHistory, memoryIncidentLog, memoryMailLog, memoryRetention } from './memory-history.ts';
import { memoryHoldBook } from './memory-hold-book.ts';
import { memoryMailQueue, memoryOperatorMail } from './memory-mail-queue.ts';
import { memoryPollQueue } from './memory-poll-queue.ts';
import { type MemoryQuotaLimits, memoryRequestQuota } from './memory-request-quota.ts';
import { emptyMemory } from './memory-state.ts';
import { memoryTenantDirectory } from './memory-tenant-directory.ts';
import { memoryTenantRecords } from './memory-tenant-records.ts';

export type MemoryStore = ReturnType<typeof createMemoryStore>;

/**
 * Every port of the store over one shared state, passing the same contract tests as the databases.
 * `memory.state` is the committed state: assert on it, do not write to it.
 */
export function createMemoryStore({ quota = { perDay: 0, reserveShare: 0 } }: { quota?: MemoryQuotaLimits } = {}) {
  const memory = emptyMemory();
  return {
    memory,
    tenantRecords: memoryTenantRecords(memory),
    pollQueue: memoryPollQueue(memory),
    grantStore: memoryGrantStore(memory),
    requestQuota: memoryRequestQuota(memory, quota),
    mailQueue: memoryMailQueue(memory),
    operatorMail: memoryOperatorMail(memory),
    fleetWatch: memoryFleetWatch(memory),
    fleetSuspicions: memoryFleetSuspicions(memory),
    holdBook: memoryHoldBook(memory),
    digestBook: memoryDigestBook(memory),
    tenantDirectory: memoryTenantDirectory(memory),
    healthHistory: memoryHealthHistory(memory),
    incidentLog: memoryIncidentLog(memory),
    mailLog: memoryMailLog(memory),
    retention: memoryRetention(memory),
  };
}
