import {
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlQuery,
  type SqlQueryable,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import type { Seam } from '../../src/store/database.ts';
import type { DatabaseName } from '../support/store-fixtures.ts';
import { cutConnection, failOnServer } from './postgresql-faults.ts';

/** `refused`: nothing was done. `answer lost`: all was done, and nobody heard of it. */
export type Way = 'refused' | 'answer lost';
export const ways: readonly Way[] = ['refused', 'answer lost'];

/** Stands where all statements pass, counts them, and lets one of them fail. */
export type StatementSeam = Readonly<{
  around: Seam;
  /** From here on statements are counted anew, and the n-th fails; 0: none does. */
  arm(nth: number, way: Way): void;
  /** Since then. */
  counted(): number;
  /** The statement that failed; null while none has. */
  failed(): string | null;
  inFlight(): number;
}>;

/** One statement on its way: the work itself, and what each kind of failure does. */
type Passage<T> = Readonly<{
  sql: string;
  work: () => Promise<T>;
  refuse: () => Promise<never>;
  lose: (done: T) => Promise<never>;
}>;

type Pass = <T>(passage: Passage<T>) => Promise<T>;

export function statementSeam(database: DatabaseName): StatementSeam {
  let armed: Readonly<{ nth: number; way: Way }> = { nth: 0, way: 'refused' };
  let [count, inFlight] = [0, 0];
  let failed: string | null = null;

  const passOnce: Pass = async ({ sql, work, refuse, lose }) => {
    count += 1;
    if (count !== armed.nth) return await work();
    failed = sql;
    return armed.way === 'refused' ? await refuse() : await lose(await work());
  };
  const pass: Pass = async (passage) => {
    inFlight += 1;
    return await passOnce(passage).finally(() => {
      inFlight -= 1;
    });
  };
  return {
    around: (factory) => seamAround(factory, { pass, database }),
    arm(nth, way) {
      armed = { nth, way };
      [count, failed] = [0, null];
    },
    counted: () => count,
    failed: () => failed,
    inFlight: () => inFlight,
  };
}

type Line = Readonly<{ pass: Pass; database: DatabaseName }>;

function seamAround(factory: SqlDriverAdapterFactory, line: Line): SqlDriverAdapterFactory {
  return replacing(factory, { connect: async () => adapterOver(await factory.connect(), line) });
}

function adapterOver(adapter: SqlDriverAdapter, line: Line): SqlDriverAdapter {
  const { database, pass } = line;
  return replacing(adapter, {
    ...statementsOver(adapter, line),
    executeScript: (script) => passStatement(adapter, line, { sql: script, work: () => adapter.executeScript(script) }),
    startTransaction: async (isolationLevel) => {
      const begun = await pass<Transaction>({
        sql: 'BEGIN',
        work: () => adapter.startTransaction(isolationLevel),
        refuse: async () => fail(database, 'refused'),
        lose: async (transaction) => {
          await endTransaction(transaction, database);
          return fail(database, 'answer lost');
        },
      });
      return transactionOver(begun, line);
    },
  });
}

function transactionOver(transaction: Transaction, line: Line): Transaction {
  const { database, pass } = line;
  const { queryRaw, executeRaw } = statementsOver(transaction, line);
  return replacing(transaction, {
    queryRaw,
    // PostgreSQL's transactions are ended by a statement, SQLite's by a call.
    executeRaw: (query) => (query.sql === 'ROLLBACK' ? transaction.executeRaw(query) : executeRaw(query)),
    commit: () => {
      if (database === 'PostgreSQL') return transaction.commit();
      return pass({
        sql: 'COMMIT',
        work: () => transaction.commit(),
        refuse: async () => {
          await transaction.rollback();
          return fail(database, 'refused');
        },
        lose: async () => fail(database, 'answer lost'),
      });
    },
  });
}

function statementsOver(queryable: SqlQueryable, line: Line): Pick<SqlQueryable, 'queryRaw' | 'executeRaw'> {
  return {
    queryRaw: (query: SqlQuery) =>
      passStatement(queryable, line, { sql: query.sql, work: () => queryable.queryRaw(query) }),
    executeRaw: (query: SqlQuery) =>
      passStatement(queryable, line, { sql: query.sql, work: () => queryable.executeRaw(query) }),
  };
}

function passStatement<T>(
  on: SqlQueryable,
  { pass, database }: Line,
  statement: Pick<Passage<T>, 'sql' | 'work'>,
): Promise<T> {
  return pass({
    ...statement,
    refuse: async () => {
      if (database === 'PostgreSQL') await failOnServer(on, statement.sql);
      return fail(database, 'refused');
    },
    lose: async () => {
      if (database === 'PostgreSQL') await cutConnection(on);
      return fail(database, 'answer lost');
    },
  });
}

async function endTransaction(transaction: Transaction, database: DatabaseName): Promise<void> {
  if (database === 'PostgreSQL') await cutConnection(transaction);
  await transaction.rollback();
}

const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;

/** As the driver says it. */
function fail(database: DatabaseName, way: Way): never {
  if (database === 'PostgreSQL') {
    if (way === 'answer lost') throw new Error('Connection terminated unexpectedly');
    const nothing = { detail: undefined, column: undefined, hint: undefined };
    const message = 'could not extend file: No space left on device';
    throw new DriverAdapterError({ kind: 'postgres', code: '53100', severity: 'ERROR', message, ...nothing });
  }
  const [code, message] =
    way === 'refused' ? [SQLITE_FULL, 'database or disk is full'] : [SQLITE_IOERR, 'disk I/O error'];
  throw new DriverAdapterError({ kind: 'sqlite', extendedCode: code, message, originalCode: `${code}` });
}

/** The same object, some of whose methods are others. Private fields need the object itself as `this`. */
function replacing<T extends object>(target: T, methods: Partial<T>): T {
  return new Proxy(target, {
    get(from, name) {
      const other: unknown = Reflect.get(methods, name);
      if (other !== undefined) return other;
      const value: unknown = Reflect.get(from, name, from);
      return typeof value === 'function' ? value.bind(from) : value;
    },
  });
}
