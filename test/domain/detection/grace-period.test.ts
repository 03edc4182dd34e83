import { describe, expect, it } from '@jest/globals';
import { gracePeriodAt, gracePeriodStarts } from '../../../src/domain/detection/grace-period.ts';
import type { Connection } from '../../../src/domain/model/connection.ts';
import type { ConnectionStatus } from '../../../src/domain/model/connection-status.ts';
import { aConnection, aSnapshot, aStatus, NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';

const EARLIER = NOW - ms('1h');
const begun = { rateLimitedSince: EARLIER, checkFailedSince: EARLIER, checkFailedInvalidSince: EARLIER };
const nothing = { rateLimitedSince: null, checkFailedSince: null, checkFailedInvalidSince: null };
const limited = { rateLimited: true };
const unanswered = { networkStatus: 503 };
const unansweredInvalid = { networkStatus: 503, tokenIsValid: false };

describe('Since when a doubt has lasted', () => {
  it.each<[string, Partial<Connection>, Partial<ConnectionStatus>, object]>([
    [
      'begins anew after a gap',
      { ...begun, period: aSnapshot({ to: NOW - ms('2h') - 1 }) },
      { ...limited, ...unansweredInvalid },
      { rateLimitedSince: NOW, checkFailedSince: NOW, checkFailedInvalidSince: NOW },
    ],
    ['is forgotten after a gap', { ...begun, period: aSnapshot({ to: NOW - ms('2h') - 1 }) }, {}, nothing],
    [
      'of a limit does not go on through a gap while it is unknown',
      { ...begun, period: aSnapshot({ to: NOW - ms('2h') - 1 }) },
      { rateLimited: null },
      nothing,
    ],
    ['of a limit goes on while it is unknown', begun, { rateLimited: null }, { rateLimitedSince: EARLIER }],
    ['of a limit does not begin while it is unknown', nothing, { rateLimited: null }, nothing],
    ['of a limit goes on while there is one', begun, limited, { rateLimitedSince: EARLIER }],
    ['of a limit begins with it', nothing, limited, { ...nothing, rateLimitedSince: NOW }],
    ['ends with a good status', begun, {}, nothing],
    ['of a failed check begins with it', nothing, unanswered, { ...nothing, checkFailedSince: NOW }],
    [
      'of an invalid token ends when only the check fails',
      begun,
      { ...unanswered, rateLimited: null },
      { checkFailedSince: EARLIER, checkFailedInvalidSince: null },
    ],
    [
      'of an invalid token goes on while the check fails',
      begun,
      unansweredInvalid,
      { checkFailedInvalidSince: EARLIER },
    ],
    [
      'of an invalid token ends when the check succeeds',
      begun,
      { tokenIsValid: false },
      { checkFailedInvalidSince: null },
    ],
  ])('%s', (_, before, status, expected) => {
    expect(gracePeriodStarts(aConnection(before), aStatus(status), NOW)).toMatchObject(expected);
  });
});

describe('How long a doubt has lasted', () => {
  it('is counted from its beginning, and is null without one', () => {
    expect(gracePeriodAt(begun, NOW)).toEqual({ rateLimitedForMs: ms('1h'), checkFailedInvalidForMs: ms('1h') });
    expect(gracePeriodAt(nothing, NOW)).toEqual({ rateLimitedForMs: null, checkFailedInvalidForMs: null });
  });
});
