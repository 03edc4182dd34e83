import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/domain/model/time.ts';
import {
  type PollPlanSettings,
  planRegularPoll,
  scheduledInterval,
  shareOf,
  slotsOnDay,
} from '../../../src/domain/polling/poll-plan.ts';
import { seededRandom } from '../../../src/sandbox/seeded-random.ts';
import { ms, utc } from '../../support/domain-time.ts';
import { alwaysStretched, hourly, scheduleOf, unstretched } from '../../support/schedules.ts';

const NOON = utc('2026-01-15 12:00');
const ids = (count: number, prefix = 'tenant-') => Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

function plan(id: string, at: Instant, settings: Partial<PollPlanSettings> = {}) {
  const tenant = { id, lastPolledAt: at - HOUR_MS };
  return planRegularPoll(tenant, at, { schedule: hourly, spread: false, stretch: unstretched, ...settings });
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

describe('where the requests are too few', () => {
  const midnight = utc('2026-01-16 00:00');
  const stretched = (today: number, later = today) => ({ today, later, dayEndsAt: midnight });

  it.each([1.5, 2, 3.7])('a poll comes %d times later, counted from the one before', (times) => {
    const at = NOON + ms('7m');
    const { nextPollAt, intervalMs } = plan('tenant-1', at, { stretch: alwaysStretched(times), spread: true });
    expect(nextPollAt - at).toBe(intervalMs);
    expect(Math.abs(intervalMs - times * HOUR_MS)).toBeLessThanOrEqual(1);
  });

  it('the rest of the day is stretched by what is left of it, and the next one by a whole day', () => {
    const at = midnight - 2 * HOUR_MS;
    // Two hours hold half a slot; the other half comes by the stretch of the new day.
    expect(plan('tenant-1', at, { stretch: stretched(4, 2) }).nextPollAt).toBe(midnight + HOUR_MS);
    expect(plan('tenant-1', at, { stretch: stretched(1, 2) }).nextPollAt).toBe(at + HOUR_MS);
  });

  it('nothing is planned before midnight when nothing is left', () => {
    const stretch = stretched(Number.POSITIVE_INFINITY, 1);
    expect(plan('tenant-1', NOON, { stretch }).nextPollAt).toBe(midnight + HOUR_MS);
  });

  it('tenants that came together are drawn apart by their first poll, and keep their distance', () => {
    const settings = { schedule: hourly, spread: true, stretch: alwaysStretched(2) };
    const first = (id: string) => planRegularPoll({ id, lastPolledAt: null }, NOON, settings);
    const waits = ids(1000).map((id) => (first(id).nextPollAt - NOON) / (2 * HOUR_MS));
    expect(Math.min(...waits)).toBeCloseTo(0.75, 1);
    expect(Math.max(...waits)).toBeCloseTo(1.25, 1);
    const perTenth = Map.groupBy(waits, (wait) => Math.floor((wait - 0.75) * 20));
    for (const { length } of perTenth.values()) expect(Math.abs(length - 100)).toBeLessThan(40);
    expect(first('tenant-1').intervalMs).toBe(2 * HOUR_MS);
  });

  it('hours without a slot are left out, and are not made up for', () => {
    const schedule = scheduleOf('0 9-16 * * *');
    const at = utc('2026-01-15 16:00');
    const { nextPollAt } = plan('tenant-1', at, { schedule, stretch: alwaysStretched(2) });
    expect(nextPollAt).toBe(utc('2026-01-16 10:00'));
  });
});

describe('a schedule', () => {
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
function regularPolls({ id, settings, from, until, chance }: Run): readonly RegularPoll[] {
  const polls: RegularPoll[] = [];
  let lastPolledAt: Instant | null = null;
  let { nextPollAt } = planRegularPoll({ id, lastPolledAt }, from, settings);
  const poll = (at: Instant) => {
    const planned = planRegularPoll({ id, lastPolledAt }, at, settings);
    lastPolledAt = at;
    nextPollAt = planned.nextPollAt;
    return planned.intervalMs;
  };
  while (nextPollAt <= until) {
    const plannedAt = nextPollAt;
    const following = planRegularPoll({ id, lastPolledAt: from }, plannedAt, settings).nextPollAt;
    const at = plannedAt + Math.floor(chance() ** 4 * Math.min(5 * MINUTE_MS, following - plannedAt - 1));
    polls.push({ at, plannedAt, intervalMs: poll(at) });
    while (chance() < 0.3) {
      const recheckAt = (lastPolledAt ?? 0) + 1 + Math.floor(chance() * 15 * MINUTE_MS);
      if (recheckAt >= nextPollAt) break;
      poll(recheckAt);
    }
  }
  return polls;
}

type RegularPoll = Readonly<{ at: Instant; plannedAt: Instant; intervalMs: number }>;
type Run = Readonly<{ id: string; settings: PollPlanSettings; from: Instant; until: Instant; chance: () => number }>;

const SLOTS = 120;

describe('over days, whatever comes between', () => {
  const schedule = fc.constantFrom(
    ['* * * * *'],
    ['*/15 * * * *'],
    ['0 * * * *'],
    ['7,8,30 * * * *'],
    ['0 */6 * * *'],
    ['0 9 * * *'],
    ['0 9-17 * * 1-5'],
    ['30 2 * * *', 'America/New_York'],
    ['*/20 8-18 * * *', 'Africa/Cairo'],
    ['0 0 1,15 * *'],
  );
  const anyRun = fc.record({
    id: fc.string(),
    schedule,
    spread: fc.boolean(),
    // No change of the clocks from May to August in the zones above.
    day: fc.integer({ min: 0, max: 90 }),
    seed: fc.string(),
  });

  it('the regular polls of a tenant are the slots of its schedule, within one', () => {
    fc.assert(
      fc.property(anyRun, ({ id, schedule: [expression = '', zone], spread, day, seed }) => {
        const own = scheduleOf(expression, zone);
        const first = own.numberAt(utc('2026-05-01 00:00') + day * DAY_MS);
        const [from, until] = [own.momentOf(first), own.momentOf(first + SLOTS)];
        const settings = { schedule: own, spread, stretch: unstretched };
        const polls = regularPolls({ id, settings, from, until, chance: seededRandom(seed) });
        expect(Math.abs(polls.length - SLOTS)).toBeLessThanOrEqual(1);
        for (const { at, plannedAt, intervalMs } of polls) {
          const { nextPollAt } = planRegularPoll({ id, lastPolledAt: plannedAt }, at, settings);
          expect(nextPollAt - plannedAt).toBe(intervalMs);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('30 tenants every 10 s with requests for two thirds of that are polled every 15 s', () => {
    const settings = { schedule: scheduleOf('*/10 * * * * *'), spread: true, stretch: alwaysStretched(1.5) };
    for (const id of ids(30)) {
      let at = NOON;
      let count = 0;
      for (; at < NOON + HOUR_MS; count += 1)
        at = planRegularPoll({ id, lastPolledAt: count === 0 ? null : at }, at, settings).nextPollAt;
      expect(Math.abs(count - 240)).toBeLessThanOrEqual(1);
    }
  });

  it.each([1, 1.5, 1e9])('a poll stretched %d times can be stored, whatever the schedule', (times) => {
    const settings = { schedule: scheduleOf('0 0 * 2 SUN#5'), spread: true, stretch: alwaysStretched(times) };
    const { nextPollAt, intervalMs } = plan('tenant-1', NOON, settings);
    expect(nextPollAt).toBeGreaterThan(NOON);
    expect(nextPollAt).toBeLessThan(utc('9999-01-01 00:00'));
    expect(intervalMs).toBeGreaterThan(0);
  });

  it('a stretch that ends lets the next slot be the next poll', () => {
    const settings = { schedule: hourly, spread: false, stretch: unstretched };
    const planned = planRegularPoll({ id: 'tenant-1', lastPolledAt: NOON }, NOON + ms('5m'), settings);
    expect(planned).toEqual({ nextPollAt: NOON + ms('1h'), intervalMs: ms('1h') });
  });
});
