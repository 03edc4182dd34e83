import { describe, expect, it } from '@jest/globals';
import { createTenantSchedules } from '../../../src/monitoring/polling/tenant-schedules.ts';
import { aTenant } from '../../support/builders.ts';
import { utc } from '../../support/domain-time.ts';
import { collectingLog } from '../../support/use-case-log.ts';

const AT = utc('2026-01-15 12:34');
const unreadable = { id: 'a', name: 'Bakery', schedule: '0 0 30 2 *', timezone: 'Europe/Berlin' };

function schedules() {
  const log = collectingLog();
  const { read, scheduleToPlanBy } = createTenantSchedules('0 * * * *', log);
  const nextOf = (tenant: Parameters<typeof aTenant>[0]) => {
    const { numberAt, momentOf } = scheduleToPlanBy(aTenant(tenant));
    return momentOf(numberAt(AT) + 1);
  };
  return { log, read, nextOf };
}

describe('The schedule of a tenant', () => {
  it('is its own in its time zone', () => {
    const { nextOf } = schedules();
    const own = { schedule: '0 9 * * *', timezone: 'America/New_York' };
    expect([nextOf(own), nextOf(own)]).toEqual([utc('2026-01-15 14:00'), utc('2026-01-15 14:00')]);
  });

  it('is the global one in UTC when it has none of its own', () => {
    expect(schedules().nextOf({ schedule: null, timezone: 'Asia/Kathmandu' })).toBe(utc('2026-01-15 13:00'));
  });

  it.each([
    ['that never comes', { schedule: '0 0 30 2 *' }, 'it never comes: none of its months has one of its days'],
    ['that is none', { schedule: 'hourly' }, 'it has one field instead of 5 or 6'],
    [
      'in a time zone that is none',
      { schedule: '0 9 * * *', timezone: 'Mars/Olympus' },
      'Mars/Olympus is not a time zone',
    ],
  ])('is the global one when its own is one %s, and the log says once what to do', (_, given, problem) => {
    const { log, nextOf } = schedules();
    const moments = [nextOf({ ...unreadable, ...given }), nextOf({ ...unreadable, ...given })];
    expect(moments).toEqual([utc('2026-01-15 13:00'), utc('2026-01-15 13:00')]);
    expect(log.entries).toEqual([
      {
        level: 'warn',
        message:
          'the schedule of this tenant cannot be read, so POLL_SCHEDULE is used; set another with `linkwatch tenant update`',
        fields: { tenantId: 'a', tenant: 'Bakery', timezone: 'Europe/Berlin', ...given, problem },
      },
    ]);
  });

  it('is told for each tenant, and again when it changes to another one that cannot be read', () => {
    const { log, nextOf } = schedules();
    nextOf(unreadable);
    nextOf({ ...unreadable, id: 'b' });
    nextOf({ ...unreadable, schedule: 'daily' });
    nextOf(unreadable);
    expect(log.entries.map(({ fields }) => [fields.tenantId, fields.schedule])).toEqual([
      ['a', '0 0 30 2 *'],
      ['b', '0 0 30 2 *'],
      ['a', 'daily'],
    ]);
  });

  it('needs a global one that can be read', () => {
    expect(() => createTenantSchedules('0 0 30 2 *', collectingLog())).toThrow('it never comes');
  });
});
