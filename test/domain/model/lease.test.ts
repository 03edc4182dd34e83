import { expect, it } from '@jest/globals';
import { isHeldUntil } from '../../../src/domain/model/lease.ts';
import { NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';

it.each([
  ['ends later', NOW + 1, true],
  ['ends now', NOW, false],
  ['is none', null, false],
  ['ends in an hour, the longest there is', NOW + ms('1h'), true],
  ['was written while the clock was hours ahead', NOW + ms('6h'), false],
])('a lease that %s keeps others away: %s', (_, until, expected) => {
  expect(isHeldUntil(until, NOW)).toBe(expected);
});
