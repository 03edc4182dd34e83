import { describe, expect, it } from '@jest/globals';
import { failureOf, type PollFailure } from '../../../src/domain/model/poll.ts';
import { IDLE_MS, type RefreshTrouble, refreshFailureOf } from '../../../src/domain/model/refresh.ts';
import { NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';

const refused = failureOf('timeout', 'no answer within 15 s');
const trouble = (failures: number, sinceMs: number): RefreshTrouble => ({
  kind: 'timeout',
  failures,
  since: NOW - sinceMs,
});
const lasting = { kind: 'refresh_failed', detail: expect.stringContaining('no answer within 15 s; failure ') };

describe('A refresh that fails', () => {
  it.each<[string, PollFailure, RefreshTrouble | null, Partial<Record<keyof PollFailure, unknown>>]>([
    ['for the first time', refused, null, refused],
    ['the fifth time within less than a day', refused, trouble(5, ms('1d') - 1), refused],
    ['the fourth time in a day', refused, trouble(4, ms('1d')), refused],
    ['the fifth time in a day', refused, trouble(5, ms('1d')), { ...refused, ...lasting }],
    ['for weeks', refused, trouble(60, ms('20d')), { ...refused, ...lasting }],
    ['for good', { ...refused, kind: 'invalid_grant' }, trouble(60, ms('20d')), { kind: 'invalid_grant' }],
    ['for want of a scope', { ...refused, kind: 'missing_scope' }, trouble(60, ms('20d')), { kind: 'missing_scope' }],
  ])('%s', (_, failure, before, expected) => {
    expect(refreshFailureOf(failure, before, NOW)).toMatchObject(expected);
  });

  it('says how often it has failed, and since when, once that has lasted', () => {
    const { detail } = refreshFailureOf(refused, trouble(7, ms('2d')), NOW);
    expect(detail).toBe('no answer within 15 s; failure 7 in a row since 2026-01-13T12:00:00.000Z');
  });
});

it('a grant is refreshed long before the 180 days that a token lives without use', () => {
  expect(IDLE_MS).toBe(ms('90d'));
});
