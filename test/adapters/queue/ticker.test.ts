import { describe, expect, it } from '@jest/globals';
import { createTicker, type Tick } from '../../../src/queue/ticker.ts';
import { collectingLog } from '../../support/use-case-log.ts';

const everySecond = '* * * * * *';
const onNewYear = '0 0 0 1 1 *';

describe('The ticker', () => {
  it('runs work again and again, though a run before has failed', async () => {
    const log = collectingLog();
    let runs = 0;
    const thirdRun = Promise.withResolvers<void>();
    const ticker = startedTicker(log, async () => {
      runs += 1;
      if (runs === 1) throw new Error('the database is away');
      if (runs === 3) thirdRun.resolve();
    });
    await thirdRun.promise;
    await ticker.stop();
    expect(log.entries.filter(({ message }) => message === 'a scheduled job failed')).toHaveLength(1);
  });

  it('tells of a failure once while it stays the same, and when it is over', async () => {
    const log = collectingLog();
    let runs = 0;
    const thirdRun = Promise.withResolvers<void>();
    const ticker = startedTicker(log, async () => {
      runs += 1;
      if (runs < 3) throw new Error('the database is away');
      thirdRun.resolve();
    });
    await thirdRun.promise;
    await ticker.stop();
    const messages = log.entries.filter(({ level }) => level !== 'debug').map(({ message }) => message);
    // A busy machine may miss a tick, which is logged besides.
    const aboutFailures = messages.filter((message) => message !== 'a scheduled job was missed');
    expect(aboutFailures).toEqual(['a scheduled job failed', 'a scheduled job works again']);
  });

  it('never runs the same work twice at a time, and waits for it when it stops', async () => {
    const log = collectingLog();
    const begun = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    let running = 0;
    let most = 0;
    const ticker = startedTicker(log, async () => {
      running += 1;
      most = Math.max(most, running);
      begun.resolve();
      await mayEnd.promise;
      running -= 1;
    });
    await begun.promise;
    const stopped = ticker.stop();
    mayEnd.resolve();
    await stopped;
    expect([running, most]).toEqual([0, 1]);
  });

  it('lets work that takes long keep no other work of the same second waiting', async () => {
    const mayEnd = Promise.withResolvers<void>();
    const thirdRun = Promise.withResolvers<void>();
    let runs = 0;
    const quick = async () => {
      runs += 1;
      if (runs === 3) thirdRun.resolve();
    };
    const ticker = createTicker(
      [
        { name: 'long', expression: everySecond, run: () => mayEnd.promise },
        { name: 'quick', expression: everySecond, run: quick },
      ],
      collectingLog(),
    );
    ticker.start();
    await thirdRun.promise;
    mayEnd.resolve();
    await ticker.stop();
    expect(runs).toBeGreaterThanOrEqual(3);
  });

  it('runs work at once when it is woken, and once more when that happens during a run', async () => {
    const ended: number[] = [];
    const second = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    let running = 0;
    const run = async () => {
      running += 1;
      expect(running).toBe(1);
      await mayEnd.promise;
      running -= 1;
      if (ended.push(1) === 2) second.resolve();
    };
    const ticker = createTicker([{ name: 'work', expression: onNewYear, run }], collectingLog());
    ticker.wake('nobody');
    for (let times = 0; times < 3; times += 1) ticker.wake('work');
    mayEnd.resolve();
    await second.promise;
    await ticker.stop();
    ticker.wake('work');
    expect([ended.length, running]).toEqual([2, 0]);
  });

  it('tells a run that it is to end', async () => {
    const log = collectingLog();
    const begun = Promise.withResolvers<AbortSignal>();
    const ticker = startedTicker(log, async (signal) => {
      begun.resolve(signal);
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    });
    const signal = await begun.promise;
    expect(signal.aborted).toBe(false);
    await ticker.stop();
    expect(signal.aborted).toBe(true);
  });
});

function startedTicker(log: ReturnType<typeof collectingLog>, run: Tick['run']) {
  const ticker = createTicker([{ name: 'work', expression: everySecond, run }], log);
  ticker.start();
  return ticker;
}
