import { expect, it } from '@jest/globals';
import { createWrongKeys } from '../../../src/http/dashboard/wrong-keys.ts';

it('three wrong keys cost nothing, and each one after them doubles the pause, for that address alone', () => {
  let now = 0;
  const keys = createWrongKeys(() => now);
  const pauses = Array.from({ length: 12 }, () => {
    keys.wrong('a');
    const pause = keys.pauseOf('a');
    now += pause;
    return pause / 1000;
  });
  expect(pauses).toEqual([0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
  expect(keys.pauseOf('b')).toBe(0);
  keys.wrong('a');
  keys.right('a');
  expect(keys.pauseOf('a')).toBe(0);
});
