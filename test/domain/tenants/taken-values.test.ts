import { describe, expect, it } from '@jest/globals';
import { takenValues } from '../../../src/domain/tenants/taken-values.ts';

describe('Refresh tokens and external ids that are given for new tenants', () => {
  const bakery = { id: 'bakery', name: "Jane's Bakery" };
  const taken = (index: number, value: string, holder: typeof bakery | null) => ({ index, value, holder });

  it.each([
    ['are none', [], []],
    ['are left out', [null, null], []],
    ['are left out twice', [null, 'a', null], []],
    ['are all new', ['a', 'b'], []],
    ['are not the same when they differ in case', ['a', 'A', 'Held'], []],
    ['are one that a tenant has', ['a', null, 'held'], [taken(2, 'held', bakery)]],
    ['are twice the same', ['a', 'b', 'a'], [taken(2, 'a', null)]],
    ['are three times the same', ['a', 'a', 'a'], [taken(1, 'a', null), taken(2, 'a', null)]],
    ['are twice one that a tenant has', ['held', 'held'], [taken(0, 'held', bakery), taken(1, 'held', bakery)]],
  ])('%s', (_, given, expected) => {
    expect(takenValues(given, new Map([['held', bakery]]))).toEqual(expected);
  });
});
