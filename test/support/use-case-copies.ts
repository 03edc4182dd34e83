import type { DatabaseCopies } from '../../src/monitoring/ports.ts';
import { NOW } from './builders.ts';

/** Says that everything is done, and does nothing: there is no database. */
export const noCopies: DatabaseCopies = {
  backUp: async ({ file, now }) => ({ file, bytes: 4096, takenAt: now }),
  restore: async ({ now }) => ({
    takenAt: NOW,
    restoredAt: now,
    tenants: 2,
    held: 1,
    migrations: [],
    keptAs: null,
  }),
  move: async () => ({ from: 'memory', to: 'nowhere', begunAnew: false, tables: [] }),
};
