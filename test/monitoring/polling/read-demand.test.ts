import { describe, expect, it } from '@jest/globals';
import type { ClientApplication } from '../../../src/domain/model/client-application.ts';
import { createDemandReader } from '../../../src/monitoring/polling/read-demand.ts';
import { createTenantSchedules } from '../../../src/monitoring/polling/tenant-schedules.ts';
import type { PollStore, ScheduleUse } from '../../../src/monitoring/ports.ts';
import { ms, utc } from '../../support/domain-time.ts';
import { manualClock } from '../../support/use-case-clock.ts';
import { collectingLog } from '../../support/use-case-log.ts';
import { theConfigured } from '../../support/use-case-upstreams.ts';

const use = (tenants: number, schedule: string | null, timezone = 'UTC'): ScheduleUse => ({
  applicationId: null,
  tenants,
  schedule,
  timezone,
  firstId: 'a',
});

/** Of the application of the configuration, unless another one is given. */
function demandOf(schedules: PollStore['schedules'], requestsPerDay = 10_000) {
  const clock = manualClock(utc('2026-11-20 12:00'));
  const reader = createDemandReader({
    globalSchedule: '0 * * * *',
    clock,
    polls: { schedules },
    schedules: createTenantSchedules('0 * * * *', collectingLog()),
  });
  const application = theConfigured({ requestsPerDay });
  return {
    readDemand: (given: Partial<ClientApplication> = {}) => reader.readDemand({ ...application, ...given }),
    readLoads: (id: string | null) => reader.readLoads({ id }),
    clock,
  };
}

describe('What the schedules ask for', () => {
  it('is counted for this UTC day, by every schedule that is in use', async () => {
    const uses = [use(300, null), use(100, '0 9-17 * * *', 'America/New_York'), use(50, '0 9 * * 6')];
    expect(await demandOf(async () => uses).readDemand()).toMatchObject({
      askedPerDay: 300 * 24 + 100 * 9,
      stretch: 1,
    });
  });

  it('stretches the intervals when it is more than the day holds', async () => {
    const { readDemand } = demandOf(async () => [use(500, null)]);
    expect(await readDemand()).toMatchObject({ askedPerDay: 12_000, stretch: 1.2 });
  });

  it('is not counted without a limit', async () => {
    const { readDemand } = demandOf(() => Promise.reject(new Error('nobody asks')), 0);
    expect(await readDemand()).toEqual({ askedPerDay: 0, stretch: 1 });
  });

  it('is each application’s own', async () => {
    const other = { ...use(700, null), applicationId: 'application-2' };
    const { readDemand, readLoads } = demandOf(async () => [use(100, null), other]);
    expect(await readDemand()).toMatchObject({ askedPerDay: 2_400, stretch: 1 });
    expect(await readDemand({ id: 'application-2' })).toMatchObject({ askedPerDay: 16_800, stretch: 1.68 });
    expect(await readDemand({ id: 'application-3' })).toMatchObject({ askedPerDay: 0, stretch: 1 });
    expect(await readLoads('application-3')).toMatchObject([{ tenants: 0, pollsPerDay: 24 }]);
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
