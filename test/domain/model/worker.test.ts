import { expect, it } from '@jest/globals';
import { isHeardOf, REPORT_EVERY_MS } from '../../../src/domain/model/worker.ts';
import { NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';

it.each([
  ['has just reported', NOW, true],
  ['has missed one report', NOW - ms('25s'), true],
  ['has missed more than one', NOW - ms('25s') - 1, false],
  ['has a clock that runs ahead', NOW + ms('1h'), true],
])('a worker that %s is heard of: %s', (_, lastSeenAt, expected) => {
  expect(isHeardOf({ lastSeenAt }, NOW)).toBe(expected);
});

it('a worker reports every ten seconds', () => {
  expect(REPORT_EVERY_MS).toBe(ms('10s'));
});
