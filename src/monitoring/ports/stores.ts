import type { ApiKeyStore } from './api-keys.ts';
import type { ApiUseStore, ApiWriteStore } from './api-writes.ts';
import type { AuditStore } from './audit.ts';
import type { GrantStore } from './constant-contact.ts';
import type { DigestStore, FaultStore, FleetStore, HoldStore, SuspicionStore } from './fleet.ts';
import type { HistoryStore, IncidentStore, MailStore, ReplayStore, RetentionStore } from './history.ts';
import type { OperatorMailStore, OutboxStore } from './mailing.ts';
import type { MonitorStore } from './monitor.ts';
import type { PollStore, QuotaStore, RateStore } from './polling.ts';
import type { SecretStore } from './secrets.ts';
import type { RecordStore, TenantStore } from './tenants.ts';

/** Every store by its one name, which use cases, the databases and the tests' memory stores share. */
export type Stores = Readonly<{
  records: RecordStore;
  polls: PollStore;
  grants: GrantStore;
  quota: QuotaStore;
  rates: RateStore;
  outbox: OutboxStore;
  operatorMail: OperatorMailStore;
  faults: FaultStore;
  fleet: FleetStore;
  suspicions: SuspicionStore;
  holds: HoldStore;
  digests: DigestStore;
  tenants: TenantStore;
  history: HistoryStore;
  replays: ReplayStore;
  incidents: IncidentStore;
  mail: MailStore;
  retention: RetentionStore;
  monitor: MonitorStore;
  secrets: SecretStore;
  apiKeys: ApiKeyStore;
  apiUses: ApiUseStore;
  apiWrites: ApiWriteStore;
  audit: AuditStore;
}>;
