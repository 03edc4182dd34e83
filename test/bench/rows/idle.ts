import { setTimeout as wait } from 'node:timers/promises';
import { end, listening, processorMsDuring, startDaemon } from '../bench-daemon.ts';
import { openBenchFleet } from '../bench-fleet.ts';
import type { BenchRow } from '../bench-row.ts';

const SETTLING_MS = 20_000;
const MEASURED_MS = 30_000;

/** The daemon when nobody is due. */
export const idleRow: BenchRow = {
  name: 'idle',
  figures: {
    cpu: {
      title: 'CPU of a daemon with nothing to do',
      unit: '% of a core',
      floor: null,
      bound: { of: 'ours', is: 'at most', limit: 0.5, aim: 0.1 },
    },
  },
  databases: ['SQLite', 'PostgreSQL'],
  samples: 3,
  prepare: async (database) => {
    const fleet = await openBenchFleet(database, { tenants: 100 });
    const daemon = startDaemon(fleet, { POLL_SCHEDULE: '0 0 1 1 *' });
    await listening(daemon);
    await wait(SETTLING_MS);
    return {
      sample: async () => ({
        cpu: { ours: (100 * (await processorMsDuring(daemon.pid, MEASURED_MS))) / MEASURED_MS, floor: null },
      }),
      close: async () => {
        await end(daemon);
        await fleet.close();
      },
    };
  },
};
