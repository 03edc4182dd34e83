/**
 * `npm run days [-- TENANTS...]`: the program's own rounds live through days of so many tenants that are asked once an hour,
 * with 1 and with 5 keys of 10,000 requests a day each. Days of 2 to 60, so that each tenant is polled some times. Ends
 * with 1 where a limit was exceeded, or a tenant was polled half again as often as another.
 */
import { formatDuration } from '../../src/words/format-time.ts';
import { figuresOf } from './days-figures.ts';
import { outageFiguresOf } from './outage-figures.ts';
import { type Setup, simulateDays } from './simulate-days.ts';

const SIZES = [100, 416, 2_500, 10_000, 100_000] as const;
const given = process.argv.slice(2).map(Number);
const sizes = given.length === 0 ? SIZES : given;

const rows: Record<string, object> = {};
let isWell = true;
for (const tenants of sizes) {
  for (const keys of [1, 5]) {
    const startedAt = performance.now();
    const days = await simulateDays(setupOf(tenants, keys));
    const figures = figuresOf(days);
    const { perSecond, perDay } = days.limits;
    isWell &&= figures.overLimit === 0 && figures.fairness <= 1.5;
    isWell &&= figures.mostInASecond <= perSecond && figures.mostInADay <= perDay;
    rows[`${tenants.toLocaleString('en-US')} tenants, ${keys} ${keys === 1 ? 'key' : 'keys'}`] = {
      days: days.setup.days,
      'quota used': `${(figures.usedShare * 100).toFixed(1)}%`,
      'median interval': formatDuration(figures.medianMs),
      'worst interval': formatDuration(figures.worstMs),
      'most/fewest polls': figures.fairness.toFixed(2),
      'most in a second': figures.mostInASecond,
      'most in a day': figures.mostInADay,
      'over a limit': figures.overLimit,
      'doubt settled within': figures.doubtMs === null ? '' : formatDuration(figures.doubtMs),
      'took s': ((performance.now() - startedAt) / 1000).toFixed(0),
    };
    console.log(`${tenants} tenants, ${keys} keys: done`);
  }
}
console.table(rows);

if (given.length === 0) {
  console.log('An hour in which Constant Contact does not answer, 2,500 tenants, 3 workers:');
  for (const kind of ['server', 'timeout'] as const) {
    const days = await simulateDays({
      tenants: 2_500,
      keys: 1,
      workers: 3,
      days: 1,
      outages: [{ from: 10, hours: 1, kind }],
    });
    console.table({ [kind]: outageFiguresOf(days) });
  }
}
process.exitCode = isWell ? 0 : 1;

/** The first day is joined at 09:00 with 60% of it used; every worker is killed at 17:30. */
function setupOf(tenants: number, keys: number): Setup {
  const stretch = Math.max(1, (tenants * 24) / (keys * 10_000));
  return {
    tenants,
    keys,
    workers: 3,
    days: Math.min(60, Math.max(2, Math.ceil(stretch / 4))),
    begin: { hour: 9, usedShare: 0.6 },
    restartsAt: [8.5],
    suspects: 0.01,
  };
}
