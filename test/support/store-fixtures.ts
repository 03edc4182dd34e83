import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Instant } from '../../src/domain/model/time.ts';
import type { Stores } from '../../src/monitoring/ports.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { createEncryption } from '../../src/store/encryption.ts';
import { databaseClock, type LeaseClock } from '../../src/store/lease-clock.ts';
import { migrate } from '../../src/store/migrate.ts';
import { type OpenStores, openStores } from '../../src/store/open-stores.ts';
import { NOW } from './builders.ts';
import { administer } from './migrated-templates.ts';

/** A store whose leases go by a clock that stands at `NOW` until a test moves it. */
type StoreOfTest = Stores & Readonly<{ leaseTimeIs(at: Instant): void }>;

/** Gives a store over an empty database; calls within one test share nothing. */
export type FreshStore = () => Promise<StoreOfTest>;

export function withLeaseTime(open: (leaseNow: () => Instant) => Stores): StoreOfTest {
  let now: Instant = NOW;
  const leaseTimeIs = (at: Instant) => {
    now = at;
  };
  return { ...open(() => now), leaseTimeIs };
}

export const encryption = createEncryption([Buffer.alloc(32, 7)]);

/** A database that exists for one test file. */
export type TestDatabase = Readonly<{
  url: string;
  /** For what no port shows: rows as they are stored. */
  raw: Database;
  open(leaseClock?: LeaseClock): OpenStores;
  /** Erases every row and closes the stores that were opened. */
  empty(): Promise<void>;
  drop(): Promise<void>;
}>;

export type DatabaseName = 'SQLite' | 'PostgreSQL';

/** With its tables made, unless `migrated` is false. */
export async function createTestDatabase(name: DatabaseName, { migrated = true } = {}): Promise<TestDatabase> {
  const { TEST_TEMPLATE_SQLITE: file, TEST_TEMPLATE_POSTGRESQL: database } = process.env;
  const template = migrated ? (name === 'SQLite' ? file : database) : undefined;
  const place = name === 'SQLite' ? sqliteFile(template) : await postgresDatabase(template);
  const raw = openDatabase(place.url);
  // A copy of the template stays closed until a test looks into it: `db restore` takes a file that nobody has open.
  if (migrated && template === undefined) await migrate(raw);
  const opened: OpenStores[] = [];
  const closeAll = async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  };
  return {
    url: place.url,
    raw,
    open: (leaseClock = databaseClock) => {
      // As a daemon opens them.
      const store = openStores({ databaseUrl: place.url, encryption, leaseClock, preparesStatements: true });
      opened.push(store);
      return store;
    },
    empty: async () => {
      await closeAll();
      for (const table of [
        'Tenant',
        'Application',
        'Breaker',
        'Notification',
        'Fault',
        'RequestDay',
        'RequestRate',
        'Hold',
        'Digest',
        'ApiKey',
        'AuditEntry',
        'Event',
        'ApiMinute',
        'RepeatableWrite',
        'WebhookEndpoint',
        'Worker',
      ]) {
        await raw.db.$executeRawUnsafe(`DELETE FROM "${table}"`);
      }
      await raw.db.eventFeed.updateMany({ data: { lastPosition: 0, prunedTo: 0 } });
    },
    drop: async () => {
      await closeAll();
      await raw.db.$disconnect();
      await place.remove();
    },
  };
}

type Place = Readonly<{ url: string; remove(): Promise<void> }>;

/** A copy of the template, where one is given; else there is no file yet. */
function sqliteFile(template: string | undefined): Place {
  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-sqlite-'));
  const file = join(folder, 'not there yet', 'linkwatch.db');
  if (template !== undefined) {
    mkdirSync(dirname(file), { mode: 0o700 });
    copyFileSync(template, file);
  }
  return {
    url: `file:${file}`,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function postgresDatabase(template: string | undefined): Promise<Place> {
  const name = `linkwatch_${randomUUID().replaceAll('-', '')}`;
  const like = template === undefined ? '' : ` TEMPLATE "${template}"`;
  await administer(serverUrl(), `CREATE DATABASE "${name}"${like}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => administer(serverUrl(), `DROP DATABASE "${name}" WITH (FORCE)`) };
}

function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined) throw new Error('TEST_DATABASE_URL is set by places-setup.ts, in the "full" project alone.');
  return url;
}
