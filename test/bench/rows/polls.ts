import { CONCURRENCY, openBenchFleet } from '../bench-fleet.ts';
import type { BenchRow } from '../bench-row.ts';
import { measureChild } from '../measured-process.ts';

const TENANTS = 2_000;
/** The first round makes connections, and the second one may still bring something into its resting form. */
const ROUNDS_BEFORE = 2;

type Round = Readonly<{ polled: number; failed: number; changes: number; wallMs: number; cpuMs: number }>;
type Bare = Readonly<{ polled: number; wallMs: number; cpuMs: number }>;

/** A round in which nothing has changed, in a process of its own, beside the same requests with got alone. */
export const pollsRow: BenchRow = {
  name: 'polls',
  figures: {
    cpu: {
      title: 'CPU per 1,000 unchanged polls',
      unit: 's',
      floor: 'bare got loop',
      bound: { of: 'ratio', is: 'at most', limit: 1.5, aim: 1.25 },
    },
    rate: {
      title: 'polls per second, one process, limits off',
      unit: '/s',
      floor: 'bare got loop',
      bound: { of: 'ratio', is: 'at least', limit: 0.7, aim: 0.85 },
    },
    bytes: {
      title: 'bytes per unchanged poll, records included',
      unit: 'B',
      floor: null,
      bound: { of: 'ours', is: 'at most', limit: 8, aim: 1 },
    },
  },
  databases: ['SQLite', 'PostgreSQL'],
  samples: 5,
  prepare: async (database) => {
    const fleet = await openBenchFleet(database, { tenants: TENANTS });
    const round = () => measureChild<Round>('poll-once.ts', [], { env: fleet.env });
    const tokens = JSON.stringify(fleet.tenants.map((tenant) => tenant.tokens.accessToken));
    const bare = () => measureChild<Bare>('bare-requests.ts', [fleet.apiUrl, `${CONCURRENCY}`], { stdin: tokens });
    for (let n = 0; n < ROUNDS_BEFORE; n += 1) await round();
    return {
      sample: async () => {
        const before = await fleet.database.bytes();
        const [asked, ours] = [await bare(), await round()];
        if (ours.polled !== TENANTS || ours.failed > 0 || ours.changes > 0) throw new Error('a round was disturbed');
        return {
          cpu: { ours: ours.cpuMs / ours.polled, floor: asked.cpuMs / asked.polled },
          rate: { ours: (ours.polled / ours.wallMs) * 1000, floor: (asked.polled / asked.wallMs) * 1000 },
          bytes: { ours: ((await fleet.database.bytes()) - before) / ours.polled, floor: null },
        };
      },
      close: fleet.close,
    };
  },
};
