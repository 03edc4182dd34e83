import { describe, expect, it } from '@jest/globals';
import { type Grant, isFresh, isUsable, type NewGrant, storingOf } from '../../../src/domain/model/grant.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';

const NOW = Date.UTC(2026, 2, 1);

function aGrant(given: Partial<NewGrant> = {}): NewGrant {
  const inPrime = { expiresAt: NOW + 12 * HOUR_MS, lifetimeMs: 24 * HOUR_MS };
  return { accessToken: 'access-0', refreshToken: 'refresh-0', ...inPrime, ...given };
}

describe('an access token', () => {
  const unknownEnd = { expiresAt: null, lifetimeMs: null };

  it.each([
    ['that is missing is neither usable nor fresh', aGrant({ accessToken: null, ...unknownEnd }), false, false],
    ['that ended a minute ago is neither', aGrant({ expiresAt: NOW - MINUTE_MS }), false, false],
    ['that ends now is neither', aGrant({ expiresAt: NOW }), false, false],
    ['that ends in 5 minutes is usable, no longer fresh', aGrant({ expiresAt: NOW + 5 * MINUTE_MS }), true, false],
    ['that ends a moment later is fresh', aGrant({ expiresAt: NOW + 5 * MINUTE_MS + 1 }), true, true],
    [
      'in the first half of a short life is fresh',
      aGrant({ expiresAt: NOW + MINUTE_MS + 1, lifetimeMs: 2 * MINUTE_MS }),
      true,
      true,
    ],
    [
      'in the second half of a short life is not fresh',
      aGrant({ expiresAt: NOW + MINUTE_MS, lifetimeMs: 2 * MINUTE_MS }),
      true,
      false,
    ],
    ['whose end is unknown is fresh until a 401', aGrant(unknownEnd), true, true],
  ])('%s', (_, grant, usable, fresh) => {
    expect([isUsable(grant, NOW), isFresh(grant, NOW)]).toEqual([usable, fresh]);
  });
});

describe('a refreshed grant', () => {
  const refreshed = aGrant({ accessToken: 'access-1', refreshToken: 'refresh-1' });
  const stored = (given: Partial<Grant>): Grant => ({ ...aGrant(), applicationId: null, revision: 4, ...given });

  it.each([
    ['of a tenant that was removed, or has no grant any more, is dropped', null, { kind: 'tenant_gone' }],
    [
      'gives way to the grant that an operator gave meanwhile',
      stored({ accessToken: null, refreshToken: 'refresh-operator', revision: 5 }),
      { kind: 'superseded' },
    ],
    [
      'gives way to the grant of another process, whose refresh was stored first',
      stored({ accessToken: 'access-2', refreshToken: 'refresh-2', revision: 5 }),
      { kind: 'superseded' },
    ],
    ['takes the place of the grant that was refreshed', stored({}), { kind: 'store', overRevision: 4 }],
    [
      'takes the place of the spent refresh token that an operator gave once more',
      stored({ accessToken: null, revision: 5 }),
      { kind: 'store', overRevision: 5 },
    ],
    [
      'takes the place of the refresh token, though its access token is there already',
      stored({ accessToken: 'access-1', revision: 5 }),
      { kind: 'store', overRevision: 5 },
    ],
    ['is stored once, when the answer of the store was lost', stored(refreshed), { kind: 'stored_before' }],
  ])('%s', (_, present, expected) => {
    expect(storingOf({ presented: 'refresh-0', refreshed }, present)).toEqual(expected);
  });

  it('with the same refresh token as before is stored for its access token', () => {
    const longLived = aGrant({ accessToken: 'access-1' });
    const decided = [stored({}), stored({ ...longLived, revision: 5 }), stored({ accessToken: 'access-2' })];
    expect(decided.map((present) => storingOf({ presented: 'refresh-0', refreshed: longLived }, present).kind)).toEqual(
      ['store', 'stored_before', 'store'],
    );
  });
});
