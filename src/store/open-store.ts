import type { Instant } from '../domain/time.ts';
import type {
  DigestBook,
  FleetSuspicions,
  FleetWatch,
  GrantStore,
  HealthHistory,
  HoldBook,
  IncidentLog,
  MailLog,
  MailQueue,
  OperatorMail,
  PollQueue,
  RequestQuota,
  Retention,
  TenantDirectory,
  TenantRecords,
} from '../monitoring/ports.ts';
import { inPlainWords, openDatabase, ping } from './database.ts';
import { createDigestBook } from './digest-book.ts';
import type { Encryption } from './encryption.ts';
import { createFleetSuspicions } from './fleet-suspicions.ts';
import { createFleetWatch } from './fleet-watch.ts';
import { createGrantStore } from './grant-store.ts';
import { createHealthHistory } from './health-history.ts';
import { createHoldBook } from './hold-book.ts';
import { createIncidentLog } from './incident-log.ts';
import { createMailLog } from './mail-log.ts';
import { createMailQueue } from './mail-queue.ts';
import { migrate } from './migrate.ts';
import { createOperatorMail } from './operator-mail.ts';
import { createPollQueue } from './poll-queue.ts';
import { createRequestQuota, type QuotaLimits } from './request-quota.ts';
import { createRetention } from './retention.ts';
import { createTenantDirectory } from './tenant-directory.ts';
import { createTenantRecords } from './tenant-records.ts';

export type StoreOptions = Readonly<{
  /** `file:…` or `postgresql://…` */
  databaseUrl: string;
  encryption: Encryption;
  quota: QuotaLimits;
  /** When rows were removed; nothing is decided by it. */
  now?: () => Instant;
}>;

/** Every port that remembers something, over one database. Nothing connects before the first call. */
export type Store = Readonly<{
  tenantRecords: TenantRecords;
  pollQueue: PollQueue;
  grantStore: GrantStore;
  requestQuota: RequestQuota;
  mailQueue: MailQueue;
  operatorMail: OperatorMail;
  fleetWatch: FleetWatch;
  fleetSuspicions: FleetSuspicions;
  holdBook: HoldBook;
  digestBook: DigestBook;
  tenantDirectory: TenantDirectory;
  healthHistory: HealthHistory;
  incidentLog: IncidentLog;
  mailLog: MailLog;
  retention: Retention;
  /** Creates or updates the tables; the names of the migrations that it applied. To be called before anything else. */
  migrate(): Promise<readonly string[]>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}>;

export function openStore({ databaseUrl, encryption, quota, now = Date.now }: StoreOptions): Store {
  const database = openDatabase(databaseUrl);
  return {
    tenantRecords: createTenantRecords(database),
    pollQueue: createPollQueue(database),
    grantStore: createGrantStore(database, encryption),
    requestQuota: createRequestQuota(database, quota),
    mailQueue: createMailQueue(database),
    operatorMail: createOperatorMail(database),
    fleetWatch: createFleetWatch(database),
    fleetSuspicions: createFleetSuspicions(database),
    holdBook: createHoldBook(database),
    digestBook: createDigestBook(database),
    tenantDirectory: createTenantDirectory({ database, encryption, now }),
    healthHistory: createHealthHistory(database),
    incidentLog: createIncidentLog(database),
    mailLog: createMailLog(database),
    retention: createRetention(database),
    migrate: () => inPlainWords(() => migrate(database)),
    ping: () => inPlainWords(() => ping(database)),
    close: () => database.db.$disconnect(),
  };
}
