import { expect, it } from '@jest/globals';
import { createRetriedWrites } from '../../src/monitoring/retried-writes.ts';
import { NOW } from '../support/builders.ts';
import { ms } from '../support/domain-time.ts';
import { manualClock } from '../support/use-case-clock.ts';
import { collectingLog } from '../support/use-case-log.ts';

it('gives back at once what the store takes, and says nothing', async () => {
  const { retriedWrites, log, tries, take } = world();
  await retriedWrites.giveBack('a lease', take(0));
  expect([tries(), log.entries]).toEqual([1, []]);
  await retriedWrites.settled();
});

it('tries each second until the store takes it, and is settled then', async () => {
  const { retriedWrites, clock, tries, take } = world();
  await retriedWrites.giveBack('a lease', take(3));
  let isSettled = false;
  const settled = retriedWrites.settled().then(() => {
    isSettled = true;
  });
  await clock.advance(ms('2s'));
  expect([tries(), isSettled]).toEqual([3, false]);
  await clock.advance(ms('1s'));
  await settled;
  await clock.advance(ms('1h'));
  expect(tries()).toBe(4);
});

it('tells once of many things alike that wait', async () => {
  const { retriedWrites, log, take } = world();
  for (let n = 0; n < 5; n += 1) await retriedWrites.giveBack('a lease', take(9));
  await retriedWrites.giveBack('a claim', take(9));
  expect(log.messages('warn')).toHaveLength(2);
});

it('stores what is known here alone, however long the store is away', async () => {
  const { retriedWrites, clock, log, tries, take } = world();
  await retriedWrites.store('the outcome of a mail', take(3 * 60 * 60));
  await clock.advance(ms('3h'));
  await retriedWrites.settled();
  expect(tries()).toBe(1 + 3 * 60 * 60);
  expect([log.messages('warn'), log.messages('error')]).toEqual([
    ['a write failed; it is tried again each second'],
    [],
  ]);
});

it('tries no more when the process ends', async () => {
  const { retriedWrites, clock, tries, take } = world();
  await retriedWrites.store('the outcome of a mail', take(Number.POSITIVE_INFINITY));
  await clock.advance(ms('2s'));
  retriedWrites.end();
  await retriedWrites.settled();
  await clock.advance(ms('1h'));
  expect(tries()).toBe(3);
});

it('gives up when every lease has ended by itself', async () => {
  const { retriedWrites, clock, log, tries, take } = world();
  await retriedWrites.giveBack('a lease', take(Number.POSITIVE_INFINITY));
  await clock.advance(ms('1h'));
  await retriedWrites.settled();
  expect(tries()).toBe(1 + 600);
  expect(log.messages('error')).toEqual(['a lease or claim was not given back: it expires by itself']);
});

function world() {
  const [clock, log] = [manualClock(NOW), collectingLog()];
  let tries = 0;
  return {
    clock,
    log,
    retriedWrites: createRetriedWrites({ clock, log }),
    tries: () => tries,
    take: (failures: number) => async () => {
      tries += 1;
      if (tries <= failures) throw new Error('the store cannot be reached');
    },
  };
}
