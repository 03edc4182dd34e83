import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packRepeat, unpackRepeats } from '../../../src/domain/model/repeats.ts';
import { HOUR_MS, type Instant } from '../../../src/domain/model/time.ts';
import { NOW } from '../../support/builders.ts';

function packed(first: Instant, times: readonly Instant[]): string {
  const all = [first, ...times];
  const intervals = [0, ...times.map((at, index) => at - (all[index] ?? at))];
  return times.map((_, index) => packRepeat((intervals[index + 1] ?? 0) - (intervals[index] ?? 0))).join('');
}

describe('the times of repeated polls', () => {
  it('are what they were, to the millisecond', () => {
    const intervals = fc.array(fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 4e9 })));
    fc.assert(
      fc.property(intervals, (given) => {
        const times: Instant[] = [];
        for (const intervalMs of given) times.push((times.at(-1) ?? NOW) + intervalMs);
        expect(unpackRepeats(NOW, packed(NOW, times))).toEqual(times);
      }),
    );
  });

  it('are none where nothing is packed', () => {
    expect(unpackRepeats(NOW, '')).toEqual([]);
  });

  it('take two signs each where polls are regular to the half second', () => {
    const late = [0, 310, 120, 480, 20, 350, 270, 490, 10, 60];
    const times = late.map((ms, index) => NOW + (index + 1) * HOUR_MS + ms);
    expect(packed(NOW, times).length).toBeLessThanOrEqual(2 * times.length + 4);
  });

  it('keep to signs that neither JSON nor SQL has to escape, and that separate nothing', () => {
    const all = Array.from({ length: 5_000 }, (_, n) => packRepeat(n - 2_500)).join('');
    expect(all).toMatch(/^[!#-&(-+\--[\]-~]+$/);
    expect(JSON.stringify(all)).toBe(`"${all}"`);
  });
});
