import { describe, expect, it } from '@jest/globals';
import { shareAnswer } from '../../../src/http/share-answer.ts';

/** A question whose answers are given by hand, in the order in which it was asked. */
function aQuestion() {
  const asked: PromiseWithResolvers<string>[] = [];
  const clock = { now: 0 };
  const ask = () => {
    const answer = Promise.withResolvers<string>();
    asked.push(answer);
    return answer.promise;
  };
  return { asked, clock, shared: shareAnswer(ask, { forMs: 1000, now: () => clock.now }) };
}

describe('a shared answer', () => {
  it('is one for all who ask before it is there', async () => {
    const { asked, shared } = aQuestion();
    const all = [shared(), shared(), shared()];
    asked[0]?.resolve('well');
    await expect(Promise.all(all)).resolves.toEqual(['well', 'well', 'well']);
    expect(asked).toHaveLength(1);
  });

  it('is not kept, whether it was good or not', async () => {
    const { asked, shared } = aQuestion();
    const both = [shared(), shared()];
    asked[0]?.reject(new Error('no'));
    for (const each of both) await expect(each).rejects.toThrow('no');
    const next = shared();
    asked[1]?.resolve('well');
    await expect(next).resolves.toBe('well');
  });

  it('that does not come is asked for anew, and stays shared when the old one comes late', async () => {
    const { asked, clock, shared } = aQuestion();
    const first = shared();
    clock.now = 1001;
    const second = shared();
    asked[0]?.resolve('late');
    await expect(first).resolves.toBe('late');
    const third = shared();
    asked[1]?.resolve('well');
    await expect(Promise.all([second, third])).resolves.toEqual(['well', 'well']);
    expect(asked).toHaveLength(2);
  });
});
