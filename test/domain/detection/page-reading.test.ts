import { describe, expect, it } from '@jest/globals';
import { type PageReading, readPages } from '../../../src/domain/detection/page-reading.ts';
import { conditionsOf, healthOf } from '../../../src/domain/model/condition.ts';
import type { ConnectionStatus } from '../../../src/domain/model/connection-status.ts';
import type { PagesSeen, UnreachablePages } from '../../../src/domain/model/pages.ts';
import { aStatus, NOW } from '../../support/builders.ts';
import { alertSettings, NO_GRACE_PERIOD } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

type Given = Readonly<{ status?: Partial<ConnectionStatus>; before?: UnreachablePages; seen?: PagesSeen }>;

function read({ status: fields = {}, before, seen }: Given): PageReading {
  const status = aStatus(fields);
  const conditions = conditionsOf(status, NO_GRACE_PERIOD, alertSettings());
  const reading = { status, conditions, health: healthOf(conditions, status) };
  return readPages(reading, { before: before ?? null, seen: seen ?? null, at: NOW });
}

const names = { named: ['Catering'], more: 0 };
const lost: PagesSeen = { unreachable: names, accessible: 3 };
const allFine: PagesSeen = { unreachable: { named: [], more: 0 }, accessible: 4 };
const noneListed: PagesSeen = { unreachable: { named: [], more: 0 }, accessible: 0 };
const lostBefore = (ago: string, isCause = true): UnreachablePages => ({ ...names, seenAt: NOW - ms(ago), isCause });

const pageUnreachable = { conditions: ['page_unreachable'], health: 'broken' };
const healthy = { conditions: [], health: 'healthy' };

describe('a connection with a lost page', () => {
  it('is broken by it when it looks healthy otherwise', () => {
    const { reading, unreachablePages, pages } = read({ seen: lost });
    expect(reading).toMatchObject(pageUnreachable);
    expect({ unreachablePages, pages }).toEqual({
      unreachablePages: { ...names, seenAt: NOW, isCause: true },
      pages: 'unreachable',
    });
  });

  it.each<[string, Partial<ConnectionStatus>, string]>([
    ['a dead token', { tokenIsValid: false }, 'token_invalid'],
    ['no token', { hasToken: false }, 'token_missing'],
    ['lost scopes', { tokenHasScopes: false }, 'scopes_missing'],
    ['no page at all', { isActiveUser: false }, 'no_profile'],
    ['a rate limit', { rateLimited: true }, 'rate_limited'],
    ['a check that failed', { networkStatus: 503 }, 'check_failed'],
  ])('has what explains it instead, and remembers the page: %s', (_, status, condition) => {
    const { reading, unreachablePages } = read({ status, seen: lost });
    expect(reading.conditions).toEqual([condition]);
    expect(unreachablePages).toEqual({ ...names, seenAt: NOW, isCause: false });
  });

  it.each<[string, Partial<ConnectionStatus>]>([
    ['a rate limit', { rateLimited: true }],
    ['a check that failed', { networkStatus: 504 }],
    ['an error that says nothing of the token', { error: 'boom' }],
    ['a token of which nothing is known', { tokenIsValid: null }],
  ])('is broken by it still when one poll shows %s', (_, status) => {
    const before = lostBefore('1h');
    expect(read({ status, before, seen: lost }).unreachablePages).toEqual({ ...names, seenAt: NOW, isCause: true });
    const explained = lostBefore('1h', false);
    expect(read({ status, before: explained, seen: lost }).unreachablePages).toMatchObject({ isCause: false });
  });

  it.each<[string, Partial<ConnectionStatus>]>([
    ['a dead token', { tokenIsValid: false }],
    ['no token', { hasToken: false }],
    ['lost scopes', { tokenHasScopes: false }],
    ['no page at all', { isActiveUser: false }],
  ])('has what explains it from then on: %s', (_, status) => {
    const { unreachablePages } = read({ status, before: lostBefore('1h'), seen: lost });
    expect(unreachablePages).toMatchObject({ isCause: false });
  });

  it('has no condition where nothing is known of its token', () => {
    expect(read({ status: { tokenIsValid: null }, seen: lost }).reading).toMatchObject({
      conditions: [],
      health: 'unobserved',
    });
  });

  it.each([
    ['can be posted to again', allFine, 'accessible'],
    ['is no longer listed', noneListed, 'not_asked'],
  ])('is healthy when the page %s', (_, seen, pages) => {
    const found = read({ before: lostBefore('1h'), seen });
    expect(found.reading).toMatchObject(healthy);
    expect(found).toMatchObject({ unreachablePages: null, pages });
  });
});

describe('a poll without a look', () => {
  it.each<[string, UnreachablePages, object, string]>([
    ['goes by an earlier look for two days', lostBefore('2d'), pageUnreachable, 'remembered'],
    ['knows nothing after that', lostBefore('49h'), { conditions: [], health: 'unobserved' }, 'remembered'],
    ['believes a repaired token: that had explained it', lostBefore('1h', false), healthy, 'not_asked'],
  ])('%s', (_, before, expected, pages) => {
    const found = read({ before });
    expect(found.reading).toMatchObject(expected);
    expect(found).toMatchObject({ unreachablePages: before, pages });
  });

  it('leaves a connection alone of whose pages nothing was ever said', () => {
    expect(read({})).toMatchObject({ reading: healthy, unreachablePages: null, pages: 'not_asked' });
  });

  it('shows what is wrong with the connection itself', () => {
    const found = read({ status: { tokenIsValid: false }, before: lostBefore('1h') });
    expect(found.reading.conditions).toEqual(['token_invalid']);
    expect(found.pages).toBe('not_asked');
  });
});
