import { setTimeout as wait } from 'node:timers/promises';
import { end, listening, processorMsDuring, startDaemon } from '../bench-daemon.ts';
import { CONCURRENCY, openBenchFleet } from '../bench-fleet.ts';
import type { BenchRow } from '../bench-row.ts';
import { measureChild } from '../measured-process.ts';

const POLLS_PER_SECOND = 50;
const PERIOD_S = 20;
const TENANTS = POLLS_PER_SECOND * PERIOD_S;
const MEASURED_MS = 30_000;

/** The whole daemon at a steady pace, beside a bare got loop that keeps the same pace. */
export const steadyRow: BenchRow = {
  name: 'steady',
  figures: {
    cpu: {
      title: `CPU per 1,000 at a steady ${POLLS_PER_SECOND} polls/s, whole daemon`,
      unit: 's',
      floor: 'bare got loop, paced alike',
      bound: { of: 'ratio', is: 'at most', limit: 1.7, aim: 1.25 },
    },
  },
  databases: ['SQLite', 'PostgreSQL'],
  samples: 3,
  prepare: async (database) => {
    const fleet = await openBenchFleet(database, { tenants: TENANTS });
    const daemon = startDaemon(fleet, { POLL_SCHEDULE: `*/${PERIOD_S} * * * * *`, POLL_SPREAD: 'on' });
    await listening(daemon);
    await wait(2 * PERIOD_S * 1000);
    const tokens = JSON.stringify(fleet.tenants.map((tenant) => tenant.tokens.accessToken));
    const pace = [fleet.apiUrl, `${CONCURRENCY}`, `${POLLS_PER_SECOND}`];
    return {
      sample: async () => {
        const before = await fleet.polled();
        const cpuMs = await processorMsDuring(daemon.pid, MEASURED_MS);
        const polled = (await fleet.polled()) - before;
        if (polled < 0.9 * POLLS_PER_SECOND * (MEASURED_MS / 1000)) throw new Error(`only ${polled} polls in the time`);
        const bare = await measureChild<{ polled: number; cpuMs: number }>('bare-requests.ts', pace, { stdin: tokens });
        return { cpu: { ours: cpuMs / polled, floor: bare.cpuMs / bare.polled } };
      },
      close: async () => {
        await end(daemon);
        await fleet.close();
      },
    };
  },
};
