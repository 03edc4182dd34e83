import { describe, expect, it } from '@jest/globals';
import { createInProcessQueue } from '../../../src/queue/in-process-queue.ts';
import { manualClock } from '../../support/use-case-clock.ts';
import { collectingLog } from '../../support/use-case-log.ts';
import { workQueueContract } from './work-queue.contract.ts';

const clock = { now: Date.now, sleep: async () => undefined };

describe('The queue of one process', () => {
  workQueueContract(async () => ({ worker: () => createInProcessQueue({ clock, log: collectingLog() }) }));

  it('waits before it hands out a batch that failed', async () => {
    const waits = manualClock(0);
    const queue = createInProcessQueue({ clock: waits, log: collectingLog(), retryAfterS: 5 });
    let tries = 0;
    queue.start({
      poll: async () => {
        tries += 1;
        throw new Error('it failed');
      },
    });
    await queue.offer('poll', [['batch']]);
    await waits.advance(4_999);
    expect(tries).toBe(1);
    await waits.advance(1);
    expect(tries).toBe(2);
    await queue.stop();
  });
});
