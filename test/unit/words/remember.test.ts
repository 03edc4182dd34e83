import { expect, it } from '@jest/globals';
import { remember } from '../../../src/words/remember.ts';

it('makes a thing once for as long as it is asked for again and again, and lets go what was not for the longest time', () => {
  const made: string[] = [];
  const lengthOf = remember(2, (text: string) => {
    made.push(text);
    return text === '' ? undefined : text.length;
  });
  expect([lengthOf('one'), lengthOf('three'), lengthOf('one')]).toEqual([3, 5, 3]);
  expect(made).toEqual(['one', 'three']);

  expect([lengthOf(''), lengthOf(''), lengthOf('one'), lengthOf('three')]).toEqual([undefined, undefined, 3, 5]);
  expect(made).toEqual(['one', 'three', '', 'three']);
});
