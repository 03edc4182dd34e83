import { expect, it } from '@jest/globals';
import { countOf, pageNamesOf } from '../../../src/domain/model/pages.ts';

it('pages are those that are named, and the ones beyond them', () => {
  expect(countOf({ named: [], more: 0 })).toBe(0);
  expect(countOf({ named: ['Bakery', 'Mill'], more: 3 })).toBe(5);
});

it('what is remembered of pages gives their names alone', () => {
  const remembered = { named: ['Bakery'], more: 1, seenAt: 0, isCause: true };
  expect(pageNamesOf(remembered)).toEqual({ named: ['Bakery'], more: 1 });
  expect(pageNamesOf(null)).toBeNull();
});
