import type { RecordStore } from '../../src/monitoring/ports.ts';

/** A store that fails whenever `fails` says so of the tenants concerned, and else works. */
export function failingRecords(records: RecordStore, fails: (tenantIds: readonly string[]) => boolean): RecordStore {
  return {
    ...records,
    change: async (tenantIds, decide) => {
      if (fails(tenantIds)) throw new Error('the store cannot be reached');
      return await records.change(tenantIds, decide);
    },
  };
}
