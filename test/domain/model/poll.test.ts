import { expect, it } from '@jest/globals';
import { missingPartOf } from '../../../src/domain/model/poll.ts';

it.each([
  ['missing_scope', 'scope'],
  ['missing_privilege', 'privilege'],
  ['invalid_grant', null],
  ['', null],
  [null, null],
  [undefined, null],
])('an access that fails as %s lacks: %s', (failingKind, expected) => {
  expect(missingPartOf(failingKind)).toBe(expected);
});
