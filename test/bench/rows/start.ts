import { setTimeout as wait } from 'node:timers/promises';
import { end, startDaemon } from '../bench-daemon.ts';
import { openBenchFleet } from '../bench-fleet.ts';
import type { BenchRow } from '../bench-row.ts';

const TENANTS = 100_000;
const LOOK_MS = 10;

/** From the command to the first request at Constant Contact. */
export const startRow: BenchRow = {
  name: 'start',
  figures: {
    firstPoll: {
      title: `start to first poll, ${TENANTS.toLocaleString('en')} tenants`,
      unit: 's',
      floor: null,
      bound: { of: 'ours', is: 'at most', limit: 3, aim: 1 },
    },
  },
  databases: ['SQLite', 'PostgreSQL'],
  samples: 3,
  prepare: async (database) => {
    const fleet = await openBenchFleet(database, { tenants: TENANTS });
    return {
      sample: async () => {
        const before = await fleet.polled();
        const startedAt = performance.now();
        const daemon = startDaemon(fleet);
        while ((await fleet.polled()) === before) await wait(LOOK_MS);
        const seconds = (performance.now() - startedAt) / 1000;
        await end(daemon);
        return { firstPoll: { ours: seconds, floor: null } };
      },
      close: fleet.close,
    };
  },
};
