import { describe, expect, it } from '@jest/globals';
import { keyRoles, keyStateAt, roleIncludes } from '../../../src/domain/model/api-key.ts';
import { NOW } from '../../support/builders.ts';

describe('a key', () => {
  it.each([
    [{ expiresAt: null, revokedAt: null }, 'active'],
    [{ expiresAt: NOW + 1, revokedAt: null }, 'active'],
    [{ expiresAt: NOW, revokedAt: null }, 'expired'],
    [{ expiresAt: NOW - 1, revokedAt: null }, 'expired'],
    [{ expiresAt: null, revokedAt: NOW }, 'revoked'],
    [{ expiresAt: NOW - 2, revokedAt: NOW - 1 }, 'revoked'],
    // The clock of another machine may be ahead: a revoked key never works again.
    [{ expiresAt: null, revokedAt: NOW + 1 }, 'revoked'],
  ])('that is %j is %s', (key, state) => {
    expect(keyStateAt(key, NOW)).toBe(state);
  });
});

describe('a role', () => {
  it('includes itself and every lesser one, and no greater one', () => {
    const included = keyRoles.map((role) => [role, keyRoles.filter((wanted) => roleIncludes(role, wanted))]);
    expect(Object.fromEntries(included)).toEqual({
      read: ['read'],
      operate: ['read', 'operate'],
      admin: ['read', 'operate', 'admin'],
    });
  });
});
