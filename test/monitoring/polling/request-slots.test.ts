import { describe, expect, it } from '@jest/globals';
import type { RateStore, RequestSlots } from '../../../src/monitoring/ports.ts';
import { memoryRateStore } from '../../support/memory-rate-store.ts';
import { emptyMemory } from '../../support/memory-state.ts';
import { mostWithin, slotsOf } from '../../support/request-slots.ts';
import { runningClock } from '../../support/sandbox-clock.ts';
import { settled } from '../../support/use-case-clock.ts';
import { collectingLog } from '../../support/use-case-log.ts';

const START = Date.UTC(2026, 2, 1);
const HOUR_MS = 3_600_000;

/** One store, and as many processes as a test wants; their steady clocks begin at different moments. */
function createWorld({ latencyMs = 0 } = {}) {
  const clock = runningClock(START);
  const log = collectingLog();
  const store = { aheadMs: 0, connectMs: 0, isDown: false, reads: 0, replaces: 0 };
  const memory = memoryRateStore(emptyMemory(), () => Math.floor(clock.now() + store.aheadMs));
  const answer = async <T>(work: () => Promise<T>): Promise<T> => {
    if (store.isDown) throw new Error('the store cannot be reached');
    const connectMs = store.connectMs;
    store.connectMs = 0;
    if (latencyMs + connectMs > 0) await clock.sleep(latencyMs / 2 + connectMs);
    const answered = await work();
    if (latencyMs > 0) await clock.sleep(latencyMs / 2);
    return answered;
  };
  const rates: RateStore = {
    read: (id) => {
      store.reads += 1;
      return answer(() => memory.read(id));
    },
    replace: (id, before, next) => {
      store.replaces += 1;
      return answer(() => memory.replace(id, before, next));
    },
  };
  let zero = START;
  const process = (perSecond = 4) => {
    zero -= 987_654.3;
    const origin = zero;
    return slotsOf({ perSecond, rates, steadyClock: { now: () => clock.now() - origin, sleep: clock.sleep }, log });
  };
  const sent: number[] = [];
  /** When each of so many requests may be sent, all wanted at once. */
  const take = (slots: RequestSlots, count: number, signal?: AbortSignal) =>
    Promise.all(
      Array.from({ length: count }, async () => {
        await slots.take(signal);
        sent.push(clock.now());
        return clock.now() - START;
      }),
    );
  return { clock, log, store, process, take, sent };
}

describe('one process', () => {
  it('sends at most 4 requests in any second when 40 want to go at once', async () => {
    const { clock, process, take, sent } = createWorld();
    await clock.run(take(process(), 40));
    expect(mostWithin(1_000, sent)).toBe(4);
  });

  it('loses little of the limit: 40 requests at 4 a second take no longer than 11 seconds', async () => {
    const { clock, process, take } = createWorld();
    expect(Math.max(...(await clock.run(take(process(), 40))))).toBeLessThanOrEqual(11_000);
  });

  it('sends everything at once without a limit, and asks the store nothing', async () => {
    const { clock, store, process, take } = createWorld();
    store.isDown = true;
    expect(new Set(await clock.run(take(process(0), 100)))).toEqual(new Set([0]));
    expect(store.reads + store.replaces).toBe(0);
  });

  it('gives turns in the order they were asked for', async () => {
    const { clock, process } = createWorld();
    const slots = process();
    const order: number[] = [];
    await clock.run(Promise.all([1, 2, 3, 4].map((nth) => slots.take().then(() => order.push(nth)))));
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it('does not make up for a stall with a burst', async () => {
    const { clock, process, take, sent } = createWorld();
    const all = take(process(), 12);
    await settled();
    clock.jump(5_000);
    await clock.run(all);
    expect(mostWithin(1_000, sent)).toBeLessThanOrEqual(4);
  });

  it('saves nothing up while it is idle', async () => {
    const { clock, process, take, sent } = createWorld();
    const slots = process();
    await clock.run(take(slots, 1));
    await clock.advance(HOUR_MS);
    await clock.run(take(slots, 12));
    expect(mostWithin(1_000, sent.slice(1))).toBe(4);
  });
});

describe('the store', () => {
  it('is asked for less than every other request of a flood', async () => {
    const { clock, store, process, take } = createWorld();
    await clock.run(take(process(), 80));
    expect(store.reads + store.replaces).toBeLessThan(40);
  });

  it('is asked for about every other request of three floods', async () => {
    const { clock, store, process, take } = createWorld();
    const processes = [process(), process(), process()];
    await clock.run(Promise.all(processes.map((slots) => take(slots, 40))));
    expect(store.reads + store.replaces).toBeLessThanOrEqual(66);
  });

  it('gives a single request a single slot, so that a trickle wastes none', async () => {
    const { clock, process, take } = createWorld();
    const [one, other] = [process(), process()];
    expect(await clock.run(take(one, 1))).toEqual([0]);
    expect(await clock.run(take(other, 1))).toEqual([275]);
    expect(await clock.run(take(one, 1))).toEqual([550]);
  });

  it('that cannot be reached lets no request through; when it answers again, requests go on', async () => {
    const { clock, store, process, take, sent } = createWorld();
    const slots = process();
    store.isDown = true;
    await expect(clock.run(take(slots, 3))).rejects.toThrow('the store cannot be reached');
    await settled();
    expect(sent).toEqual([]);
    store.isDown = false;
    await clock.run(take(slots, 3));
    expect(sent).toHaveLength(3);
  });

  it('that cannot be reached any more lets only reserved slots be used, for a second at most', async () => {
    const { clock, store, process, take, sent } = createWorld();
    const flood = take(process(), 16);
    await clock.advance(10);
    store.isDown = true;
    await expect(clock.run(flood)).rejects.toThrow('the store cannot be reached');
    await settled();
    expect(sent).toHaveLength(4);
  });

  it.each([50, 300, 3_000])(
    'that takes %i ms for an answer delays requests, and the limit holds',
    async (latencyMs) => {
      const { clock, process, take, sent } = createWorld({ latencyMs });
      await clock.run(Promise.all([process(), process()].map((slots) => take(slots, 10))));
      expect(sent).toHaveLength(20);
      expect(mostWithin(1_000, sent)).toBeLessThanOrEqual(4);
    },
  );

  it('that takes a process long to connect to does not make its clock a wrong one', async () => {
    const { clock, store, process, take, sent } = createWorld();
    const flood = take(process(), 16);
    await clock.advance(1_000);
    store.connectMs = 400;
    await clock.run(Promise.all([flood, take(process(), 8)]));
    expect(mostWithin(1_000, sent)).toBeLessThanOrEqual(4);
  });

  it.each([-HOUR_MS, -5_000, -200])('whose clock is set by %i ms lets no burst through, and goes on', async (setMs) => {
    const { clock, store, process, take, sent } = createWorld();
    const all = Promise.all([process(), process()].map((slots) => take(slots, 20)));
    await clock.advance(1_500);
    store.aheadMs = setMs;
    await clock.run(all);
    expect(mostWithin(1_000, sent)).toBeLessThanOrEqual(4);
    expect(clock.now() - START).toBeLessThan(45_000);
  });

  it('whose clock is set ahead makes nobody wait longer', async () => {
    const { clock, store, process, take } = createWorld();
    const all = take(process(), 40);
    await clock.advance(1_500);
    store.aheadMs = HOUR_MS;
    await clock.run(all);
    expect(clock.now() - START).toBeLessThan(12_000);
  });
});

describe('several processes', () => {
  it('together send at most 4 requests in any second, however their clocks differ', async () => {
    const { clock, process, take, sent } = createWorld();
    await clock.run(Promise.all([process(), process(), process()].map((slots) => take(slots, 16))));
    expect(sent).toHaveLength(48);
    expect(mostWithin(1_000, sent)).toBe(4);
  });

  it('lose little of the limit: 48 requests at 4 a second take no longer than 14 seconds', async () => {
    const { clock, process, take } = createWorld();
    await clock.run(Promise.all([process(), process(), process()].map((slots) => take(slots, 16))));
    expect(clock.now() - START).toBeLessThanOrEqual(14_000);
  });

  it('get their turns one after the other: a single request waits for two seconds of each flood, no longer', async () => {
    const { clock, process, take } = createWorld();
    const floods = [process(), process()].map((slots) => take(slots, 40));
    await clock.advance(5_000);
    const [at = 0] = await clock.run(take(process(), 1));
    expect(at - 5_000).toBeLessThanOrEqual(4_500);
    await clock.run(Promise.all(floods));
  });

  it('go on behind the slots of one that was killed', async () => {
    const { clock, process, take, sent } = createWorld();
    const killed = new AbortController();
    const lost = take(process(), 16, killed.signal).catch(() => undefined);
    await clock.advance(100);
    killed.abort();
    await lost;
    await clock.run(take(process(), 4));
    expect(sent.map((at) => at - START)).toEqual([0, 2_200, 2_475, 2_750, 3_025]);
  });

  it('with different limits together keep to the highest', async () => {
    const { clock, process, take, sent } = createWorld();
    await clock.run(Promise.all([process(4), process(2)].map((slots) => take(slots, 12))));
    expect(mostWithin(1_000, sent)).toBeLessThanOrEqual(4);
  });
});

describe('when upstream asks to slow down', () => {
  it('every process stops within a second, waits for as long as upstream asked, and goes on', async () => {
    const { clock, process, take, sent } = createWorld();
    const [one, ...others] = [process(), process(), process()];
    const floods = Promise.all(others.map((slots) => take(slots, 30)));
    await clock.run(take(one, 1));
    await clock.advance(3_000);
    const askedAt = clock.now();
    await one.pause(5_000);
    await clock.run(floods);
    const after = sent.filter((at) => at > askedAt).map((at) => at - askedAt);
    expect(after.filter((ms) => ms > 1_000 && ms < 5_000)).toEqual([]);
    expect(after.filter((ms) => ms >= 5_000 && ms < 7_200)).toHaveLength(8);
    expect(mostWithin(1_000, sent)).toBeLessThanOrEqual(4);
  });

  it('the process that was told stops at once', async () => {
    const { clock, process, take, sent } = createWorld();
    const slots = process();
    const flood = take(slots, 16);
    await clock.advance(600);
    const before = sent.length;
    await slots.pause(3_000);
    await clock.advance(2_999);
    expect(sent).toHaveLength(before);
    await clock.run(flood);
  });

  it.each([0, 4])('no pause is longer than 10 seconds, at a limit of %i', async (perSecond) => {
    const { clock, process, take } = createWorld();
    const slots = process(perSecond);
    await slots.pause(24 * HOUR_MS);
    const [at = 0] = await clock.run(take(slots, 1));
    expect(at).toBe(10_000);
  });

  it('a pause that cannot be stored is kept by this process, and the log says so', async () => {
    const { clock, log, store, process, take } = createWorld();
    const slots = process();
    await clock.run(take(slots, 1));
    store.isDown = true;
    await slots.pause(3_000);
    store.isDown = false;
    expect(log.messages('warn')).toHaveLength(1);
    const [at = 0] = await clock.run(take(slots, 1));
    expect(at).toBeGreaterThanOrEqual(3_000);
  });
});

describe('a wait that is aborted', () => {
  it('ends at once for everybody who waits, and leaves the next slot to the next caller', async () => {
    const { clock, process, take, sent } = createWorld();
    const slots = process();
    const drain = new AbortController();
    const waits = Promise.allSettled(Array.from({ length: 6 }, () => slots.take(drain.signal)));
    await clock.advance(300);
    drain.abort();
    const ends = await waits;
    expect(clock.now() - START).toBe(300);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', ...Array(4).fill('rejected')]);
    expect(ends.at(-1)).toMatchObject({ reason: { name: 'AbortError' } });
    await clock.run(take(slots, 1));
    expect(sent.map((at) => at - START)).toEqual([550]);
  });

  it('was over before it began', async () => {
    const { store, process } = createWorld();
    await expect(process().take(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(store.reads).toBe(0);
  });

  it('does not wait for a store that does not answer', async () => {
    const { clock, process } = createWorld({ latencyMs: HOUR_MS });
    const drain = new AbortController();
    const wait = process().take(drain.signal);
    await clock.advance(100);
    drain.abort();
    await expect(wait).rejects.toMatchObject({ name: 'AbortError' });
    expect(clock.now() - START).toBe(100);
  });
});
