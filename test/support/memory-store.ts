import type { Instant } from '../../src/domain/model/time.ts';
import type { Stores } from '../../src/monitoring/ports.ts';
import { NOW } from './builders.ts';
import { memoryAgendaStore } from './memory-agenda-store.ts';
import { memoryApiKeyStore } from './memory-api-key-store.ts';
import { memoryApiUseStore, memoryApiWriteStore } from './memory-api-write-store.ts';
import { memoryApplicationStore } from './memory-application-store.ts';
import { memoryAuditStore } from './memory-audit-store.ts';
import { memoryBreakerStore } from './memory-breaker-store.ts';
import { memoryDigestStore } from './memory-digest-store.ts';
import { memoryEventStore } from './memory-event-store.ts';
import { memoryFaultStore } from './memory-fault-store.ts';
import { memoryFleetStore } from './memory-fleet-store.ts';
import { memoryGrantStore } from './memory-grant-store.ts';
import { memoryHistoryStore, memoryIncidentStore, memoryMailStore, memoryRetentionStore } from './memory-history.ts';
import { memoryHoldStore } from './memory-hold-store.ts';
import { memoryMonitorStore } from './memory-monitor-store.ts';
import { memoryOperatorMailStore, memoryOutboxStore } from './memory-outbox-store.ts';
import { memoryPastStore } from './memory-past-store.ts';
import { memoryPollStore } from './memory-poll-store.ts';
import { memoryQuotaStore } from './memory-quota-store.ts';
import { memoryRateStore } from './memory-rate-store.ts';
import { memoryRecordStore } from './memory-record-store.ts';
import { memoryReplayStore } from './memory-replay-store.ts';
import { memoryReportStore } from './memory-report-store.ts';
import { emptyMemory, type Memory } from './memory-state.ts';
import { memorySuspicionStore } from './memory-suspicion-store.ts';
import { memoryTenantStore } from './memory-tenant-store.ts';
import { memoryWebhookDeliveryStore } from './memory-webhook-delivery-store.ts';
import { memoryWebhookStore } from './memory-webhook-store.ts';
import { memoryWorkerStore } from './memory-worker-store.ts';

export type MemoryStores = Stores & Readonly<{ memory: Memory }>;

/**
 * Every port of the store over one shared state, passing the same contract tests as the databases.
 * `memory.state` is the committed state: assert on it, do not write to it.
 */
export function createMemoryStores({
  leaseNow = () => NOW,
  rateNow = Date.now,
}: Readonly<{ leaseNow?: () => Instant; rateNow?: () => Instant }> = {}): MemoryStores {
  const memory = emptyMemory();
  return {
    memory,
    records: memoryRecordStore(memory, leaseNow),
    polls: memoryPollStore(memory, leaseNow),
    grants: memoryGrantStore(memory, leaseNow),
    agenda: memoryAgendaStore(memory),
    quota: memoryQuotaStore(memory),
    rates: memoryRateStore(memory, rateNow),
    breakers: memoryBreakerStore(memory),
    applications: memoryApplicationStore(memory),
    outbox: memoryOutboxStore(memory, leaseNow),
    operatorMail: memoryOperatorMailStore(memory, leaseNow),
    faults: memoryFaultStore(memory),
    fleet: memoryFleetStore(memory),
    suspicions: memorySuspicionStore(memory),
    holds: memoryHoldStore(memory),
    digests: memoryDigestStore(memory),
    tenants: memoryTenantStore(memory),
    history: memoryHistoryStore(memory),
    past: memoryPastStore(memory),
    replays: memoryReplayStore(memory),
    incidents: memoryIncidentStore(memory),
    mail: memoryMailStore(memory),
    retention: memoryRetentionStore(memory),
    monitor: memoryMonitorStore(memory, leaseNow),
    apiKeys: memoryApiKeyStore(memory),
    apiUses: memoryApiUseStore(),
    apiWrites: memoryApiWriteStore(),
    audit: memoryAuditStore(memory),
    events: memoryEventStore(memory),
    webhooks: memoryWebhookStore(memory),
    webhookDeliveries: memoryWebhookDeliveryStore(memory, leaseNow),
    workers: memoryWorkerStore(memory, leaseNow),
    reports: memoryReportStore(memory),
    // Nothing is sealed here.
    secrets: {
      keysInUse: async () => [],
      reseal: nothingSealed,
      resealAnswers: nothingSealed,
      resealWebhooks: nothingSealed,
      resealApplications: nothingSealed,
    },
  };
}

async function nothingSealed() {
  return { resealed: 0, unreadable: 0, last: null };
}
