import { describe, expect, it } from '@jest/globals';
import { mostWaitingForTokens, nextTokenTurn } from '../../../src/domain/polling/waits.ts';
import { ms, utc } from '../../support/domain-time.ts';

const NOW = utc('2026-01-15 12:00');

describe('Tenants that need a token first', () => {
  it.each([
    [1, 5],
    [4, 20],
    [0.1, 4],
  ])('are no more at once, at %d a second, than %d', (perSecond, most) => {
    expect(mostWaitingForTokens(perSecond)).toBe(most);
  });

  it.each([
    ['the first one', NOW, 1, NOW + ms('6s')],
    ['one after others', NOW + ms('1m'), 1, NOW + ms('61s')],
    ['where four are served each second', NOW + ms('1m'), 4, NOW + ms('1m') + 250],
    ['when all others had their turns long ago', NOW - ms('1h'), 1, NOW + ms('6s')],
    ['behind a hundred thousand', NOW + ms('1d'), 1, NOW + ms('10m')],
  ])('are put off one behind the other: %s', (_, lastTurnAt, perSecond, turnAt) => {
    expect(nextTokenTurn(lastTurnAt, NOW, perSecond)).toBe(turnAt);
  });
});
