/**
 * How often V8 looks through the whole heap while the same garbage is made, in a daemon that watches so many tenants: the
 * argument. Prints the number.
 */
import { GCProfiler } from 'node:v8';
import { fitHeapTo, keepHeapSmall } from '../../src/composition/small-heap.ts';

const KEPT = 400_000;
const MADE = 4_000_000;

keepHeapSmall(import.meta.filename);
fitHeapTo(Number(process.argv[2]));

const profiler = new GCProfiler();
profiler.start();
const kept: object[] = [];
// Each lives for long enough to leave the young generation, and is garbage then.
for (let n = 0; n < MADE; n += 1) kept[n % KEPT] = { n, text: `${n}` };
const looks = profiler.stop()?.statistics ?? [];
process.stdout.write(`${looks.filter(({ gcType }) => gcType === 'MarkSweepCompact').length}\n`);
