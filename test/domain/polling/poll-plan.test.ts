import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../../src/domain/model/time.ts';
import {
  demandOf,
  inHundredths,
  type PollPlanSettings,
  planRegularPoll,
  scheduledInterval,
  shareOf,
  shortageOf,
  slotsOnDay,
  stretchFor,
} from '../../../src/domain/polling/poll-plan.ts';
import { seededRandom } from '../../../src/sandbox/seeded-random.ts';
import { ms, utc } from '../../support/domain-time.ts';
import { everyGap, hourly, scheduleOf } from '../../support/schedules.ts';

const NOON = utc('2026-01-15 12:00');
const ids = (count: number, prefix = 'tenant-') => Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

function plan(id: string, at: Instant, settings: Partial<PollPlanSettings> = {}) {
  const tenant = { id, lastPolledAt: null, intervalMs: HOUR_MS };
  return planRegularPoll(tenant, at, { schedule: hourly, spread: false, stretch: 1, ...settings });
}

describe('a regular poll', () => {
  it('is at the next slot when polls are not spread', () => {
    expect(plan('tenant-1', NOON + ms('1m'))).toEqual({ nextPollAt: NOON + ms('1h'), intervalMs: ms('1h') });
  });

  it('at a slot is the slot after', () => {
    expect(plan('tenant-1', NOON).nextPollAt).toBe(NOON + ms('1h'));
  });

  it('when spread keeps its own minute from one hour to the next', () => {
    const offset = Math.floor(shareOf('tenant-1') * HOUR_MS);
    const first = plan('tenant-1', NOON + offset, { spread: true });
    const second = plan('tenant-1', first.nextPollAt, { spread: true });
    expect(first.nextPollAt).toBe(NOON + ms('1h') + offset);
    expect(second.nextPollAt).toBe(NOON + ms('2h') + offset);
  });

  it('that was made early comes at its own minute of the same hour', () => {
    const offset = Math.floor(shareOf('tenant-1') * HOUR_MS);
    expect(plan('tenant-1', NOON, { spread: true }).nextPollAt).toBe(NOON + offset);
  });

  it('on uneven slots is spread over the shortest gap alone', () => {
    const schedule = scheduleOf('0 9,12 * * *');
    const share = shareOf('tenant-1');
    const { nextPollAt, intervalMs } = plan('tenant-1', NOON + ms('3h'), { schedule, spread: true });
    expect(nextPollAt).toBe(NOON + ms('21h') + Math.floor(share * ms('3h')));
    expect(intervalMs).toBe(ms('21h'));
  });

  it.each([1, 1.5, 2, 3.7])('stretched %d times comes that much later, and speaks for that much longer', (stretch) => {
    const { nextPollAt, intervalMs } = plan('tenant-1', NOON, { schedule: everyGap(HOUR_MS, NOON), stretch });
    expect(nextPollAt - NOON).toBe(intervalMs);
    expect(intervalMs).toBe(Math.round(stretch * HOUR_MS));
  });
});

describe('a fleet on one schedule', () => {
  const offsets = (tenantIds: readonly string[]) =>
    tenantIds.map((id) => plan(id, NOON, { spread: true }).nextPollAt - NOON);

  it.each([
    ['counted names', ids(1000)],
    ['names with a long common part', ids(1000, '01890a5d-ac96-774b-bcce-b302099a')],
    ['numbers', ids(1000, '')],
  ])('is spread evenly over the hour: %s', (_, tenantIds) => {
    const perMinute = Array.from({ length: 60 }, () => 0);
    for (const offset of offsets(tenantIds)) {
      const minute = Math.floor((offset % HOUR_MS) / MINUTE_MS);
      perMinute[minute] = (perMinute[minute] ?? 0) + 1;
    }
    // 1,000 over 60 minutes: 16.7 each; a fair die stays well within these bounds.
    expect(Math.max(...perMinute)).toBeLessThan(36);
    expect(Math.min(...perMinute)).toBeGreaterThan(3);
  });

  it('never asks many tenants within one second', () => {
    const perSecond = new Map<number, number>();
    for (const offset of offsets(ids(1000))) {
      const second = Math.floor(offset / 1000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(5);
  });

  it('gives every tenant the same share each time, from 0 up to 1', () => {
    for (const id of ids(1000)) {
      expect(shareOf(id)).toBe(shareOf(id));
      expect(shareOf(id)).toBeGreaterThanOrEqual(0);
      expect(shareOf(id)).toBeLessThan(1);
    }
  });
});

describe('when the quota does not hold the schedule', () => {
  it.each<[string, number, number, number, number]>([
    ['it stays as it is while there is room', 8000, 10_000, 0.1, 1],
    ['it stays when it just fits beside the reserve', 9000, 10_000, 0.1, 1],
    ['it stretches by as much as is missing', 18_000, 10_000, 0.1, 2],
    ['no limit stretches nothing', 1_000_000, 0, 0.1, 1],
    ['nothing planned stretches nothing', 0, 10_000, 0.1, 1],
  ])('%s', (_, planned, quota, reserve, stretch) => {
    expect(stretchFor(planned, quota, reserve)).toBeCloseTo(stretch, 10);
  });

  it('stretched plans fit beside the reserve', () => {
    const requestsPerDay = (intervalMs: number) => DAY_MS / intervalMs;
    const tenants = 2000;
    const stretch = stretchFor(tenants * requestsPerDay(HOUR_MS), 10_000, 0.1);
    expect(tenants * requestsPerDay(stretch * HOUR_MS)).toBeCloseTo(9000, 6);
  });

  it('the stretch is used in hundredths, rounded up, so that one more tenant does not move the polls of all', () => {
    expect([1, 1.5, 1.501, 1.509, 1.51, 4 / 3].map(inHundredths)).toEqual([1, 1.5, 1.51, 1.51, 1.51, 1.34]);
  });

  it('counts the slots of the UTC day', () => {
    const at = utc('2026-11-20 17:45');
    const count = (expression: string, zone?: string) => slotsOnDay(scheduleOf(expression, zone), at);
    expect(count('0 * * * *')).toBe(24);
    expect(count('*/10 * * * * *')).toBe(8640);
    expect(count('0 9-17 * * *', 'America/New_York')).toBe(9);
    expect(count('0 9 * * 1-5')).toBe(1);
    expect(count('0 9 * * 6,7')).toBe(0);
    expect(count('0 0 29 2 *')).toBe(0);
  });

  it('knows how far the slots of a schedule are apart', () => {
    expect(scheduledInterval(scheduleOf('0 9-17 * * *'), utc('2026-11-20 12:30'))).toBe(ms('1h'));
    expect(scheduledInterval(scheduleOf('0 9-17 * * *'), utc('2026-11-20 17:30'))).toBe(ms('16h'));
  });
});

/** A tenant that is polled as planned: each poll ends late, some are followed by a re-check, and some by another. */
function regularPolls(run: Run): readonly Readonly<{ at: Instant; plannedAt: Instant; intervalMs: number }>[] {
  const { settings, from, until, chance } = run;
  const polls = [];
  let tenant = { id: run.id, lastPolledAt: null as Instant | null, intervalMs: 0 };
  let { nextPollAt } = planRegularPoll(tenant, from, settings);
  const poll = (at: Instant) => {
    const planned = planRegularPoll(tenant, at, settings);
    tenant = { ...tenant, lastPolledAt: at, intervalMs: planned.intervalMs };
    nextPollAt = planned.nextPollAt;
  };
  while (nextPollAt <= until) {
    const plannedAt = nextPollAt;
    const following = planRegularPoll(tenant, plannedAt, settings).nextPollAt;
    const at = plannedAt + Math.floor(chance() ** 4 * Math.min(5 * MINUTE_MS, following - plannedAt - 1));
    poll(at);
    polls.push({ at, plannedAt, intervalMs: tenant.intervalMs });
    while (chance() < 0.3) {
      const recheckAt = (tenant.lastPolledAt ?? 0) + 1 + Math.floor(chance() * 15 * MINUTE_MS);
      if (recheckAt >= nextPollAt) break;
      poll(recheckAt);
    }
  }
  return polls;
}

type Run = Readonly<{ id: string; settings: PollPlanSettings; from: Instant; until: Instant; chance: () => number }>;

const SLOTS = 120;

describe('over days, whatever comes between', () => {
  const schedule = fc.constantFrom(
    ...[['* * * * *'], ['*/15 * * * *'], ['0 * * * *'], ['7,8,30 * * * *'], ['0 */6 * * *'], ['0 9 * * *']],
    ...[['0 9-17 * * 1-5'], ['30 2 * * *', 'America/New_York'], ['*/20 8-18 * * *', 'Africa/Cairo'], ['0 0 1,15 * *']],
  );
  const stretch = fc.oneof(
    fc.double({ min: 1, max: 50, noNaN: true }),
    fc.constantFrom(1, 1.01, 1.25, 1.5, 1.99, 2, 2.67),
  );
  const anyRun = fc.record({
    id: fc.string(),
    schedule,
    stretch,
    spread: fc.boolean(),
    // No change of the clocks from May to August in the zones above.
    day: fc.integer({ min: 0, max: 90 }),
    seed: fc.string(),
  });

  it('the regular polls of a tenant are the slots of its schedule divided by the stretch, within one', () => {
    fc.assert(
      fc.property(anyRun, ({ id, schedule: [expression = '', zone], stretch, spread, day, seed }) => {
        const own = scheduleOf(expression, zone);
        const first = own.numberAt(utc('2026-05-01 00:00') + day * DAY_MS);
        const [from, until] = [own.momentOf(first), own.momentOf(first + SLOTS)];
        const chance = seededRandom(seed);
        const polls = regularPolls({ id, settings: { schedule: own, spread, stretch }, from, until, chance });
        expect(Math.abs(polls.length - SLOTS / stretch)).toBeLessThanOrEqual(1);
        for (const { at, plannedAt, intervalMs } of polls) {
          const { nextPollAt } = planRegularPoll({ id, lastPolledAt: null, intervalMs }, at, {
            schedule: own,
            spread,
            stretch,
          });
          expect(nextPollAt - plannedAt).toBe(intervalMs);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('30 tenants every 10 s with requests for two thirds of that are polled every 15 s', () => {
    const settings = { schedule: scheduleOf('*/10 * * * * *'), spread: true, stretch: 1.5 };
    for (const id of ids(30)) {
      const polls = regularPolls({ id, settings, from: NOON, until: NOON + HOUR_MS, chance: () => 0.5 });
      expect(Math.abs(polls.length - 240)).toBeLessThanOrEqual(1);
      expect(new Set(polls.map(({ intervalMs }) => intervalMs))).toEqual(new Set([15 * SECOND_MS]));
    }
  });

  it('a stretch that changes all the time neither adds polls nor costs any, on average', () => {
    const polls = ids(50).map((id) => {
      let tenant = { id, lastPolledAt: NOON, intervalMs: 2 * HOUR_MS };
      let count = 0;
      for (let at = NOON; at < NOON + 20 * DAY_MS; count += 1) {
        const stretch = 2 + (count % 7) / 100;
        const planned = planRegularPoll(tenant, at, { schedule: hourly, spread: true, stretch });
        expect(planned.nextPollAt - at).toBeLessThanOrEqual(planned.intervalMs * 1.5);
        tenant = { id, lastPolledAt: at, intervalMs: planned.intervalMs };
        at = planned.nextPollAt + SECOND_MS;
      }
      return count;
    });
    const all = polls.reduce((sum, count) => sum + count, 0);
    expect(all / ((50 * 20 * 24) / 2.03)).toBeCloseTo(1, 1);
  });

  it('a stretch beyond all calendars plans a moment that can be stored', () => {
    const settings = { schedule: scheduleOf('0 0 * 2 SUN#5'), spread: true, stretch: 1e9 };
    const { nextPollAt, intervalMs } = plan('tenant-1', NOON, settings);
    expect(nextPollAt).toBeGreaterThan(NOON);
    expect(nextPollAt).toBeLessThan(utc('9999-01-01 00:00'));
    expect(intervalMs).toBeGreaterThan(0);
  });

  it('a stretch that ends lets the next slot be the next poll', () => {
    const tenant = { id: 'tenant-1', lastPolledAt: NOON, intervalMs: 5 * HOUR_MS };
    const planned = planRegularPoll(tenant, NOON + ms('5m'), { schedule: hourly, spread: false, stretch: 1 });
    expect(planned).toEqual({ nextPollAt: NOON + ms('1h'), intervalMs: ms('1h') });
  });
});

describe('The demand of all schedules', () => {
  it.each<[string, number, number, number, ReturnType<typeof shortageOf>]>([
    ['that fits beside the reserve is no shortage', 9000, 10_000, 1, null],
    [
      'that is a little more is told in hundredths, rounded up',
      9001,
      10_000,
      1.01,
      { perDay: 10_000, planned: 9001, stretch: 1.01 },
    ],
    ['without a limit is no shortage', 1_000_000, 0, 1, null],
  ])('%s', (_, asked, perDay, stretch, shortage) => {
    const quota = { perDay, reserveShare: 0.1 };
    expect(demandOf(asked, quota)).toEqual({ askedPerDay: asked, stretch });
    expect(shortageOf(demandOf(asked, quota), quota)).toEqual(shortage);
  });
});
