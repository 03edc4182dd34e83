import { describe, expect, it } from '@jest/globals';
import { knownRefusal, refusalKind, refusedGrantKind } from '../../../src/domain/detection/explain-refusal.ts';
import type { PollFailureKind } from '../../../src/domain/model/poll.ts';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { NOW } from '../../support/builders.ts';

const all = ['offline_access', 'account_read', 'campaign_data'];

describe('the cause of a 403', () => {
  it.each<[string, readonly string[] | undefined, readonly string[] | null, string]>([
    ['the scope is missing', ['offline_access'], null, 'missing_scope'],
    ['scope and privilege are missing', ['offline_access'], [], 'missing_scope'],
    ['the privilege is missing', all, ['campaign:create'], 'missing_privilege'],
    ['the user may do nothing at all', all, [], 'missing_privilege'],
    ['the privilege is missing, and of the scopes nothing is known', undefined, [], 'missing_privilege'],
    ['nothing is missing', all, ['campaign:read'], 'application_deactivated'],
    ['the privilege is there, and of the scopes nothing is known', undefined, ['campaign:read'], 'forbidden'],
    ['of the privileges nothing is known', all, null, 'forbidden'],
    ['nothing is known', undefined, null, 'forbidden'],
  ])('%s', (_, scopes, privileges, kind) => {
    expect(refusalKind({ scopes, privileges })).toBe(kind);
  });
});

it.each([
  [undefined, 'invalid_grant'],
  [all, 'invalid_grant'],
  [['campaign_data'], 'missing_scope'],
])('a refused refresh token that came with the scopes %j: %s', (scopes, kind) => {
  expect(refusedGrantKind(scopes)).toBe(kind);
});

describe('the cause that was found before', () => {
  const failing = (kind: PollFailureKind) => ({ kind, since: NOW - 10 });
  it.each<[string, Parameters<typeof knownRefusal>[0], string | null]>([
    ['nothing fails', { failing: null, privilegesAskedAt: NOW }, null],
    ['nobody was asked', { failing: failing('forbidden'), privilegesAskedAt: null }, null],
    ['it was asked before it began', { failing: failing('forbidden'), privilegesAskedAt: NOW - 11 }, null],
    [
      'it was asked as it began',
      { failing: failing('missing_privilege'), privilegesAskedAt: NOW - 10 },
      'missing_privilege',
    ],
    ['the answer said nothing', { failing: failing('forbidden'), privilegesAskedAt: NOW - 10 }, 'forbidden'],
    ['something else failed meanwhile', { failing: failing('unauthorized'), privilegesAskedAt: NOW - 10 }, null],
    ['it was asked just now', { failing: failing('forbidden'), privilegesAskedAt: NOW }, 'forbidden'],
    [
      'the application itself was refused',
      { failing: failing('application_deactivated'), privilegesAskedAt: NOW - 10 },
      'application_deactivated',
    ],
    ['the clock was ahead', { failing: failing('forbidden'), privilegesAskedAt: NOW + 1 }, null],
    [
      'a day has passed',
      { failing: { kind: 'missing_privilege', since: NOW - 2 * DAY_MS }, privilegesAskedAt: NOW - DAY_MS },
      null,
    ],
  ])('%s', (_, known, kind) => {
    expect(knownRefusal(known, NOW)).toBe(kind);
  });
});
