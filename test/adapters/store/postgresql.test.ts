import { afterAll, afterEach, beforeAll, describe } from '@jest/globals';
import { createTestDatabase, type TestDatabase, withLeaseTime } from '../../support/store-fixtures.ts';
import { processesContract } from './processes.contract.ts';
import { storeContract } from './store.contract.ts';

describe('the store on PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase('PostgreSQL');
  });
  afterEach(() => database.empty());
  afterAll(() => database.drop());

  storeContract(async () => withLeaseTime((leaseNow) => database.open(async () => leaseNow())));
  processesContract(() => database);
});
