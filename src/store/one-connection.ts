import { PrismaLibSql } from '@prisma/adapter-libsql';

type LibSqlConfig = Parameters<PrismaLibSql['createClient']>[0];
type LibSqlClient = ReturnType<PrismaLibSql['createClient']>;

/**
 * Keeps one connection for everything, transactions included. By itself libSQL opens a new connection after each
 * transaction and never closes the old one: 3,000 transactions left 6,000 open files and 500 MB behind.
 *
 * Sharing is safe because the adapter lets nothing else through while a transaction is open. Transactions begin as
 * writers (`IMMEDIATE`): one that reads first and writes later fails when another process wrote in between.
 */
export class OneConnectionLibSql extends PrismaLibSql {
  override createClient(config: LibSqlConfig): LibSqlClient {
    const client = super.createClient(config);
    const transaction = async () => {
      await client.execute('BEGIN IMMEDIATE');
      return {
        execute: (statement: Parameters<LibSqlClient['execute']>[0]) => client.execute(statement),
        commit: () => commit(client),
        rollback: () => client.execute('ROLLBACK'),
      };
    };
    return Object.assign(Object.create(client), {
      execute: client.execute.bind(client),
      executeMultiple: client.executeMultiple.bind(client),
      close: client.close.bind(client),
      transaction,
    });
  }
}

/** A commit that fails (a full disk) must not leave its transaction open for whoever uses the connection next. */
async function commit(client: LibSqlClient): Promise<void> {
  try {
    await client.execute('COMMIT');
  } catch (error) {
    await client.execute('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
