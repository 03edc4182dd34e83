import { describe } from '@jest/globals';
import { createMemoryStores } from '../../support/memory-store.ts';
import { storeContract } from './store.contract.ts';

describe('the store in memory', () => {
  storeContract(async (quota) => createMemoryStores(quota === undefined ? {} : { quota }));
});
