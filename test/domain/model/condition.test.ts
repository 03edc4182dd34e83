import { describe, expect, it } from '@jest/globals';
import {
  actionOf,
  type Condition,
  conditionsOf,
  type GracePeriod,
  type Health,
  healthOf,
  isCheckFailed,
  worstHealth,
} from '../../../src/domain/model/condition.ts';
import { type ConnectionStatus, UNKNOWN_STATUS } from '../../../src/domain/model/connection-status.ts';
import { aStatus } from '../../support/builders.ts';
import { alertSettings, NO_GRACE_PERIOD } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const settings = alertSettings();

function seen(status: ConnectionStatus, gracePeriod: GracePeriod = NO_GRACE_PERIOD) {
  const conditions = conditionsOf(status, gracePeriod, settings);
  return { conditions, action: actionOf(conditions), health: healthOf(conditions, status) };
}

type Row = Readonly<{
  it: string;
  status: Partial<ConnectionStatus>;
  conditions: readonly Condition[];
  action: string;
  health: Health;
}>;

describe('one condition at a time', () => {
  it.each<Row>([
    { it: 'nothing wrong', status: {}, conditions: [], action: 'none', health: 'healthy' },
    {
      it: 'no token',
      status: { hasToken: false },
      conditions: ['token_missing'],
      action: 'reconnect',
      health: 'broken',
    },
    {
      it: 'a token that the network refuses',
      status: { tokenIsValid: false },
      conditions: ['token_invalid'],
      action: 'reconnect',
      health: 'broken',
    },
    {
      it: 'a token that lost permissions',
      status: { tokenHasScopes: false },
      conditions: ['scopes_missing'],
      action: 'reconnect',
      health: 'broken',
    },
    {
      it: 'no page or profile',
      status: { isActiveUser: false },
      conditions: ['no_profile'],
      action: 'choose_profile',
      health: 'broken',
    },
    {
      it: 'a limit that passes',
      status: { rateLimited: true },
      conditions: ['rate_limited'],
      action: 'wait',
      health: 'waiting',
    },
    {
      it: 'a network that fails',
      status: { networkStatus: 500 },
      conditions: ['check_failed'],
      action: 'none',
      health: 'waiting',
    },
  ])('$it', ({ status, conditions, action, health }) => {
    expect(seen(aStatus(status))).toEqual({ conditions, action, health });
  });

  it('a removed connection asks for nothing and is left out of the tenant', () => {
    expect(actionOf(['removed'])).toBe('none');
    expect(healthOf(['removed'], UNKNOWN_STATUS)).toBe('removed');
  });
});

describe('a network that did not answer', () => {
  it.each<[string, boolean, Partial<ConnectionStatus>]>([
    ['no status and no error: it answered', false, { networkStatus: null, error: null }],
    ['0: it never answered', true, { networkStatus: 0 }],
    ['200: it answered', false, { networkStatus: 200 }],
    ['200 beside an error: nobody knows', true, { networkStatus: 200, error: 'boom' }],
    ['400: it refused', false, { networkStatus: 400 }],
    ['404 beside an error: it refused', false, { networkStatus: 404, error: 'boom' }],
    ['429: it was too busy', true, { networkStatus: 429 }],
    ['499: the last of the refusals', false, { networkStatus: 499, error: 'boom' }],
    ['500: it failed', true, { networkStatus: 500 }],
    ['599: it failed', true, { networkStatus: 599 }],
    ['an error without a status: nobody knows', true, { networkStatus: null, error: 'boom' }],
    ['an empty error text is an error too', true, { networkStatus: null, error: '' }],
    ['a redirect beside an error: nobody knows', true, { networkStatus: 302, error: 'boom' }],
  ])('%s', (_, expected, status) => {
    expect(isCheckFailed(aStatus(status))).toBe(expected);
  });
});

describe('deeper causes mask what follows from them', () => {
  const unanswered = { networkStatus: 503, error: 'boom' };
  it.each<[string, Partial<ConnectionStatus>, readonly Condition[]]>([
    [
      'no token explains an invalid one, missing scopes and a missing profile',
      { hasToken: false, tokenIsValid: false, tokenHasScopes: false, isActiveUser: false },
      ['token_missing'],
    ],
    [
      'an invalid token explains missing scopes and a missing profile',
      { tokenIsValid: false, tokenHasScopes: false, isActiveUser: false },
      ['token_invalid'],
    ],
    ['missing scopes explain a missing profile', { tokenHasScopes: false, isActiveUser: false }, ['scopes_missing']],
    ['no cause explains a rate limit', { hasToken: false, rateLimited: true }, ['token_missing', 'rate_limited']],
    ['a failed check explains an invalid token', { tokenIsValid: false, ...unanswered }, ['check_failed']],
    ['a failed check explains no missing token', { hasToken: false, ...unanswered }, ['token_missing', 'check_failed']],
    [
      'a failed check explains no missing scopes',
      { tokenIsValid: false, tokenHasScopes: false, ...unanswered },
      ['scopes_missing', 'check_failed'],
    ],
    [
      'a failed check explains no missing profile',
      { tokenIsValid: false, isActiveUser: false, ...unanswered },
      ['no_profile', 'check_failed'],
    ],
  ])('%s', (_, status, conditions) => {
    expect(seen(aStatus(status)).conditions).toEqual(conditions);
  });
});

describe('an invalid token that may be the fault of the probe', () => {
  const beside = { rateLimited: { tokenIsValid: false, rateLimited: true } };
  const unanswered = { tokenIsValid: false, networkStatus: 500 };
  it.each<[string, Partial<ConnectionStatus>, Partial<GracePeriod>, readonly Condition[]]>([
    ['is not believed beside a fresh rate limit', beside.rateLimited, { rateLimitedForMs: 0 }, ['rate_limited']],
    [
      'is not believed just before RATE_LIMIT_AFTER',
      beside.rateLimited,
      { rateLimitedForMs: ms('2h') - 1 },
      ['rate_limited'],
    ],
    [
      'is believed beside a limit that lasted RATE_LIMIT_AFTER',
      beside.rateLimited,
      { rateLimitedForMs: ms('2h') },
      ['token_invalid', 'rate_limited'],
    ],
    ['is not believed after one failed check', unanswered, { checkFailedInvalidForMs: 0 }, ['check_failed']],
    [
      'is not believed just before CHECK_FAILED_AFTER',
      unanswered,
      { checkFailedInvalidForMs: ms('24h') - 1 },
      ['check_failed'],
    ],
    [
      'is believed in place of checks that failed for CHECK_FAILED_AFTER',
      unanswered,
      { checkFailedInvalidForMs: ms('24h') },
      ['token_invalid'],
    ],
    [
      'must outlast both doubts when both are there',
      { ...unanswered, rateLimited: true },
      { checkFailedInvalidForMs: ms('24h'), rateLimitedForMs: ms('1h') },
      ['rate_limited', 'check_failed'],
    ],
  ])('%s', (_, status, gracePeriod, conditions) => {
    expect(seen(aStatus(status), { ...NO_GRACE_PERIOD, ...gracePeriod }).conditions).toEqual(conditions);
  });
});

describe('what is not known is never counted as wrong, nor as well', () => {
  it.each<[string, Partial<ConnectionStatus>, Health]>([
    ['a status without a single field', UNKNOWN_STATUS, 'unobserved'],
    ['an unknown token', { hasToken: null }, 'unobserved'],
    ['an unknown validity', { tokenIsValid: null }, 'unobserved'],
    [
      'unknown scopes, profile and limit beside a good token',
      { ...UNKNOWN_STATUS, hasToken: true, tokenIsValid: true },
      'healthy',
    ],
    ['an unknown token beside missing scopes', { hasToken: null, tokenHasScopes: false }, 'broken'],
  ])('%s', (_, status, health) => {
    expect(seen(aStatus(status)).health).toBe(health);
  });
});

describe('the worst of a tenant', () => {
  it.each<[readonly Health[], Health | null]>([
    [['healthy', 'unobserved', 'waiting', 'broken', 'removed'], 'broken'],
    [['healthy', 'unobserved', 'waiting'], 'waiting'],
    [['healthy', 'unobserved'], 'unobserved'],
    [['healthy', 'removed'], 'healthy'],
    [['removed'], null],
    [[], null],
  ])('of %j is %j', (all, worst) => {
    expect(worstHealth(all)).toBe(worst);
  });
});
