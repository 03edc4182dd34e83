/**
 * `npm run simulate -- --seed N [--days D]`: lives through one simulated world, and prints it as a log.
 * `npm run simulate -- --seeds COUNT [--first N] [--days D]`: lives through many, and prints a summary; the first that shows
 * a violation is printed as a log of what it takes. Ends with 1 when any does. `--fleet`: worlds of a whole fleet.
 */
import { parseArgs } from 'node:util';
import { diaryOf } from './diary.ts';
import { drawFleetPlan } from './draw-fleet.ts';
import { drawPlan } from './draw-plan.ts';
import { judge } from './judge.ts';
import type { Plan } from './plan.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';
import { addScores, NO_SCORE, scoreOf, violationsOf } from './verdict.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '10' },
    first: { type: 'string', default: '1' },
    days: { type: 'string', default: '7' },
    fleet: { type: 'boolean', default: false },
  },
});
const days = Number(values.days);
const draw = values.fleet ? drawFleetPlan : drawPlan;
const isWell = values.seed === undefined ? await runMany() : await showOne(draw(Number(values.seed), days));
process.exitCode = isWell ? 0 : 1;

async function judged(plan: Plan) {
  return judge(plan, await simulate(plan));
}

async function showOne(plan: Plan): Promise<boolean> {
  const evidence = await simulate(plan);
  for (const line of diaryOf(plan, evidence)) console.log(line);
  const violations = violationsOf(judge(plan, evidence));
  console.log(violations.length === 0 ? 'Every promise was kept.' : 'Not kept:');
  for (const line of violations) console.log(`  ${line}`);
  return violations.length === 0;
}

async function runMany(): Promise<boolean> {
  const [first, count] = [Number(values.first), Number(values.seeds)];
  const startedAt = performance.now();
  const failing: number[] = [];
  let score = NO_SCORE;
  for (let seed = first; seed < first + count; seed += 1) {
    const verdict = await judged(draw(seed, days));
    score = addScores(score, scoreOf(verdict));
    const violations = violationsOf(verdict);
    if (violations.length === 0) continue;
    failing.push(seed);
    console.log(`seed ${seed}:`);
    for (const line of violations) console.log(`  ${line}`);
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.table([{ seeds: count, days, ...score, 'seeds that failed': failing.length, seconds }]);
  if (failing[0] === undefined) return true;
  console.log(
    `\nWhat it takes of seed ${failing[0]} (\`npm run simulate -- --seed ${failing[0]} --days ${days}\` shows all):`,
  );
  await showOne(await shrunk(draw(failing[0], days)));
  return false;
}

async function shrunk(plan: Plan): Promise<Plan> {
  const [first = ''] = violationsOf(await judged(plan));
  return await shrink(plan, async (smaller) =>
    violationsOf(await judged(smaller)).some((line) => kindOf(line) === kindOf(first)),
  );
}

/** Two violations are of a kind when their words are the same without names and times. */
function kindOf(violation: string): string {
  return violation.replaceAll(/\S*[\d@]\S*/g, '').replaceAll(/\s+/g, ' ');
}
