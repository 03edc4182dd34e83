import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { DAY_MS } from '../domain/model/time.ts';
import { boundedPool } from './bounded-pool.ts';
import { type Dialect, postgresql, sqlite } from './dialect.ts';
import { PrismaClient as PostgresClient } from './generated/postgresql/client.ts';
import { PrismaClient as SqliteClient } from './generated/sqlite/client.ts';
import type { Prisma, PrismaClient } from './model.ts';
import { applicationName, placeOf } from './plain-words.ts';
import { createStatementNames } from './statement-names.ts';
import { SHORT_WAITS, type Waits } from './waits.ts';

/** What reads and writes: the database itself, or one transaction of it. */
export type Session = Readonly<{ db: Prisma.TransactionClient; dialect: Dialect }>;

export type Database = Session &
  Readonly<{
    db: PrismaClient;
    /** Aborted by `close`: whatever still counts in the background ends with its next rest. */
    closing: AbortSignal;
    close(): Promise<void>;
  }>;

const clientOptions = {
  errorFormat: 'minimal',
  // Practically never: the server ends what takes too long, and a silent connection is given up (bounded-pool.ts). When
  // Prisma itself gives up, a connection may end up in the pool inside a transaction (prisma #29719), or twice, which
  // ends the process (prisma #29952); and of a process that was frozen, that is the first to happen when it goes on.
  transactionOptions: { maxWait: 7 * DAY_MS, timeout: 7 * DAY_MS },
} as const;

/** The one place that all statements pass: whoever is to see them stands between Prisma and the driver. */
export type Seam = (adapter: SqlDriverAdapterFactory) => SqlDriverAdapterFactory;

const unseen: Seam = (adapter) => adapter;

/** Ten sessions of a worker are more than its work ever needs at once. */
const CONNECTIONS = 10;

type Access = Readonly<{
  waits: Waits;
  connections: number;
  seam: Seam;
  /**
   * PostgreSQL keeps what is asked often, parsed and planned. Each connection must be a session of its own: behind a
   * pooler in transaction mode, a statement would be looked for where another has been.
   */
  preparesStatements: boolean;
}>;

/** Connects on first use. `databaseUrl`: `file:…` or `postgresql://…`, as in `DATABASE_URL`. */
export function openDatabase(
  databaseUrl: string,
  waits = SHORT_WAITS,
  { connections = CONNECTIONS, seam = unseen, preparesStatements = false }: Partial<Omit<Access, 'waits'>> = {},
): Database {
  const access = { waits, connections, seam, preparesStatements };
  if (databaseUrl.startsWith('file:')) return openSqlite(databaseUrl, access);
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) return openPostgresql(databaseUrl, access);
  throw new Error('The database URL begins with neither file: nor postgresql://');
}

/** `synchronous` stays FULL: after a power cut, a rotated refresh token that was not on disk would be lost for good. */
function openSqlite(databaseUrl: string, { waits: { connectMs }, seam }: Access): Database {
  const url = pathToFileURL(fileOf(databaseUrl)).href;
  const adapter = loadedOnUse({ provider: 'sqlite', adapterName: '@prisma/adapter-libsql' }, async () => {
    const { OneConnectionLibSql } = await import('./one-connection.ts');
    return new OneConnectionLibSql({ url, timeout: connectMs }, { timestampFormat: 'unixepoch-ms' });
  });
  return closable({ db: new SqliteClient({ ...clientOptions, adapter: seam(adapter) }), dialect: sqlite });
}

/** A driver that the first connection loads, so that the other database's, forty modules and more, never is. */
function loadedOnUse(
  known: Pick<SqlDriverAdapterFactory, 'provider' | 'adapterName'>,
  load: () => Promise<SqlDriverAdapterFactory>,
): SqlDriverAdapterFactory {
  return { ...known, connect: async () => await (await load()).connect() };
}

/** `file:./data/x.db` is relative to the working directory, `file:/x.db` and `file:///x.db` are absolute. */
export function fileOf(databaseUrl: string): string {
  if (databaseUrl.startsWith('file://')) return fileURLToPath(databaseUrl);
  return resolve(decodeURIComponent(databaseUrl.slice('file:'.length)));
}

/** How node-postgres reaches the database; DATABASE_URL may name the application otherwise. */
export function postgresqlPool(databaseUrl: string, waits: Waits) {
  const url = new URL(databaseUrl);
  const { schema } = placeOf(databaseUrl);
  const { searchParams } = url;
  if (schema !== null) searchParams.set('options', `${searchParams.get('options') ?? ''} -c search_path="${schema}"`);
  return { connectionString: url.href, ...boundedPool(searchParams, waits) };
}

/** Prisma's own queries name the schema; raw ones find it by the search path. */
function openPostgresql(databaseUrl: string, { waits, connections, seam, preparesStatements }: Access): Database {
  const { schema } = placeOf(databaseUrl);
  const pool = {
    application_name: applicationName(databaseUrl),
    max: connections,
    ...postgresqlPool(databaseUrl, waits),
  };
  const adapter = loadedOnUse({ provider: 'postgres', adapterName: '@prisma/adapter-pg' }, async () => {
    const { PrismaPg } = await import('@prisma/adapter-pg');
    return new PrismaPg(pool, {
      ...(schema === null ? {} : { schema }),
      ...(preparesStatements && { statementNameGenerator: createStatementNames() }),
    });
  });
  const client = new PostgresClient({ ...clientOptions, adapter: seam(adapter) });
  return closable({ db: client as unknown as PrismaClient, dialect: postgresql(schema) });
}

/** Prisma connects again for a statement that comes after its end: a long count would keep the process. */
export function closable(opened: Pick<Database, 'db' | 'dialect'>): Database {
  const closing = new AbortController();
  return {
    ...opened,
    closing: closing.signal,
    close: async () => {
      closing.abort(new Error('The database is being closed.'));
      await opened.db.$disconnect();
    },
  };
}
