import { describe } from '@jest/globals';
import { createMemoryStore } from '../../support/memory-store.ts';
import { storeContract } from './store.contract.ts';

describe('the store in memory', () => {
  storeContract(async (quota) => createMemoryStore(quota === undefined ? {} : { quota }));
});
