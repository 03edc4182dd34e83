import { describe, expect, it } from '@jest/globals';
import { workerRoles } from '../../../src/domain/model/worker.ts';
import type { WorkerStore } from '../../../src/monitoring/ports.ts';
import { silentObserver } from '../../../src/monitoring/silent-observer.ts';
import { createWorkCounter } from '../../../src/monitoring/work/work-done.ts';
import { createWorkerClock } from '../../../src/monitoring/work/worker-clock.ts';
import { createWorkerReports } from '../../../src/monitoring/work/worker-reports.ts';
import { aPoll, NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { createMemoryStores } from '../../support/memory-store.ts';
import { type ManualClock, manualClock } from '../../support/use-case-clock.ts';
import { collectingLog } from '../../support/use-case-log.ts';

/** Workers over one database, whose clock is `shared`. */
function aHouse() {
  const shared = manualClock(NOW);
  const { workers } = createMemoryStores({ leaseNow: shared.now });
  const worker = (
    holder: string,
    { aheadMs = 0, store = workers }: Partial<{ aheadMs: number; store: WorkerStore }> = {},
  ) => {
    const own: ManualClock = manualClock(NOW + aheadMs);
    const [clock, log] = [createWorkerClock(own), collectingLog()];
    const process = { host: 'host', pid: 1, version: '1.2.3' };
    const workCounter = createWorkCounter();
    const observer = workCounter.observing(silentObserver);
    return {
      ...createWorkerReports({ workers: store, clock, log, holder, process, workCounter }, workerRoles),
      clock,
      own,
      log,
      polls: () => observer.polled(aPoll()),
    };
  };
  return { shared, workers, worker };
}

describe('A worker', () => {
  it('is listed from its begin to its end, with what it did since its last report', async () => {
    const { shared, workers, worker } = aHouse();
    const one = worker('one');
    one.polls();
    await one.begin();
    one.polls();
    one.polls();
    shared.jump(ms('10s'));
    one.own.jump(ms('10s'));
    await one.report();
    expect(await workers.list()).toEqual([
      {
        id: 'one',
        host: 'host',
        pid: 1,
        version: '1.2.3',
        roles: workerRoles,
        clockAheadMs: 0,
        startedAt: NOW,
        lastSeenAt: NOW + ms('10s'),
        done: { polls: 2, mails: 0, webhooks: 0 },
      },
    ]);
    await one.end();
    expect(await workers.list()).toEqual([]);
  });

  it('reports what it did before a report that the database did not take, and meanwhile', async () => {
    const { workers, worker } = aHouse();
    const report: WorkerStore['report'] = async (...given) => {
      one.polls();
      if (isAway) throw new Error('the database is away');
      await workers.report(...given);
    };
    let isAway = false;
    const one = worker('one', { store: { ...workers, report } });
    await one.begin();
    isAway = true;
    await expect(one.report()).rejects.toThrow('away');
    isAway = false;
    await one.report();
    expect(await workers.list()).toMatchObject([{ done: { polls: 2 } }]);
    await one.report();
    expect(await workers.list()).toMatchObject([{ done: { polls: 1 } }]);
  });

  it('ends although the database does not let it say so', async () => {
    const { workers, worker } = aHouse();
    const remove = () => Promise.reject(new Error('the database is away'));
    await worker('one', { store: { ...workers, remove } }).end();
  });

  it('that says nothing for a minute is taken out of the list, and told in the log by one of the others', async () => {
    const { shared, workers, worker } = aHouse();
    const [silent, ...others] = [worker('silent'), worker('one'), worker('two')];
    for (const each of [silent, ...others]) await each?.begin();
    for (let time = 0; time < 7; time += 1) {
      shared.jump(ms('10s'));
      for (const each of others) await each.report();
    }
    expect((await workers.list()).map(({ id }) => id)).toEqual(['one', 'two']);
    const told = others.flatMap(({ log }) => log.entries.filter(({ level }) => level === 'warn'));
    expect(told).toMatchObject([{ fields: { workerId: 'silent', host: 'host', pid: 1 } }]);
    await silent?.report();
    expect((await workers.list()).map(({ id }) => id).toSorted()).toEqual(['one', 'silent', 'two']);
  });

  it('that was frozen buries nobody: others may have been frozen with it', async () => {
    const { shared, workers, worker } = aHouse();
    const [one, two] = [worker('one'), worker('two')];
    for (const each of [one, two]) await each.begin();
    shared.jump(ms('1h'));
    await one.report();
    expect(await workers.list()).toHaveLength(2);
    await two.report();
    shared.jump(ms('10s'));
    await one.report();
    expect(await workers.list()).toHaveLength(2);
  });
});

describe('The clock of a worker', () => {
  it.each([
    ['1s', 'as it is', 0],
    ['3s', 'corrected', ms('3s')],
    ['1m', 'corrected', ms('1m')],
    ['10m', 'corrected', ms('10m')],
    ['11m', 'as it is, and reported', 0],
  ])('that is off by %s is left %s', async (off, _, correctedMs) => {
    for (const sign of [1, -1]) {
      const { workers, worker } = aHouse();
      const one = worker('one', { aheadMs: sign * ms(off) });
      await one.begin();
      expect(one.clock.now()).toBe(NOW + sign * (ms(off) - correctedMs));
      expect(await workers.list()).toMatchObject([{ clockAheadMs: sign * ms(off) }]);
    }
  });

  it('does not jump for what a slow answer, or another measurement, makes of the difference', async () => {
    const { shared, worker, workers } = aHouse();
    let tookMs = 0;
    const one = worker('one', {
      aheadMs: ms('1m'),
      store: {
        ...workers,
        now: async () => {
          const now = await workers.now();
          one.own.jump(tookMs);
          shared.jump(tookMs);
          return now;
        },
      },
    });
    await one.begin();
    for (tookMs of [600, 900, 5_000, 120_000]) {
      await one.report();
      expect(one.clock.now()).toBe(shared.now());
    }
  });

  it('follows when the machine is set right', async () => {
    const { shared, worker } = aHouse();
    const one = worker('one', { aheadMs: ms('1m') });
    await one.begin();
    one.own.jump(-ms('1m'));
    expect(one.clock.now()).toBe(shared.now() - ms('1m'));
    await one.report();
    expect(one.clock.now()).toBe(shared.now());
  });
});
