import { describe, expect, it } from '@jest/globals';
import { takenTokens } from '../../../src/domain/tenants/taken-tokens.ts';

describe('Refresh tokens that are given for new tenants', () => {
  const holders = new Map([['held', 'bakery']]);

  it.each([
    ['are none', [], []],
    ['are all new', ['a', 'b'], []],
    ['are left out twice', [null, 'a', null], []],
    ['are not the same when they differ in case', ['a', 'A', 'Held'], []],
    ['are one that a tenant has', ['a', 'held'], [{ index: 1, holder: 'bakery' }]],
    ['are twice the same', ['a', 'b', 'a'], [{ index: 2, holder: null }]],
    [
      'are three times the same',
      ['a', 'a', 'a'],
      [
        { index: 1, holder: null },
        { index: 2, holder: null },
      ],
    ],
    [
      'are twice one that a tenant has',
      ['held', 'held'],
      [
        { index: 0, holder: 'bakery' },
        { index: 1, holder: 'bakery' },
      ],
    ],
  ])('%s', (_, given, expected) => {
    expect(takenTokens(given, holders)).toEqual(expected);
  });
});
