import { describe, expect, it } from '@jest/globals';
import { readSchedule } from '../../../src/domain/polling/schedule.ts';
import { CANARY_SCHEDULE, type CanaryPorts, createCanary } from '../../../src/monitoring/canary/create-canary.ts';
import { createRetriedWrites } from '../../../src/monitoring/retried-writes.ts';
import { alertSettings, countedIds } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';
import { createMemoryStores } from '../../support/memory-store.ts';
import { manualClock } from '../../support/use-case-clock.ts';
import { collectingLog } from '../../support/use-case-log.ts';
import { accepted, deferred, scriptedMailer, unknownAddress } from '../../support/use-case-mailer.ts';

const STARTS_AT = Date.UTC(2026, 10, 28, 9, 3);
const EMAIL = 'canary@example.com';

/** A canary over memory, run each minute as the daemon does each few seconds. */
function aCanary(given: Partial<CanaryPorts> = {}) {
  const clock = manualClock(STARTS_AT);
  const [log, mailer] = [collectingLog(), scriptedMailer(clock)];
  const { memory, ...stores } = createMemoryStores({ leaseNow: clock.now });
  const schedule = readSchedule(CANARY_SCHEDULE, 'UTC');
  if (!schedule.ok) throw new Error(schedule.problem);
  const ports: CanaryPorts = {
    stores,
    email: EMAIL,
    schedule: schedule.value,
    clock,
    log,
    newId: countedIds(),
    chance: () => 0,
    settings: alertSettings(),
    holder: 'process-1',
    retriedWrites: createRetriedWrites({ clock, log }),
    openMailer: async () => mailer,
    migrate: async () => [],
    migrateExisting: async () => [],
    ...given,
  };
  const signal = new AbortController().signal;
  const begin = (other: Partial<CanaryPorts> = {}) => {
    const canary = createCanary({ ...ports, ...other });
    const live = async (text: string) => {
      for (const end = clock.now() + ms(text); clock.now() < end; ) {
        await canary.run(signal);
        await clock.advance(ms('1m'));
      }
    };
    return { ...canary, live };
  };
  return { clock, mailer, memory, begin };
}

describe('The canary', () => {
  it('breaks, is told and recovers once a day, for a week', async () => {
    const { mailer, begin } = aCanary();
    await begin().live('7d');
    const diary = mailer.diary().filter((line) => line.includes('alert'));
    expect(diary).toEqual([
      // Once there is something to compare with. The poll after 10 minutes is too soon to confirm, the one after 20 is not.
      `2026-11-28 09:32 ${EMAIL} alert: reconnect facebook`,
      ...['29', '30'].map((day) => `2026-11-${day} 00:22 ${EMAIL} alert: reconnect facebook`),
      ...['01', '02', '03', '04', '05'].map((day) => `2026-12-${day} 00:22 ${EMAIL} alert: reconnect facebook`),
    ]);
    expect(mailer.accepted().filter((line) => line.includes('recovered'))).toHaveLength(8);
    expect(mailer.accepted()).toHaveLength(16);
  });

  it('says when it last succeeded, and that its run broke off until one does not', async () => {
    let isAway = true;
    const { clock, begin } = aCanary({
      migrate: async () => {
        if (isAway) throw new Error('the database is away');
      },
    });
    const canary = begin();
    await expect(canary.live('1m')).rejects.toThrow('away');
    expect(await canary.state()).toEqual({ since: null, lastSuccessAt: null, failure: 'the database is away' });
    isAway = false;
    await canary.live('1m');
    const since = clock.now() - ms('1m');
    expect(await canary.state()).toEqual({ since, lastSuccessAt: null, failure: null });
    await canary.live('1h');
    expect(await canary.state()).toEqual({ since, lastSuccessAt: STARTS_AT + ms('29m'), failure: null });
  });

  it('knows nothing, and makes nothing, where it never ran', async () => {
    const { begin } = aCanary({ migrateExisting: async () => null });
    expect(await begin().state()).toEqual({ since: null, lastSuccessAt: null, failure: null });
  });

  it('that nobody could be told of ends with its day, and the next day has its own', async () => {
    const { mailer, begin } = aCanary();
    mailer.answers(deferred);
    const canary = begin();
    await canary.live('20h');
    expect((await canary.state()).lastSuccessAt).toBeNull();
    mailer.answers(accepted);
    await canary.live('24h');
    expect((await canary.state()).lastSuccessAt).toBeGreaterThan(Date.UTC(2026, 10, 29));
  });

  it('begins anew for another address, and for one that refused mail, when the daemon starts', async () => {
    const { mailer, begin, memory } = aCanary();
    mailer.answersTo(EMAIL, unknownAddress);
    await begin().live('3d');
    expect(mailer.accepted()).toEqual([]);
    mailer.answersTo(EMAIL, accepted);
    await begin().live('1h');
    expect(mailer.accepted().filter((line) => line.includes('alert'))).toHaveLength(1);
    await begin().live('1h');
    await begin({ email: 'other@example.com' }).live('1h');
    expect(mailer.accepted().filter((line) => line.includes('alert'))).toEqual([
      `${EMAIL} alert: reconnect facebook`,
      'other@example.com alert: reconnect facebook',
    ]);
    expect(memory.state.tenants.size).toBe(1);
  });

  it('is told once by two processes that share it', async () => {
    const { mailer, begin } = aCanary();
    const [first, second] = [begin(), begin({ holder: 'process-2' })];
    for (let minute = 0; minute < 90; minute += 1) await Promise.all([first.live('1m'), second.live('1m')]);
    expect(mailer.accepted().filter((line) => line.includes('alert'))).toHaveLength(1);
  });
});
