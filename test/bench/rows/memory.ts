import { setTimeout as wait } from 'node:timers/promises';
import { end, listening, startDaemon } from '../bench-daemon.ts';
import { openBenchFleet } from '../bench-fleet.ts';
import type { BenchRow } from '../bench-row.ts';
import { peakMiB } from '../measured-process.ts';

/** The most that is resident at once counts, because it is what the machine must have. */
const sizes = [
  { tenants: 1_000, rounds: 10, limit: 220 },
  { tenants: 10_000, rounds: 10, limit: 240 },
  { tenants: 100_000, rounds: 2, limit: 320 },
] as const;
/** Round after round without a pause between them. */
const SCHEDULE = '* * * * * *';
const LOOK_MS = 500;

export const memoryRows: readonly BenchRow[] = sizes.map(({ tenants, rounds, limit }) => ({
  name: `memory-${tenants}`,
  figures: {
    peak: {
      title: `peak memory of the daemon after ${rounds} rounds of ${tenants.toLocaleString('en')} tenants`,
      unit: 'MiB',
      floor: null,
      bound: { of: 'ours', is: 'at most', limit, aim: 180 },
    },
  },
  databases: ['SQLite', 'PostgreSQL'],
  samples: 1,
  prepare: async (database) => {
    const fleet = await openBenchFleet(database, {
      tenants,
      settings: { POLL_SCHEDULE: SCHEDULE, POLL_SPREAD: 'off' },
    });
    return {
      sample: async () => {
        const [before, daemon] = [await fleet.polled(), startDaemon(fleet)];
        await listening(daemon);
        while ((await fleet.polled()) - before < rounds * tenants) {
          if (!daemon.isRunning()) throw new Error(`the daemon ended: ${daemon.stderr()}`);
          await wait(LOOK_MS);
        }
        const peak = peakMiB(daemon.pid);
        await end(daemon);
        return { peak: { ours: peak, floor: null } };
      },
      close: fleet.close,
    };
  },
}));
