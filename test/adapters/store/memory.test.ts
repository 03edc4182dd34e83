import { describe } from '@jest/globals';
import { createMemoryStores } from '../../support/memory-store.ts';
import { withLeaseTime } from '../../support/store-fixtures.ts';
import { storeContract } from './store.contract.ts';

describe('the store in memory', () => {
  storeContract(async () => withLeaseTime((leaseNow) => createMemoryStores({ leaseNow })));
});
