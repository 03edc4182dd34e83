import { describe, expect, it } from '@jest/globals';
import { keptFor } from '../../src/monitoring/kept-for.ts';
import { NOW } from '../support/builders.ts';
import { ms } from '../support/domain-time.ts';
import { manualClock } from '../support/use-case-clock.ts';

/** A question whose answers are counted, and kept for a minute. */
function aQuestion(ask: (asked: number) => Promise<unknown> = async (asked) => asked) {
  const clock = manualClock(NOW);
  let asked = 0;
  const read = keptFor(ms('1m'), clock, () => {
    asked += 1;
    return ask(asked);
  });
  return { clock, read };
}

describe('An answer that is kept', () => {
  it('serves all who ask until its time is over', async () => {
    const { clock, read } = aQuestion();
    expect(await Promise.all([read(), read()])).toEqual([1, 1]);
    clock.jump(ms('1m') - 1);
    expect(await read()).toBe(1);
    clock.jump(1);
    expect(await Promise.all([read(), read()])).toEqual([2, 2]);
    expect(await read()).toBe(2);
  });

  it('is waited for, however long that takes, and kept from then on', async () => {
    const slow = Promise.withResolvers<void>();
    const { clock, read } = aQuestion(async (asked) => {
      await slow.promise;
      return asked;
    });
    const first = read();
    clock.jump(ms('1h'));
    const second = read();
    slow.resolve();
    expect(await Promise.all([first, second])).toEqual([1, 1]);
    clock.jump(ms('1m') - 1);
    expect(await read()).toBe(1);
  });

  const failsOnce = (asked: number) => {
    if (asked === 1) throw new Error('the database is away');
    return Promise.resolve(asked);
  };
  it.each([
    ['a failure', async (asked: number) => await failsOnce(asked)],
    ['a failure before anything was asked', failsOnce],
  ])('is asked for again after %s', async (_, ask) => {
    const { read } = aQuestion(ask);
    await expect(Promise.all([read(), read()])).rejects.toThrow('away');
    expect(await read()).toBe(2);
  });

  it('is asked for again when the clock was set back: nobody knows how old it is', async () => {
    const { clock, read } = aQuestion();
    await read();
    clock.jump(-ms('1d'));
    expect(await read()).toBe(2);
    expect(await read()).toBe(2);
  });

  it('that is old serves while another one is on its way, until it is too old', async () => {
    const slow = Promise.withResolvers<void>();
    const clock = manualClock(NOW);
    let asked = 0;
    const read = keptFor({ freshMs: ms('1m'), oldMs: ms('5m') }, clock, async () => {
      asked += 1;
      const own = asked;
      if (own > 1) await slow.promise;
      return own;
    });
    expect(await read()).toBe(1);
    clock.jump(ms('2m'));
    expect([await read(), await read(), asked]).toEqual([1, 1, 2]);
    clock.jump(ms('10m'));
    const late = read();
    slow.resolve();
    expect([await late, await read(), asked]).toEqual([2, 2, 2]);
  });

  it('that is old serves although another one could not be had, until it is too old', async () => {
    const clock = manualClock(NOW);
    let asked = 0;
    const read = keptFor({ freshMs: ms('1m'), oldMs: ms('5m') }, clock, async () => {
      asked += 1;
      if (asked > 1) throw new Error('the database is away');
      return asked;
    });
    await read();
    clock.jump(ms('2m'));
    expect([await read(), await read()]).toEqual([1, 1]);
    clock.jump(ms('10m'));
    await expect(read()).rejects.toThrow('away');
  });
});
