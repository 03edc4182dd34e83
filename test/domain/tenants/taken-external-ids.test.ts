import { describe, expect, it } from '@jest/globals';
import { takenExternalIds } from '../../../src/domain/tenants/taken-external-ids.ts';

describe('External ids that are given for new tenants', () => {
  const bakery = { id: 'bakery', name: "Jane's Bakery" };
  const taken = (index: number, externalId: string, holder: typeof bakery | null) => ({ index, externalId, holder });

  it.each([
    ['are none', [], []],
    ['are left out', [null, null], []],
    ['are all new', ['a', 'b', 'A'], []],
    ['are one that a tenant has', ['a', null, 'held'], [taken(2, 'held', bakery)]],
    ['are twice the same', ['a', 'b', 'a'], [taken(2, 'a', null)]],
    ['are twice one that a tenant has', ['held', 'held'], [taken(0, 'held', bakery), taken(1, 'held', bakery)]],
  ])('%s', (_, given, expected) => {
    expect(takenExternalIds(given, new Map([['held', bakery]]))).toEqual(expected);
  });
});
