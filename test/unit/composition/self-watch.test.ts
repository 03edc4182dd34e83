import { describe, expect, it } from '@jest/globals';
import { createSelfWatch } from '../../../src/composition/self-watch.ts';
import { MINUTE_MS, SECOND_MS } from '../../../src/domain/model/time.ts';
import { type WorkerRole, workerRoles } from '../../../src/domain/model/worker.ts';
import type { RoundTally } from '../../../src/monitoring/application.ts';
import type { DaemonFacts } from '../../../src/monitoring/operations/monitor-problems.ts';
import { EMPTY_TALLY } from '../../../src/monitoring/polling/record-polls.ts';
import type { MonitorProblem } from '../../../src/monitoring/views.ts';
import { NOW } from '../../support/builders.ts';
import { aMonitor } from '../../support/cli-views.ts';
import { manualClock } from '../../support/use-case-clock.ts';
import { collectingLog } from '../../support/use-case-log.ts';

const critical: MonitorProblem = {
  what: 'mail',
  severity: 'critical',
  since: NOW,
  detail: 'the mail server refuses all mail',
  remedy: 'Check SMTP_URL.',
};
const warning: MonitorProblem = { ...critical, what: 'hold', severity: 'warning', detail: 'mail is held' };

const polledOne = { ...EMPTY_TALLY, polled: 1 };

/** A daemon's watch over itself, whose database tells what a test says. */
function aWatch({ hasSwitch = true, roles = workerRoles as readonly WorkerRole[] } = {}) {
  const clock = manualClock(NOW);
  const log = collectingLog();
  const said = { problems: [] as readonly MonitorProblem[], templates: Promise.resolve() as Promise<unknown> };
  const asked: DaemonFacts[] = [];
  let readFacts: (() => DaemonFacts) | null = null;
  let beats = 0;
  const watch = createSelfWatch({
    roles,
    includeDaemon: (read) => {
      readFacts = read;
    },
    readMonitor: async () => {
      asked.push(...(readFacts === null ? [] : [readFacts()]));
      return aMonitor({ problems: said.problems });
    },
    adapters: {
      clock,
      log,
      heartbeat: hasSwitch ? async () => void beats++ : null,
      openMailer: () => said.templates,
    },
  });
  const later = () => clock.jump(3 * SECOND_MS);
  const round = async (tally: RoundTally) => {
    watch.afterRound(tally);
    await watch.settled();
  };
  return { round, watch, clock, log, said, asked, beats: () => beats, later };
}

describe('The daemon that watches itself', () => {
  it('is ready while there is no critical problem', async () => {
    const { watch, said, later } = aWatch();
    const fine = { database: 'ok', rounds: 'ok', mail: 'ok' };
    expect(await watch.readiness()).toEqual({ ready: true, checks: fine });
    said.problems = [warning];
    later();
    expect(await watch.readiness()).toEqual({ ready: true, checks: fine });
    said.problems = [{ ...critical, what: 'access', detail: 'refused' }, critical, warning];
    later();
    expect(await watch.readiness()).toEqual({
      ready: false,
      checks: { ...fine, mail: 'the mail server refuses all mail', access: 'refused' },
    });
  });

  it.each<readonly [readonly WorkerRole[], readonly MonitorProblem['what'][], Readonly<Record<string, string>>]>([
    [['poll'], ['rounds', 'access', 'database', 'disk'], { database: 'ok', rounds: 'ok' }],
    [['mail'], ['mail', 'database', 'disk'], { database: 'ok', mail: 'ok' }],
    [['http', 'webhooks'], ['database', 'disk'], { database: 'ok' }],
  ])('is ready with %s whatever keeps others from their work', async (roles, own, fine) => {
    const { watch, said, later } = aWatch({ roles });
    for (const what of ['rounds', 'access', 'mail', 'database', 'disk'] as const) {
      said.problems = [{ ...critical, what }];
      later();
      const { ready, checks } = await watch.readiness();
      expect({ what, ready }).toEqual({ what, ready: !own.includes(what) });
      expect(checks).toEqual(own.includes(what) ? { ...fine, [what]: critical.detail } : fine);
    }
  });

  it('neither misses work that it does not do, nor loads templates for it', async () => {
    const { watch, clock, asked, said } = aWatch({ roles: ['http'] });
    said.templates = Promise.reject(new Error('no memory'));
    clock.jump(60 * MINUTE_MS);
    expect(watch.isAlive()).toBe(true);
    await watch.readiness();
    expect(asked).toMatchObject([{ idleMs: { round: 0, mail: 0 }, hasTemplates: true }]);
    await said.templates.catch(() => undefined);
  });

  it('asks the database once for the many who ask at a time', async () => {
    const { watch, asked, later } = aWatch();
    await Promise.all([watch.readiness(), watch.readiness(), watch.readiness()]);
    expect(asked).toHaveLength(1);
    later();
    await watch.readiness();
    expect(asked).toHaveLength(2);
  });

  it('tells what it alone knows: since when it runs, how long no round has moved, errors, templates', async () => {
    const { round, watch, clock, asked, said, later } = aWatch();
    clock.jump(MINUTE_MS);
    await watch.readiness();
    await round({ ...EMPTY_TALLY, errors: 2 });
    await round(EMPTY_TALLY);
    said.templates = Promise.reject(new Error('no memory'));
    const full = async () => {
      throw new Error('Invalid `prisma.poll.create()` invocation:\n\ndisk full');
    };
    await watch.follow('mail', full).catch(() => undefined);
    await watch.follow('mail', async () => undefined);
    await expect(watch.follow('round', full)).rejects.toThrow('disk full');
    later();
    await watch.readiness();
    expect(asked).toEqual([
      {
        startedAt: NOW,
        idleMs: { round: MINUTE_MS, mail: MINUTE_MS },
        errors: 0,
        hasTemplates: true,
        brokenOff: { round: null, mail: null },
      },
      {
        startedAt: NOW,
        idleMs: { round: 3 * SECOND_MS, mail: 3 * SECOND_MS },
        errors: 2,
        hasTemplates: false,
        brokenOff: { round: 'disk full', mail: null },
      },
    ]);
  });

  it.each(['round', 'mail'] as const)('is alive as long as its %s moves, however long one run lasts', async (name) => {
    const { watch, clock } = aWatch();
    const run = Promise.withResolvers<void>();
    const other = name === 'round' ? 'mail' : 'round';
    const following = watch.follow(name, () => run.promise);
    for (let minute = 0; minute < 60; minute += 1) {
      clock.jump(MINUTE_MS);
      watch.moved(name);
      watch.moved(other);
      expect(watch.isAlive()).toBe(true);
    }
    for (let minute = 0; minute < 15; minute += 1) {
      clock.jump(MINUTE_MS);
      watch.moved(other);
      expect(watch.isAlive()).toBe(true);
    }
    clock.jump(1);
    expect(watch.isAlive()).toBe(false);
    run.reject(new Error('the database is away'));
    await expect(following).rejects.toThrow('away');
    expect(watch.isAlive()).toBe(true);
  });

  it('is no longer alive when its timetable stands still, and does not mind what comes round each hour', async () => {
    const { watch, clock } = aWatch();
    await watch.follow('round', async () => undefined);
    await watch.follow('mail', async () => undefined);
    void watch.follow('retention', () => new Promise(() => undefined));
    clock.jump(15 * MINUTE_MS);
    expect(watch.isAlive()).toBe(true);
    clock.jump(1);
    expect(watch.isAlive()).toBe(false);
  });

  it('lets the dead-man’s switch hear of each round that polled, and each minute between', async () => {
    const { round, clock, beats } = aWatch();
    await round(polledOne);
    await round(polledOne);
    expect(beats()).toBe(2);
    await round(EMPTY_TALLY);
    expect(beats()).toBe(2);
    clock.jump(MINUTE_MS);
    await round(EMPTY_TALLY);
    expect(beats()).toBe(3);
  });

  it('goes on telling the switch when the clock was set back', async () => {
    const { round, clock, beats } = aWatch();
    await round(EMPTY_TALLY);
    clock.jump(-24 * 60 * MINUTE_MS);
    await round(EMPTY_TALLY);
    await round(EMPTY_TALLY);
    expect(beats()).toBe(2);
  });

  it('keeps no round waiting for a look that hangs, and begins no second one', async () => {
    const { round, watch, asked, said, beats, later } = aWatch();
    const templates = Promise.withResolvers<void>();
    said.templates = templates.promise;
    watch.afterRound(polledOne);
    later();
    watch.afterRound(polledOne);
    templates.resolve();
    await watch.settled();
    expect(asked).toHaveLength(1);
    expect(beats()).toBe(1);
    await round(polledOne);
    expect(beats()).toBe(2);
  });

  it('looks once a minute, rounds or not, where there is no switch to tell', async () => {
    const { round, clock, asked, said, log } = aWatch({ hasSwitch: false });
    await round(polledOne);
    said.problems = [critical];
    for (let second = 1; second < 60; second += 1) {
      clock.jump(SECOND_MS);
      await round(polledOne);
    }
    expect(asked).toHaveLength(1);
    clock.jump(SECOND_MS);
    await round(polledOne);
    expect(asked).toHaveLength(2);
    expect(log.messages('error')).toEqual(['the monitor has a problem']);
  });

  it('stops the heartbeat while the monitor cannot do its job, and goes on after it', async () => {
    const { round, said, beats, later } = aWatch();
    said.problems = [critical];
    await round(polledOne);
    expect(beats()).toBe(0);
    said.problems = [warning];
    later();
    await round(polledOne);
    expect(beats()).toBe(1);
  });

  it('logs a problem when it begins and when it is over, and nothing between', async () => {
    const { watch, said, log, later } = aWatch();
    said.problems = [critical, warning];
    await watch.readiness();
    later();
    await watch.readiness();
    expect(log.messages('error')).toEqual(['the monitor has a problem']);
    expect(log.messages('warn')).toEqual(['the monitor has a problem']);
    said.problems = [];
    later();
    await watch.readiness();
    expect(log.fieldsOf('a problem of the monitor is over')).toEqual([{ what: 'mail' }, { what: 'hold' }]);
  });

  it('logs a second problem of the same part, too', async () => {
    const { watch, said, log, later } = aWatch();
    said.problems = [warning];
    await watch.readiness();
    said.problems = [warning, { ...warning, detail: 'a hold of another network' }];
    later();
    await watch.readiness();
    expect(log.fieldsOf('the monitor has a problem').map(({ detail }) => detail)).toEqual([
      warning.detail,
      'a hold of another network',
    ]);
    said.problems = [warning];
    later();
    await watch.readiness();
    expect(log.fieldsOf('a problem of the monitor is over')).toEqual([{ what: warning.what }]);
  });
});
