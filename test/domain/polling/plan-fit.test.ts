import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { joinedLoads, planFit, type ScheduleLoad, wishedLoads } from '../../../src/domain/polling/plan-fit.ts';

const load = (tenants: number, pollsPerDay = 24, schedule = '0 * * * *', timezone = 'UTC'): ScheduleLoad => ({
  ...{ schedule, timezone, tenants, pollsPerDay },
});
const quota = { perDay: 10_000, reserveShare: 0.1 };

describe('The plan', () => {
  it('fits when the day holds all polls beside the reserve', () => {
    expect(planFit([load(375)], quota, 12)).toMatchObject({
      ...{ tenants: 375, limit: 10_000, reserve: 1_000, forPolls: 9_000, usedToday: 12, askedPerDay: 9_000 },
      ...{ stretch: 1, remedy: null, schedules: [{ scheduledMs: HOUR_MS, realMs: HOUR_MS }] },
    });
  });

  it('stretches every interval alike when it does not, and says what would make it fit', () => {
    const plan = planFit([load(600), load(100, 48, '*/30 * * * *')], quota, 0);
    expect(plan.stretch).toBe(2.14);
    expect(plan.schedules.map(({ realMs }) => realMs / HOUR_MS)).toEqual([2.14, 1.07]);
    expect(plan.remedy).toEqual({ requestsPerDay: 21_334, tenants: 328, schedule: '0 */2 * * *' });
  });

  it.each([
    [400, '0 */2 * * *'],
    [9_000, '0 0 * * *'],
    [9_001, null],
  ])('of %d tenants asked each ten minutes fits with the schedule %j', (tenants, schedule) => {
    const { remedy } = planFit([load(tenants, 144)], quota, 0);
    expect(remedy?.schedule).toBe(schedule);
    const pollsPerDay = schedule === '0 */2 * * *' ? 12 : 1;
    if (schedule !== null) expect(planFit([load(tenants, pollsPerDay)], quota, 0).stretch).toBe(1);
  });

  it('has no end without a limit', () => {
    const noLimit = { perDay: 0, reserveShare: 0.1 };
    expect(planFit([load(1e6)], noLimit, 5)).toMatchObject({ limit: null, forPolls: null, stretch: 1, remedy: null });
  });

  it('of nobody asks for nothing', () => {
    expect(planFit([], quota, 0)).toMatchObject({
      tenants: 0,
      askedPerDay: 0,
      stretch: 1,
      schedules: [],
      remedy: null,
    });
  });
});

describe('A wish', () => {
  it('of so many tenants keeps the proportions, and loses none of them', () => {
    const loads = wishedLoads([load(2), load(1, 48, 'b')], { tenants: 100 });
    expect(loads.map(({ tenants }) => tenants)).toEqual([67, 33]);
  });

  it('of a schedule is one for all, of as many tenants as there are', () => {
    const schedule = { expression: '0 0 * * *', pollsPerDay: 1 };
    expect(wishedLoads([load(2), load(1, 48, 'b')], { schedule })).toEqual([load(3, 1, '0 0 * * *')]);
  });

  it('of nothing changes nothing', () => {
    expect(wishedLoads([load(2)], {})).toEqual([load(2)]);
    expect(wishedLoads([load(0)], {})).toEqual([load(0)]);
  });

  it('before the first tenant is of tenants that keep to the schedule of all', () => {
    expect(wishedLoads([load(0)], { tenants: 5 })).toEqual([load(5)]);
  });
});

it('tenants that keep to the same schedule are one load', () => {
  expect(joinedLoads([load(2), load(3), load(4, 24, '0 * * * *', 'Europe/Berlin')])).toEqual([
    load(5),
    load(4, 24, '0 * * * *', 'Europe/Berlin'),
  ]);
});
