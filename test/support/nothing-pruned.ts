import type { PruneCounts } from '../../src/monitoring/ports.ts';

export const NOTHING_PRUNED: PruneCounts = {
  polls: 0,
  snapshots: 0,
  changes: 0,
  incidents: 0,
  mail: 0,
  audit: 0,
  writes: 0,
  events: 0,
  webhooks: 0,
  sessions: 0,
  days: 0,
  troubles: 0,
};
