import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { startChild } from '../../support/program-child.ts';
import { bareInserts } from '../bare-inserts.ts';
import { openBenchFleet } from '../bench-fleet.ts';
import type { BenchRow } from '../bench-row.ts';
import { peakMiB } from '../measured-process.ts';

const TENANTS = 100_000;
const FEW_TENANTS = 1_000;
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
    peak: {
      title: 'peak memory of that import',
      unit: 'MiB',
      floor: `of ${FEW_TENANTS.toLocaleString('en')} tenants`,
      bound: { of: 'ratio', is: 'at most', limit: 2, aim: 1.2 },
    },
  },
  databases: ['SQLite', 'PostgreSQL'],
  samples: 1,
  isUsedUp: true,
  prepare: async (database) => {
    const fleet = await openBenchFleet(database, { tenants: 1, added: false });
    const [few, all] = [join(fleet.folder, 'few.csv'), join(fleet.folder, 'all.csv')];
    await writeFile(few, tenantsNamed('Cafe', FEW_TENANTS));
    await writeFile(all, tenantsNamed('Bakery', TENANTS));
    return {
      sample: async () => {
        const small = await importFile(few, fleet);
        const large = await importFile(all, fleet);
        const bare = await bareInserts(fleet.database.raw());
        return {
          wall: { ours: large.seconds, floor: bare / 1000 },
          peak: { ours: large.peak, floor: small.peak },
        };
      },
      close: fleet.close,
    };
  },
};

function tenantsNamed(name: string, count: number): string {
  const rows = Array.from({ length: count }, (_, n) => ({
    name: `${name} ${n}`,
    owner: `owner-${n}@${name.toLowerCase()}.example`,
    timezone: 'US/Eastern',
    refresh_token: `refresh-token-of-the-${name.toLowerCase()}-with-the-number-${n}`,
  }));
  return stringify(rows, { header: true });
}

async function importFile(
  file: string,
  { folder, env }: Readonly<{ folder: string; env: Readonly<Record<string, string>> }>,
): Promise<Readonly<{ seconds: number; peak: number }>> {
  const startedAt = performance.now();
  const child = startChild(['tenant', 'import', file, '--json'], { cwd: folder, env });
  let peak = 0;
  const looking = setInterval(() => {
    if (child.isRunning()) peak = peakMiB(child.pid);
  }, LOOK_MS);
  const { exitCode, stderr } = await child.ended;
  clearInterval(looking);
  if (exitCode !== 0) throw new Error(stderr);
  return { seconds: (performance.now() - startedAt) / 1000, peak };
}
