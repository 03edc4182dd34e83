import { describe, expect, it } from '@jest/globals';
import { durationFromText } from '../../../src/domain/model/duration.ts';

describe('The text of a duration', () => {
  it.each<[string, number | null]>([
    ['500ms', 500],
    ['0ms', 0],
    ['30s', 30_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['3d', 259_200_000],
    ['120m', 7_200_000],
    ['', null],
    ['30', null],
    ['s', null],
    ['-3d', null],
    ['1.5h', null],
    ['2 h', null],
    ['2H', null],
    ['1w', null],
    ['2h30m', null],
    ['in 2h', null],
    ['2hours', null],
    ['xs', null],
  ])('"%s" is %s ms', (text, expected) => {
    expect(durationFromText(text)).toBe(expected);
  });
});
