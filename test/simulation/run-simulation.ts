/**
 * `npm run simulate -- --seed N [--days D] [--shrink]`: lives through one simulated world, and prints it as a log with what
 * was promised and not kept; `--seeds FROM..TO` lives through many, and prints those alone that show a violation. Ends
 * with 1 when any does.
 */
import { parseArgs } from 'node:util';
import { diaryOf } from './diary.ts';
import { drawPlan } from './draw-plan.ts';
import { judge } from './judge.ts';
import type { Plan } from './plan.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    days: { type: 'string', default: '4' },
    shrink: { type: 'boolean', default: false },
  },
});
const days = Number(values.days);
const failed = values.seeds === undefined ? await showOne(Number(values.seed ?? 1)) : await runMany(values.seeds);
process.exitCode = failed ? 1 : 0;

async function violationsOf(plan: Plan): Promise<readonly string[]> {
  return judge(plan, await simulate(plan));
}

async function showOne(seed: number): Promise<boolean> {
  const drawn = drawPlan(seed, days);
  const violations = await violationsOf(drawn);
  const plan = values.shrink && violations.length > 0 ? await shrink(drawn, sameViolation(violations)) : drawn;
  const evidence = await simulate(plan);
  for (const line of diaryOf(plan, evidence)) console.log(line);
  const found = judge(plan, evidence);
  console.log(
    found.length === 0 ? 'every promise was kept' : `\nnot kept:\n${found.map((line) => `  ${line}`).join('\n')}`,
  );
  return found.length > 0;
}

/** Of the same kind, as far as its words without names and times tell. */
function sameViolation([first = '']: readonly string[]): (plan: Plan) => Promise<boolean> {
  const kindOf = (line: string) => line.replaceAll(/\S*[\d@]\S*/g, '').replaceAll(/\s+/g, ' ');
  return async (plan) => (await violationsOf(plan)).some((line) => kindOf(line) === kindOf(first));
}

async function runMany(range: string): Promise<boolean> {
  const [from = 1, to = from] = range.split('..').map(Number);
  let failures = 0;
  for (let seed = from; seed <= to; seed += 1) {
    const violations = await violationsOf(drawPlan(seed, days));
    if (violations.length === 0) continue;
    failures += 1;
    console.log(`seed ${seed}: ${violations.length} violations\n${violations.map((line) => `  ${line}`).join('\n')}`);
  }
  console.log(`${to - from + 1} seeds of ${days} days: ${failures} with a violation`);
  return failures > 0;
}
