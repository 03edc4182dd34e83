import { describe, expect, it } from '@jest/globals';
import { corpus, fleetCorpus, onceFailed } from './corpus.ts';
import { drawFleetPlan } from './draw-fleet.ts';
import { drawPlan } from './draw-plan.ts';
import { judge } from './judge.ts';
import { fleetSabotages, peopleSabotages, sabotages } from './sabotages.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';
import { scoreOf, violationsOf } from './verdict.ts';

describe('Days of faults', () => {
  it.each(corpus)('keep every promise: seed $seed, in which $why', async ({ seed }) => {
    const plan = drawPlan(seed, 7);
    const verdict = judge(plan, await simulate(plan));
    expect(violationsOf(verdict)).toEqual([]);
    expect(scoreOf(verdict).told).toBeGreaterThan(0);
  });

  it.each(fleetCorpus)('of a whole fleet keep every promise: seed $seed, in which $why', async ({ seed }) => {
    const plan = drawFleetPlan(seed, 10);
    const evidence = await simulate(plan);
    expect(violationsOf(judge(plan, evidence))).toEqual([]);
    const about = new Set(evidence.mails.map((mail) => mail.about));
    expect(about).toEqual(about.union(new Set(['hold_began', 'hold_ended'])));
  });

  it.each(onceFailed)('keep every promise again where $why', async ({ plan }) => {
    expect(violationsOf(judge(plan, await simulate(plan)))).toEqual([]);
  });

  it('are the same whenever they are lived through', async () => {
    const plan = drawPlan(1, 3);
    expect(await simulate(plan)).toEqual(await simulate(drawPlan(1, 3)));
  });
});

describe('The judge of a simulation', () => {
  it.each(sabotages)('notices that $what', async ({ shownAs, seed, sabotage }) => {
    const plan = drawPlan(seed, 4);
    const score = scoreOf(judge(plan, await simulate(plan, sabotage)));
    expect(score[shownAs]).toBeGreaterThan(0);
  });

  it.each(peopleSabotages)('notices that $what', async ({ seed, sabotage, asks }) => {
    const plan = drawPlan(seed, 10);
    const violations = violationsOf(judge(plan, await simulate(plan, sabotage)));
    expect(violations).toContainEqual(expect.stringMatching(asks));
  });
});

describe('The judge of a whole fleet', () => {
  it.each(fleetSabotages)('notices that $what', async ({ seed, sabotage, asks }) => {
    const plan = drawFleetPlan(seed, 10);
    const violations = violationsOf(judge(plan, await simulate(plan, sabotage)));
    expect(violations).toContainEqual(expect.stringMatching(asks));
  });
});

describe('A plan that fails', () => {
  it('is shrunk to what it takes', async () => {
    const plan = drawPlan(1, 7);
    const needed = [plan.happenings[3], plan.happenings[9]];
    const shrunk = await shrink(plan, async ({ happenings }) =>
      needed.every((one) => one !== undefined && happenings.includes(one)),
    );
    expect(shrunk.happenings).toEqual(needed);
  });
});
