import { describe, expect, it } from '@jest/globals';
import { identityKey } from '../../../src/domain/model/connection.ts';
import { type ConnectionStatus, isSameStatus } from '../../../src/domain/model/connection-status.ts';
import { aStatus } from '../../support/builders.ts';

describe('two statuses are the same observation', () => {
  it.each<[string, string, string]>([
    ['although their errors name another request', 'failed, request 8f2a1', 'failed, request 77c0e'],
    ['although their errors name another time', 'failed at 2026-01-15T12:00:00Z', 'failed at 2026-01-15T13:00:01Z'],
    ['although their errors count differently', 'failed after 30 ms', 'failed after 2147 ms'],
    ['although a name in their errors ends with another number', 'failed on edge7', 'failed on node12'],
  ])('%s', (_, one, other) => {
    expect(isSameStatus(aStatus({ error: one }), aStatus({ error: other }))).toBe(true);
  });

  it.each<[string, Partial<ConnectionStatus>]>([
    ['unless an error says something else', { error: 'page not found' }],
    ['unless an error has a number more', { error: 'no such 7 user' }],
    ['unless one of them has no error', { error: null }],
    ['unless a field became unknown', { tokenIsValid: null }],
    ['unless the token went', { hasToken: false }],
    ['unless the profile went', { isActiveUser: false }],
    ['unless a limit came', { rateLimited: true }],
    ['unless scopes went', { tokenHasScopes: false }],
    ['unless the network answered differently', { networkStatus: 404 }],
  ])('%s', (_, given) => {
    const status = aStatus({ error: 'no such user' });
    expect(isSameStatus(status, { ...status, ...given })).toBe(false);
  });
});

it('a connection is known by its network in any case, and its account, without what stands around them', () => {
  expect(identityKey({ network: ' Facebook', accountId: '1 ' })).toBe('facebook\x001');
});

it('a connection is known by its network and account together', () => {
  expect(identityKey({ network: 'facebook', accountId: '1' })).not.toBe(
    identityKey({ network: 'instagram', accountId: '1' }),
  );
});
