import { dirname } from 'node:path';
import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Sqlite3Client, type InStatement as Statement } from '@libsql/client/sqlite3';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import Libsql from 'libsql';
import { StoreUnavailable } from '../monitoring/store-unavailable.ts';
import { createLockWait, isBusy, LONGEST_TRY_MS, type LockWait } from './lock-wait.ts';
import { makeFolder, makePrivate } from './private-files.ts';
import { isRepeated } from './repeated-statements.ts';
import { rememberFile } from './same-file.ts';

type LibSqlConfig = Parameters<PrismaLibSql['createClient']>[0];
type LibSqlClient = ReturnType<PrismaLibSql['createClient']>;

/**
 * Keeps one connection for everything, transactions included. By itself libSQL opens a new connection after each
 * transaction and never closes the old one: 3,000 transactions left 6,000 open files and 500 MB behind.
 *
 * Sharing is safe because the adapter lets nothing else through while a transaction is open. Transactions begin as
 * writers (`IMMEDIATE`): one that reads first and writes later fails when another process wrote in between. So `BEGIN`
 * is where other writers are waited for: `config.timeout` ms at most, in short tries.
 */
export class OneConnectionLibSql extends PrismaLibSql {
  override createClient(config: LibSqlConfig): LibSqlClient {
    const path = fileURLToPath(config.url);
    makeFolder(dirname(path));
    makePrivate(path);
    const wait = createLockWait(config.timeout ?? 0);
    let connection = open(path);
    const assertSameFile = rememberFile(path);

    /** What found the file locked stays half begun, and its connection could never commit again. */
    function reconnect(): void {
      connection.client.close();
      connection = connect(path, connection.foreignKeys);
    }

    async function execute(statement: Statement) {
      await eventLoopTurn();
      try {
        return await connection.execute(statement);
      } catch (error) {
        if (isBusy(error)) reconnect();
        throw error;
      }
    }

    async function read(statement: Statement) {
      assertSameFile();
      return await execute(statement);
    }

    /** A transaction looks once, as it begins, whether the file is still the same one. */
    async function begin() {
      assertSameFile();
      await beginWhenFree(connection, wait);
    }

    async function write(statement: Statement) {
      await begin();
      try {
        const result = await connection.execute(statement);
        await commit(connection);
        return result;
      } catch (error) {
        rollBack(connection);
        throw error;
      }
    }

    return Object.assign(Object.create(connection.client), {
      execute: (statement: Statement) => (isRead(statement) ? read(statement) : write(statement)),
      executeMultiple: (script: string) => connection.client.executeMultiple(script),
      close: () => connection.client.close(),
      transaction: async () => {
        await begin();
        return {
          execute,
          commit: () => commit(connection),
          rollback: async () => rollBack(connection),
        };
      },
    });
  }
}

/** Far more than a process has at work; each takes some kilobytes, and keeps the values that it was given last. */
const MOST_KEPT = 250;

/** Its columns are those that the tables had when it was prepared. */
const ALL_COLUMNS = /\b(SELECT|RETURNING)\s+("?\w+"?\.)?\*/i;

/**
 * Prepares a statement once: preparing takes as long as running most of them. The longest unused are let go. An EXPLAIN
 * that is kept would never end its reading.
 */
function keepingStatements(db: Libsql.Database): Libsql.Database {
  const kept = new Map<string, Libsql.Statement>();
  const prepare = db.prepare.bind(db);
  return Object.assign(db, {
    prepare: (sql: string) => {
      if (!isRepeated(sql) || ALL_COLUMNS.test(sql)) return prepare(sql);
      const statement = kept.get(sql) ?? prepare(sql);
      kept.delete(sql);
      kept.set(sql, statement);
      const [longestUnused] = kept.keys();
      if (kept.size > MOST_KEPT && longestUnused !== undefined) kept.delete(longestUnused);
      return statement;
    },
  });
}

type Connection = ReturnType<typeof connect>;

/** SQLite says no more of a file that it cannot open than a number. */
function open(path: string) {
  try {
    return connect(path);
  } catch (cause) {
    const message = `the database file ${path} cannot be opened`;
    const hint = `Check DATABASE_URL, and that this user may read and write the file and ${dirname(path)}.`;
    throw new StoreUnavailable('away', message, { hint, cause, mayBeDone: false });
  }
}

function connect(path: string, foreignKeys: Statement | null = null) {
  const options = { timeout: LONGEST_TRY_MS };
  const db = keepingStatements(new Libsql(path, options));
  const client = new Sqlite3Client(path, options, db, 'number');
  // Prepared once, and begun anew by each try: every other statement that finds the file locked leaves two open files.
  const begin = db.prepare('BEGIN IMMEDIATE');
  const connection = {
    client,
    begin,
    // Asking a closed one ends the process.
    isInTransaction: () => db.open && db.inTransaction,
    rollBack: () => db.exec('ROLLBACK'),
    /** The last `PRAGMA foreign_keys`: migrations switch it off, and a new connection must not forget that. */
    foreignKeys,
    execute: async (statement: Statement) => {
      const result = await client.execute(statement);
      if (/^PRAGMA foreign_keys\b/i.test(sqlOf(statement))) connection.foreignKeys = statement;
      return result;
    },
  };
  if (foreignKeys !== null) db.exec(sqlOf(foreignKeys));
  return connection;
}

async function beginWhenFree({ begin: statement, client }: Connection, wait: LockWait): Promise<void> {
  await wait.untilFree(() => {
    if (client.closed) throw new Error('The database is closed.');
    statement.run();
  });
}

/** A commit that fails (a full disk) must not leave its transaction open for whoever uses the connection next. */
async function commit(connection: Connection): Promise<void> {
  try {
    await connection.client.execute('COMMIT');
  } catch (error) {
    rollBack(connection);
    throw error;
  }
}

function rollBack(connection: Connection): void {
  // A full disk has ended the transaction by itself.
  if (connection.isInTransaction()) connection.rollBack();
}

function isRead(statement: Statement): boolean {
  return /^\s*(SELECT|WITH|PRAGMA)\b/i.test(sqlOf(statement));
}

function sqlOf(statement: Statement): string {
  return typeof statement === 'string' ? statement : statement.sql;
}
