import type { Clock, DatabaseCopies, Stores } from '../monitoring/ports.ts';
import { createAgendaStore } from './agenda-store.ts';
import { createApiKeyStore } from './api-key-store.ts';
import { createApiUseStore, createApiWriteStore } from './api-write-store.ts';
import { createApplicationStore } from './application-store.ts';
import { createAuditStore } from './audit-store.ts';
import { createBreakerStore } from './breaker-store.ts';
import { createDatabaseCopies } from './copies/database-copies.ts';
import { type Database, fileOf, openDatabase, type Seam } from './database.ts';
import { createDigestStore } from './digest-store.ts';
import type { Encryption } from './encryption.ts';
import { createEventStore } from './event-store.ts';
import { describePlace, freeBytes, hasTables, tryWriting } from './existing.ts';
import { createFaultStore } from './fault-store.ts';
import { createFleetStore } from './fleet-store.ts';
import { createGrantStore } from './grant-store.ts';
import { createHistoryStore } from './history-store.ts';
import { createHoldStore } from './hold-store.ts';
import { createIncidentStore } from './incident-store.ts';
import { databaseClock, type LeaseClock } from './lease-clock.ts';
import { createMailStore } from './mail-store.ts';
import { isUpToDate, migrate } from './migrate.ts';
import { createMonitorStore } from './monitor-store.ts';
import { createOperatorMailStore } from './operator-mail-store.ts';
import { createOutboxStore } from './outbox-store.ts';
import { hasOwnSessions } from './own-sessions.ts';
import { createPastStore } from './past-store.ts';
import { inPlainWords } from './plain-words.ts';
import { createPollStore } from './poll-store.ts';
import { exposedPlaces } from './private-files.ts';
import { createQuotaStore } from './quota-store.ts';
import { createRateStore } from './rate-store.ts';
import { createRecordStore } from './record-store.ts';
import { createReplayStore } from './replay-store.ts';
import { createReportStore } from './report-store.ts';
import { createRetentionStore } from './retention-store.ts';
import { createSecretStore } from './secret-store.ts';
import { createSuspicionStore } from './suspicion-store.ts';
import { createTenantStore } from './tenant-store.ts';
import { tellingTrouble } from './trouble.ts';
import { PATIENT_WAITS, SHORT_WAITS } from './waits.ts';
import { createWebhookDeliveryStore } from './webhook-delivery-store.ts';
import { createWebhookStore } from './webhook-store.ts';
import { createWorkerStore } from './worker-store.ts';

export type StoreOptions = Readonly<{
  /** `file:…` or `postgresql://…` */
  databaseUrl: string;
  encryption: Encryption;
  /** The database's own unless given. */
  leaseClock?: LeaseClock;
  /** The clock by which the callers tell the time; the machine's unless given. */
  clock?: Pick<Clock, 'now'>;
  /** Sees every statement. */
  seam?: Seam;
  /** See `openDatabase`; of the tables' migration, nothing is asked often. */
  preparesStatements?: boolean;
}>;

/** Every store, over one database. Nothing connects before the first call. */
export type OpenStores = Stores &
  Readonly<{
    /** The database for a person, without user and password. */
    place: string;
    /**
     * Creates or updates the tables; the names of the migrations that it applied. This or the next is to be called
     * before anything else.
     */
    migrate(): Promise<readonly string[]>;
    /** Updates the tables where Linkwatch has made them already; null, and nothing made, where it has not. */
    migrateExisting(): Promise<readonly string[] | null>;
    /** What of SQLite's files other users of this machine may look into; null for a server's. */
    exposedPlaces(): readonly string[] | null;
    /** Throws where nothing can be stored; changes nothing. */
    tryWriting(): Promise<void>;
    /** What the disk of the database has left; null for a server's. */
    freeBytes(): Promise<number | null>;
    /** False behind a pooler that gives each transaction another session. */
    hasOwnSessions(): Promise<boolean>;
    copies: DatabaseCopies;
    close(): Promise<void>;
  }>;

export function openStores(options: StoreOptions): OpenStores {
  const { databaseUrl, encryption, leaseClock = databaseClock, clock, seam, preparesStatements = false } = options;
  const own = seam === undefined ? {} : { seam };
  const database = openDatabase(databaseUrl, SHORT_WAITS, { ...own, preparesStatements });
  const migrateTables = () => migrateWhereNeeded(database, databaseUrl, own);
  const stores: Stores = {
    records: createRecordStore(database, encryption, leaseClock),
    polls: createPollStore(database, encryption, leaseClock),
    grants: createGrantStore(database, encryption, leaseClock),
    agenda: createAgendaStore(database),
    quota: createQuotaStore(database, databaseClock, clock),
    rates: createRateStore(database),
    breakers: createBreakerStore(database),
    applications: createApplicationStore(database, encryption),
    outbox: createOutboxStore(database, leaseClock),
    operatorMail: createOperatorMailStore(database, leaseClock),
    faults: createFaultStore(database),
    fleet: createFleetStore(database),
    suspicions: createSuspicionStore(database),
    holds: createHoldStore(database),
    digests: createDigestStore(database),
    tenants: createTenantStore(database, encryption),
    history: createHistoryStore(database),
    past: createPastStore(database),
    replays: createReplayStore(database),
    incidents: createIncidentStore(database),
    mail: createMailStore(database),
    retention: createRetentionStore(database),
    monitor: createMonitorStore(database, leaseClock),
    secrets: createSecretStore(database, encryption),
    apiKeys: createApiKeyStore(database),
    apiUses: createApiUseStore(database),
    apiWrites: createApiWriteStore(database, encryption),
    audit: createAuditStore(database),
    events: createEventStore(database),
    webhooks: createWebhookStore(database, encryption),
    webhookDeliveries: createWebhookDeliveryStore(database, encryption, leaseClock),
    workers: createWorkerStore(database, leaseClock),
    reports: createReportStore(database),
  };
  return {
    ...tellingTrouble(stores, database.dialect.name),
    place: describePlace(databaseUrl),
    migrate: () => inPlainWords(databaseUrl, migrateTables),
    migrateExisting: () =>
      inPlainWords(databaseUrl, async () => ((await hasTables(database, databaseUrl)) ? await migrateTables() : null)),
    exposedPlaces: () => (databaseUrl.startsWith('file:') ? exposedPlaces(fileOf(databaseUrl)) : null),
    tryWriting: () => inPlainWords(databaseUrl, () => tryWriting(database)),
    freeBytes: () => freeBytes(databaseUrl),
    hasOwnSessions: () => inPlainWords(databaseUrl, () => hasOwnSessions(databaseUrl)),
    copies: createDatabaseCopies(database, databaseUrl),
    close: () => database.close(),
  };
}

async function migrateWhereNeeded(
  database: Database,
  databaseUrl: string,
  own: Readonly<{ seam?: Seam }>,
): Promise<readonly string[]> {
  if (await isUpToDate(database)) return [];
  const patient = openDatabase(databaseUrl, PATIENT_WAITS, own);
  try {
    return await migrate(patient);
  } finally {
    await patient.close();
  }
}
