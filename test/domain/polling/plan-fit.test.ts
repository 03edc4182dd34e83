import { describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { joinedLoads, planFit, type ScheduleLoad, wishedLoads } from '../../../src/domain/polling/plan-fit.ts';
import { type Quota, requestsToday } from '../../../src/domain/polling/requests-today.ts';

const load = (tenants: number, pollsPerDay = 24, schedule = '0 * * * *', timezone = 'UTC'): ScheduleLoad => ({
  schedule,
  timezone,
  tenants,
  pollsPerDay,
});
const quota = { perDay: 10_000, reserveShare: 0.1 };

/** Nothing was used yet, and the day begins, unless given. */
function plan(loads: readonly ScheduleLoad[], { used = 0, hour = 0, of = quota }: Given = {}) {
  const now = Date.UTC(2026, 0, 15) + hour * HOUR_MS;
  return planFit(loads, of, requestsToday({ used, isExhausted: false }, of, now), now);
}

type Given = Readonly<{ used?: number; hour?: number; of?: Quota }>;

describe('The plan', () => {
  it('fits when the day holds all polls beside the reserve', () => {
    expect(plan([load(375)], { used: 12 })).toMatchObject({
      fit: 'fits',
      tenants: 375,
      limit: 10_000,
      reserve: 1_000,
      forPolls: 9_000,
      usedToday: 12,
      askedPerDay: 9_000,
      stretch: 1,
      remedy: null,
      schedules: [{ scheduledMs: HOUR_MS, realMs: HOUR_MS }],
    });
  });

  it('just fits where re-checks may need a part of the reserve for themselves', () => {
    expect(plan([load(416)])).toMatchObject({
      fit: 'just',
      askedPerDay: 9_984,
      stretch: 1,
      stretchToday: 1,
      remedy: { requestsPerDay: 11_094, tenants: 375, schedule: '0 */2 * * *' },
    });
  });

  it('stretches every interval alike when it does not, and says what would make it fit', () => {
    const { fit, stretch, schedules, remedy } = plan([load(600), load(100, 48, '*/30 * * * *')]);
    expect({ fit, stretch }).toEqual({ fit: 'short', stretch: 1.92 });
    expect(schedules.map(({ realMs }) => realMs / HOUR_MS)).toEqual([1.92, 0.96]);
    expect(remedy).toEqual({ requestsPerDay: 21_334, tenants: 328, schedule: '0 */2 * * *' });
  });

  it.each<[string, number, number | null]>([
    ['less when much is left', 2_500, 1],
    ['as ever when as much is left as of the day', 5_000, 1.5],
    ['more when little is left', 7_500, 3],
    ['without end when nothing is left', 10_000, null],
  ])('stretches the rest of a day %s', (_, used, stretchToday) => {
    expect(plan([load(625)], { used, hour: 12 })).toMatchObject({
      stretch: 1.5,
      stretchToday: expectedOf(stretchToday),
    });
  });

  it.each([
    [375, '0 * * * *'],
    [400, '0 */2 * * *'],
    [9_000, '0 0 * * *'],
    [9_001, null],
  ])('of %d tenants asked each ten minutes fits with the schedule %j', (tenants, schedule) => {
    const { remedy } = plan([load(tenants, 144)]);
    expect(remedy?.schedule).toBe(schedule);
    const pollsPerDay = { '0 * * * *': 24, '0 */2 * * *': 12, '0 0 * * *': 1 }[schedule ?? ''];
    if (pollsPerDay !== undefined) expect(plan([load(tenants, pollsPerDay)]).fit).toBe('fits');
  });

  it('has no end without a limit', () => {
    const of = { perDay: 0, reserveShare: 0.1 };
    const endless = { limit: null, forPolls: null, stretch: 1, stretchToday: 1, remedy: null, fit: 'fits' };
    expect(plan([load(1e6)], { used: 5, of })).toMatchObject(endless);
  });

  it('has no number of requests that would do where all are kept for re-checks', () => {
    const { remedy } = plan([load(1)], { of: { perDay: 10_000, reserveShare: 1 } });
    expect(remedy).toEqual({ requestsPerDay: Number.MAX_SAFE_INTEGER, tenants: 0, schedule: null });
  });

  it('shows a schedule that asks less than daily as one of a day', () => {
    expect(plan([load(1, 0)]).schedules).toMatchObject([{ scheduledMs: 24 * HOUR_MS, realMs: 24 * HOUR_MS }]);
  });

  it('of nobody asks for nothing', () => {
    expect(plan([])).toMatchObject({
      fit: 'fits',
      tenants: 0,
      askedPerDay: 0,
      stretch: 1,
      stretchToday: 1,
      schedules: [],
      remedy: null,
    });
  });
});

function expectedOf(stretch: number | null) {
  return stretch === null ? null : expect.closeTo(stretch, 6);
}

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
    expect(wishedLoads([load(0), load(0, 48, 'b')], { tenants: 5 })).toEqual([load(5)]);
    expect(wishedLoads([], { tenants: 5 })).toEqual([]);
  });
});

it('tenants that keep to the same schedule are one load', () => {
  expect(joinedLoads([load(2), load(3), load(4, 24, '0 * * * *', 'Europe/Berlin')])).toEqual([
    load(5),
    load(4, 24, '0 * * * *', 'Europe/Berlin'),
  ]);
});
