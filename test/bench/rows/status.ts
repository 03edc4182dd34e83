import { join } from 'node:path';
import { MAIN, startProgram } from '../../support/program-child.ts';
import { openBenchFleet } from '../bench-fleet.ts';
import type { BenchRow } from '../bench-row.ts';
import { measureChild } from '../measured-process.ts';

const NOTHING = join(import.meta.dirname, '../children/nothing.js');

/** One short command from its start to its end, beside a Node.js that does nothing. */
export const statusRow: BenchRow = {
  name: 'status',
  figures: {
    wall: {
      title: '`linkwatch status` of one tenant, the whole command',
      unit: 'ms',
      floor: 'node that does nothing',
      bound: { of: 'ratio', is: 'at most', limit: 6, aim: 4 },
    },
  },
  databases: ['SQLite', 'PostgreSQL'],
  samples: 9,
  prepare: async (database) => {
    const fleet = await openBenchFleet(database, { tenants: 100 });
    await measureChild('poll-once.ts', [], { env: fleet.env });
    const { id } = await fleet.database.raw().db.tenant.findFirstOrThrow();
    const timed = async (file: string, args: readonly string[]) => {
      const startedAt = performance.now();
      const { exitCode, stderr } = await startProgram(file, args, { cwd: fleet.folder, env: fleet.env }).ended;
      if (exitCode !== 0) throw new Error(stderr);
      return performance.now() - startedAt;
    };
    await timed(MAIN, ['status', '--tenant', id]);
    return {
      sample: async () => ({
        wall: { ours: await timed(MAIN, ['status', '--tenant', id]), floor: await timed(NOTHING, []) },
      }),
      close: fleet.close,
    };
  },
};
