import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { startChild } from '../../support/program-child.ts';
import { bareInserts } from '../bare-inserts.ts';
import { openBenchFleet } from '../bench-fleet.ts';
import type { BenchRow } from '../bench-row.ts';
import { peakMiB } from '../measured-process.ts';

const TENANTS = 100_000;
const LOOK_MS = 200;

/** `tenant import` of a large file, beside bare inserts of the rows that it makes. */
export const importRow: BenchRow = {
  name: 'import',
  figures: {
    wall: {
      title: `an import of ${TENANTS.toLocaleString('en')} tenants`,
      unit: 's',
      floor: 'bare inserts of the same rows',
      bound: { of: 'ratio', is: 'at most', limit: 3, aim: 2 },
    },
    peak: { title: 'peak memory of that import', unit: 'MiB', floor: null, bound: null },
  },
  databases: ['SQLite', 'PostgreSQL'],
  samples: 1,
  prepare: async (database) => {
    const fleet = await openBenchFleet(database, { tenants: 1, added: false });
    const file = join(fleet.folder, 'tenants.csv');
    const rows = Array.from({ length: TENANTS }, (_, n) => ({
      name: `Bakery ${n}`,
      owner: `owner-${n}@bakery.example`,
      timezone: 'US/Eastern',
      refresh_token: `refresh-token-of-the-bakery-with-the-number-${n}`,
    }));
    await writeFile(file, stringify(rows, { header: true }));
    return {
      sample: async () => {
        const startedAt = performance.now();
        const child = startChild(['tenant', 'import', file, '--json'], { cwd: fleet.folder, env: fleet.env });
        let peak = 0;
        const looking = setInterval(() => {
          if (child.isRunning()) peak = peakMiB(child.pid);
        }, LOOK_MS);
        const { exitCode, stderr } = await child.ended;
        clearInterval(looking);
        if (exitCode !== 0) throw new Error(stderr);
        const seconds = (performance.now() - startedAt) / 1000;
        const bare = await bareInserts(fleet.database.raw());
        return { wall: { ours: seconds, floor: bare / 1000 }, peak: { ours: peak, floor: null } };
      },
      close: fleet.close,
    };
  },
};
