/**
 * `npm run bench:replay [TENANTS]`: `linkwatch replay` over a month of hourly polls of that many tenants with three
 * connections, 5 % of them in trouble, on SQLite. Machines differ: the time is an impression, the memory a bound.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openDatabase } from '../../src/store/database.ts';
import { createEncryption } from '../../src/store/encryption.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { fillMonth } from './fill-month.ts';
import { MONTH_MS } from './month.ts';

const TENANTS = Number(process.argv[2] ?? 3333);
const TROUBLED = Math.max(1, Math.round(TENANTS * Number(process.argv[3] ?? 0.05)));
const run = promisify(execFile);

const folder = await mkdtemp(join(tmpdir(), 'linkwatch-bench-'));
const file = join(folder, 'bench.db');
try {
  await fill();
  console.log(`${TENANTS} tenants of 3 connections, ${TROUBLED} in trouble, ${(await stat(file)).size >> 20} MiB`);
  console.table({ 'as configured': await replay([]), 'CONFIRM_POLLS=3': await replay(['--set', 'CONFIRM_POLLS=3']) });
} finally {
  await rm(folder, { recursive: true });
}

async function fill(): Promise<void> {
  const databaseUrl = `file:${file}`;
  const encryption = createEncryption([randomBytes(32)]);
  const store = openStores({ databaseUrl, encryption });
  await store.migrate();
  const raw = openDatabase(databaseUrl);
  const now = Date.now();
  await fillMonth(store, raw, { tenants: TENANTS, troubled: TROUBLED, begin: now - (now % 3_600_000) - MONTH_MS });
  await store.close();
  await raw.db.$disconnect();
}

async function replay(args: readonly string[]) {
  const env = { ...process.env, DATABASE_URL: `file:${file}` };
  const startedAt = performance.now();
  const command = [join(import.meta.dirname, 'children/with-peak-memory.ts'), 'replay', '--json', ...args];
  const { stdout, stderr } = await run(process.execPath, command, { env, maxBuffer: 2 ** 30 });
  const wallMs = performance.now() - startedAt;
  const { pollsReplayed, totals } = JSON.parse(stdout) as Answer;
  const kinds = Object.values(totals);
  const sum = (count: (total: Total) => number) => kinds.reduce((all, total) => all + count(total), 0);
  return {
    'wall s': (wallMs / 1000).toFixed(1),
    'peak MiB': Number(/(\d+) MiB/.exec(stderr)?.[1]),
    'polls read': pollsReplayed,
    would: sum(({ would }) => would),
    was: sum(({ was }) => was),
    'only would': sum(({ onlyWould }) => onlyWould),
    'only was': sum(({ onlyWas }) => onlyWas),
  };
}

type Total = Readonly<{ would: number; was: number; onlyWould: number; onlyWas: number }>;
type Answer = Readonly<{ pollsReplayed: number; totals: Readonly<Record<string, Total>> }>;
