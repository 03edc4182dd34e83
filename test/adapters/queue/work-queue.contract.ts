import { describe, expect, it } from '@jest/globals';
import type { BatchHandlers, DueBatch, WorkQueue } from '../../../src/monitoring/ports.ts';
import { until } from '../../support/until.ts';

/** A queue that shares nothing with other tests; where it is shared, each call gives another worker's. */
export type FreshQueue = () => Promise<Readonly<{ worker(): WorkQueue }>>;

/** What any queue of batches does. */
export function workQueueContract(fresh: FreshQueue): void {
  it('hands each batch out once, with its ids as they were offered', async () => {
    const queue = (await fresh()).worker();
    const done: DueBatch[] = [];
    queue.start({ poll: async (batch) => void done.push(batch) });
    await offered(queue, [['a', 'b'], ['c']]);
    await until('both batches are done', () => done.length === 2);
    expect(done).toEqual([['a', 'b'], ['c']]);
    await until('nothing is left', async () => isEmpty(await queue.figures()));
    await queue.stop();
    expect(done).toHaveLength(2);
  });

  it('keeps the kinds apart, and takes none that nobody here does', async () => {
    const queue = (await fresh()).worker();
    const done: (readonly [string, DueBatch])[] = [];
    const handlers: BatchHandlers = {
      poll: async (batch) => void done.push(['poll', batch]),
      mail: async (batch) => void done.push(['mail', batch]),
    };
    queue.start(handlers);
    await offered(queue, [['tenant']]);
    expect(await queue.offer('mail', [['mail']])).toBe(true);
    await until('both batches are done', () => done.length === 2);
    expect(new Map(done)).toEqual(
      new Map([
        ['poll', ['tenant']],
        ['mail', ['mail']],
      ]),
    );
    await queue.stop();
  });

  it('does one batch of a kind at a time, and leaves out one that begins like a batch that waits', async () => {
    const queue = (await fresh()).worker();
    const mayEnd = Promise.withResolvers<void>();
    const begun: DueBatch[] = [];
    queue.start({
      poll: async (batch) => {
        begun.push(batch);
        await mayEnd.promise;
      },
    });
    await offered(queue, [['first']]);
    await until('the first batch is begun', () => begun.length === 1);
    await offered(queue, [['second', 'x'], ['third']]);
    await offered(queue, [['second', 'y'], ['third']]);
    expect(begun).toEqual([['first']]);
    mayEnd.resolve();
    await until('the others are done', () => begun.length === 3);
    await until('nothing is left', async () => isEmpty(await queue.figures()));
    expect(begun).toEqual([['first'], ['second', 'x'], ['third']]);
    await queue.stop();
  });

  it('takes a batch again that has begun, because more of it may be due by now', async () => {
    const queue = (await fresh()).worker();
    const mayEnd = Promise.withResolvers<void>();
    let begun = 0;
    queue.start({
      poll: async () => {
        begun += 1;
        await mayEnd.promise;
      },
    });
    await offered(queue, [['batch']]);
    await until('it has begun', () => begun === 1);
    await offered(queue, [['batch']]);
    mayEnd.resolve();
    await until('it is done again', () => begun === 2);
    await queue.stop();
  });

  it('hands a batch out again that failed, and gives it up in the end', async () => {
    const queue = (await fresh()).worker();
    const tries: string[] = [];
    queue.start({
      poll: async ([id = '']) => {
        tries.push(id);
        if (id === 'hopeless' || tries.filter((tried) => tried === id).length === 1) throw new Error('it failed');
      },
    });
    await offered(queue, [['hopeless'], ['unlucky']]);
    await until('one is done and one is given up', async () => (await queue.figures())?.dead === 1);
    expect(tries.filter((id) => id === 'hopeless')).toHaveLength(4);
    expect(tries.filter((id) => id === 'unlucky')).toHaveLength(2);
    await queue.stop();
  });

  describe('when it stops', () => {
    it('tells who is at work to end, waits for that, and begins nothing more', async () => {
      const queue = (await fresh()).worker();
      const begun: DueBatch[] = [];
      let ended = 0;
      queue.start({
        poll: async (batch, signal) => {
          begun.push(batch);
          await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
          ended += 1;
        },
      });
      await offered(queue, [['begun'], ['waiting']]);
      await until('one is begun', () => begun.length === 1);
      await queue.stop();
      expect([begun, ended]).toEqual([[['begun']], 1]);
      expect(await queue.offer('poll', [['late']])).toBe(false);
    });

    it('ends also when it was never started', async () => {
      const queue = (await fresh()).worker();
      await queue.stop();
      expect(await queue.offer('poll', [['batch']])).toBe(false);
    });
  });
}

/** A queue may have to be made first. */
export async function offered(queue: WorkQueue, batches: readonly DueBatch[]): Promise<void> {
  await until('the queue takes batches', () => queue.offer('poll', batches));
}

function isEmpty(figures: Awaited<ReturnType<WorkQueue['figures']>>): boolean {
  return figures !== null && figures.waiting === 0 && figures.active === 0;
}
