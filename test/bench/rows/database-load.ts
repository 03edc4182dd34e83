import { openBenchFleet } from '../bench-fleet.ts';
import type { BenchRow } from '../bench-row.ts';
import { measureChild } from '../measured-process.ts';

const TENANTS = 2_000;
const ROUNDS_BEFORE = 2;

type Counted = Readonly<{ wal: bigint; commits: bigint; rows: bigint }>;

const COUNTED = `SELECT (SELECT wal_bytes::bigint FROM pg_stat_wal) AS wal, d.xact_commit AS commits,
    d.tup_inserted + d.tup_updated + d.tup_deleted AS rows
  FROM pg_stat_database d WHERE d.datname = current_database()`;

/** What unchanged polls ask of the database server: what saturates first. */
export const databaseLoadRow: BenchRow = {
  name: 'database-load',
  figures: {
    wal: { title: 'write-ahead log per unchanged poll', unit: 'B', floor: null, bound: null },
    commits: { title: 'transactions per 1,000 unchanged polls', unit: '', floor: null, bound: null },
    rows: { title: 'rows written per unchanged poll', unit: '', floor: null, bound: null },
  },
  databases: ['PostgreSQL'],
  samples: 3,
  prepare: async (database) => {
    const fleet = await openBenchFleet(database, { tenants: TENANTS });
    const round = () => measureChild<{ polled: number }>('poll-once.ts', [], { env: fleet.env });
    const counted = async (): Promise<Counted> => {
      const { db } = fleet.database.raw();
      await db.$executeRawUnsafe('SELECT pg_stat_force_next_flush()');
      const [row] = await db.$queryRawUnsafe<Counted[]>(COUNTED);
      if (row === undefined) throw new Error('the server counts nothing');
      return row;
    };
    for (let n = 0; n < ROUNDS_BEFORE; n += 1) await round();
    return {
      sample: async () => {
        const before = await counted();
        const { polled } = await round();
        const after = await counted();
        const each = (of: (counts: Counted) => bigint) => Number(of(after) - of(before)) / polled;
        return {
          wal: { ours: each(({ wal }) => wal), floor: null },
          commits: { ours: 1000 * each(({ commits }) => commits), floor: null },
          rows: { ours: each(({ rows }) => rows), floor: null },
        };
      },
      close: fleet.close,
    };
  },
};
