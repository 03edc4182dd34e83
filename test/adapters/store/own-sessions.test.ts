import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hasOwnSessions } from '../../../src/store/own-sessions.ts';
import { startWire, type Wire } from '../../support/program-wire.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';
import { type Pooler, startTransactionPooler } from '../../support/transaction-pooler.ts';

describe('The sessions behind DATABASE_URL', () => {
  let database: TestDatabase;
  let pooler: Pooler;
  let wire: Wire;
  beforeAll(async () => {
    database = await createTestDatabase('PostgreSQL', { migrated: false });
    const port = Number(new URL(database.url).port);
    pooler = await startTransactionPooler(port);
    wire = await startWire(port);
  });
  afterAll(async () => {
    await pooler.close();
    await wire.close();
    await database.drop();
  });

  const through = ({ port }: Readonly<{ port: number }>) => {
    const url = new URL(database.url);
    url.port = `${port}`;
    return url.href;
  };

  it('are our own at PostgreSQL itself, behind a pooler in session mode, and in a file', async () => {
    expect(await hasOwnSessions(database.url)).toBe(true);
    expect(await hasOwnSessions(through(wire))).toBe(true);
    expect(await hasOwnSessions('file:./data/linkwatch.db')).toBe(true);
  });

  it('are not behind a pooler in transaction mode, each time that one looks', async () => {
    for (let time = 0; time < 5; time += 1) expect(await hasOwnSessions(through(pooler))).toBe(false);
  });
});
