import { describe, expect, it } from '@jest/globals';
import { createBulkhead, TooBusyError } from '../../../src/http/bulkhead.ts';

/** Work that goes on until it is told to end. */
function aPlace({ atWork = 2, waiting = 3 } = {}) {
  let full = 0;
  const running: (() => void)[] = [];
  const bulkhead = createBulkhead({
    atWork,
    waiting,
    onFull: () => {
      full += 1;
    },
  });
  const enter = () => bulkhead(() => new Promise<void>((resolve) => running.push(resolve)));
  return {
    bulkhead,
    running,
    timesFull: () => full,
    enter,
    enterAll: (count: number) => Array.from({ length: count }, enter),
    async endAll() {
      while (running.length > 0) {
        running.shift()?.();
        await new Promise(setImmediate);
      }
    },
  };
}

describe('a bulkhead', () => {
  it('lets so many work at once, so many wait, and refuses the rest at once', async () => {
    const { enterAll, running, endAll } = aPlace();
    const entered = enterAll(8).map((each) =>
      each.then(
        () => 'done',
        (error: unknown) => error,
      ),
    );
    await new Promise(setImmediate);
    expect(running).toHaveLength(2);
    for (const refused of entered.slice(5)) expect(await refused).toBeInstanceOf(TooBusyError);
    await endAll();
    expect(await Promise.all(entered.slice(0, 5))).toEqual(Array(5).fill('done'));
  });

  it('has room again when work has ended, however it ended', async () => {
    const { bulkhead } = aPlace({ atWork: 1, waiting: 0 });
    for (let time = 1; time <= 3; time += 1) {
      await expect(bulkhead(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    }
    await expect(bulkhead(async () => 'good')).resolves.toBe('good');
  });

  it('says once that it is full where nobody may wait, too', async () => {
    const { enter, endAll, timesFull } = aPlace({ atWork: 1, waiting: 0 });
    for (let time = 1; time <= 2; time += 1) {
      const working = enter();
      for (let refused = 1; refused <= 5; refused += 1) await expect(enter()).rejects.toThrow(TooBusyError);
      expect(timesFull()).toBe(time);
      await new Promise(setImmediate);
      await endAll();
      await working;
    }
  });

  it('says once that it is full, and again when it has had room meanwhile', async () => {
    const { enter, enterAll, endAll, timesFull } = aPlace();
    const first = enterAll(5);
    for (let time = 1; time <= 10; time += 1) await expect(enter()).rejects.toThrow(TooBusyError);
    expect(timesFull()).toBe(1);
    await new Promise(setImmediate);
    await endAll();
    await Promise.all(first);

    const second = enterAll(5);
    await expect(enter()).rejects.toThrow(TooBusyError);
    expect(timesFull()).toBe(2);
    await new Promise(setImmediate);
    await endAll();
    await Promise.all(second);
  });
});
