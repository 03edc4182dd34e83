import { setTimeout as wait } from 'node:timers/promises';
import autocannon from 'autocannon';
import { end, LASTING_ROUND, listening, startDaemon } from '../bench-daemon.ts';
import { type BenchFleet, openBenchFleet } from '../bench-fleet.ts';
import { newKey } from '../bench-key.ts';
import type { BenchRow } from '../bench-row.ts';
import { measureChild, peakMiB } from '../measured-process.ts';

const TENANTS = 100_000;
const SETTINGS = { ...LASTING_ROUND, API_REQUESTS_PER_MINUTE: '0' };
const MEASURED_S = 20;
const CLIENTS = 8;

/** Programs read the API while a round runs. */
export const apiRow: BenchRow = {
  name: 'api',
  figures: {
    reads: {
      title: `API reads per second with ${TENANTS.toLocaleString('en')} tenants, while a round runs`,
      unit: '/s',
      floor: null,
      bound: null,
    },
    p99: { title: 'the slowest hundredth of those reads', unit: 'ms', floor: null, bound: null },
    round: { title: 'polls per second meanwhile', unit: '/s', floor: 'without any reader', bound: null },
    peak: { title: 'peak memory of the daemon', unit: 'MiB', floor: null, bound: null },
  },
  databases: ['SQLite', 'PostgreSQL'],
  samples: 3,
  prepare: async (database) => {
    const fleet = await openBenchFleet(database, { tenants: TENANTS });
    await measureChild('poll-once.ts', [], { env: fleet.env });
    const key = await newKey(fleet, 'read');
    const { id } = await fleet.database.raw().db.tenant.findFirstOrThrow();
    const daemon = startDaemon(fleet, SETTINGS);
    const url = await listening(daemon);
    await wait(MEASURED_S * 1000);
    const paths = [
      '/api/v1/tenants?limit=50',
      '/api/v1/tenants?health=broken',
      `/api/v1/tenants/${id}`,
      `/api/v1/tenants/${id}/connections`,
      `/api/v1/tenants/${id}/history`,
      '/api/v1/incidents',
    ];
    const read = () =>
      autocannon({
        url,
        connections: CLIENTS,
        duration: MEASURED_S,
        headers: { authorization: `Bearer ${key}` },
        requests: paths.map((path) => ({ method: 'GET' as const, path })),
      });
    return {
      sample: async () => {
        const [alone] = await pollsDuring(fleet, wait(MEASURED_S * 1000));
        const [meanwhile, result] = await pollsDuring(fleet, read());
        if (result.non2xx > 0 || result.errors > 0)
          throw new Error(`${result.non2xx} refused, ${result.errors} failed`);
        return {
          reads: { ours: result.requests.average, floor: null },
          p99: { ours: result.latency.p99, floor: null },
          round: { ours: meanwhile / MEASURED_S, floor: alone / MEASURED_S },
          peak: { ours: peakMiB(daemon.pid), floor: null },
        };
      },
      close: async () => {
        await end(daemon);
        await fleet.close();
      },
    };
  },
};

async function pollsDuring<T>(fleet: BenchFleet, during: Promise<T>): Promise<[number, T]> {
  const before = await fleet.polled();
  const result = await during;
  return [(await fleet.polled()) - before, result];
}
