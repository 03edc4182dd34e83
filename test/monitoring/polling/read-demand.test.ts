import { describe, expect, it } from '@jest/globals';
import { createDemandReader } from '../../../src/monitoring/polling/read-demand.ts';
import { createTenantSchedules } from '../../../src/monitoring/polling/tenant-schedules.ts';
import type { PollStore, ScheduleUse } from '../../../src/monitoring/ports.ts';
import { ms, utc } from '../../support/domain-time.ts';
import { manualClock } from '../../support/use-case-clock.ts';
import { collectingLog } from '../../support/use-case-log.ts';

const use = (tenants: number, schedule: string | null, timezone = 'UTC'): ScheduleUse => ({
  ...{ tenants, schedule, timezone, firstId: 'a' },
});

/** 10,000 requests a day, 9,000 of them for polls. */
function demandOf(schedules: PollStore['schedules'], perDay = 10_000) {
  const clock = manualClock(utc('2026-11-20 12:00'));
  const reader = createDemandReader({
    globalSchedule: '0 * * * *',
    ...{ clock, polls: { schedules }, quota: { perDay, reserveShare: 0.1 } },
    schedules: createTenantSchedules('0 * * * *', collectingLog()),
  });
  return { ...reader, clock };
}

describe('What the schedules ask for', () => {
  it('is counted for this UTC day, by every schedule that is in use', async () => {
    const uses = [use(300, null), use(100, '0 9-17 * * *', 'America/New_York'), use(50, '0 9 * * 6')];
    expect(await demandOf(async () => uses).readDemand()).toMatchObject({
      askedPerDay: 300 * 24 + 100 * 9,
      stretch: 1,
    });
  });

  it('stretches the intervals when it is more than the quota holds beside the reserve', async () => {
    const { readDemand, readQuota } = demandOf(async () => [use(500, null)]);
    expect(await readDemand()).toMatchObject({ askedPerDay: 12_000, stretch: 1.34 });
    expect(await readQuota()).toEqual({ perDay: 10_000, planned: 12_000, stretch: 1.34 });
  });

  it('stretches nothing without a limit', async () => {
    const { readQuota } = demandOf(async () => [use(500, null)], 0);
    expect(await readQuota()).toBeNull();
  });

  it('counts a schedule that cannot be read as the global one', async () => {
    const { readDemand } = demandOf(async () => [use(1, '0 0 30 2 *'), use(1, '0 9 * * *', 'Mars/Olympus')]);
    expect(await readDemand()).toMatchObject({ askedPerDay: 48 });
  });

  it('is counted once a minute, and once for all that ask at the same time', async () => {
    let counts = 0;
    const { readDemand, clock } = demandOf(async () => {
      counts += 1;
      return Array.from({ length: 2_000 }, (_, index) => use(1, `${index % 60} ${index % 24} * * *`));
    });
    await Promise.all([readDemand(), readDemand()]);
    await readDemand();
    expect(counts).toBe(1);
    await clock.advance(ms('1m'));
    await readDemand();
    expect(counts).toBe(2);
  });

  it('is counted again after the database did not answer', async () => {
    let isAway = true;
    const { readDemand } = demandOf(async () => {
      if (isAway) throw new Error('the database is away');
      return [use(1, null)];
    });
    await expect(readDemand()).rejects.toThrow('away');
    isAway = false;
    expect(await readDemand()).toMatchObject({ askedPerDay: 24 });
  });
});
