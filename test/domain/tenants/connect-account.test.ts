import { describe, expect, it } from '@jest/globals';
import type { Account } from '../../../src/domain/model/account.ts';
import { isLinkGood, type Tenant } from '../../../src/domain/model/tenant.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import {
  accountOfNewToken,
  type ConnectDecision,
  decideAccount,
  decideConnected,
  decideFirstLearned,
  decideLearned,
  mayReadAccount,
  missingScopes,
} from '../../../src/domain/tenants/connect-account.ts';
import { aContact, aGrant, aTenant, NOW } from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';
import { aPermission, usualScopes } from '../../support/use-case-authorizer.ts';

function anAccount(given: Partial<Account> = {}): Account {
  return {
    accountId: 'A',
    name: "Jane's Bakery",
    contactEmail: 'jane@bakery.example',
    timezone: 'US/Eastern',
    ...given,
  };
}

function recordOf(id: string, tenant: Partial<Tenant> = {}, email = `${id}@tenant.example`): TenantRecord {
  const contacts = [aContact({ tenantId: id, email })];
  return { ...aRecord({ tenant: aTenant({ id, name: id, ...tenant }) }), contacts };
}

function withColleague(record: TenantRecord): TenantRecord {
  return { ...record, contacts: [...record.contacts, aContact({ id: 'contact-2', email: 'bob@else.example' })] };
}

const unknown: Account = { accountId: null, name: null, contactEmail: null, timezone: null };

describe('The account that somebody signed in to', () => {
  type Given = Readonly<{
    account?: Account;
    target?: TenantRecord;
    known?: TenantRecord;
    similar?: readonly TenantRecord[];
  }>;
  type Decision = ConnectDecision['kind'];

  it.each<[string, Given, Decision, string | null]>([
    ['is a new tenant when nobody knows it', {}, 'add', null],
    ['is its tenant when it is known', { known: recordOf('t') }, 'update', 't'],
    ['is asked about when another tenant looks like it and nobody can tell', { similar: [recordOf('t')] }, 'ask', 't'],
    [
      'is the tenant that waits for it',
      { similar: [recordOf('t', { state: 'unconnected' }, 'jane@bakery.example')] },
      'update',
      't',
    ],
    [
      'is the tenant that has its name and its address, though nobody can tell',
      { similar: [recordOf('s'), recordOf('t', { name: "Jane's Bakery" }, 'jane@bakery.example')] },
      'update',
      't',
    ],
    [
      'is the tenant that was meant and is known to be it',
      { target: recordOf('t'), known: recordOf('t') },
      'update',
      't',
    ],
    ['is the tenant that was meant, by its name', { target: recordOf('t', { name: "JANE'S bakery" }) }, 'update', 't'],
    [
      'is the tenant that was meant, by the address of a contact',
      { target: recordOf('t', {}, 'Jane@Bakery.example') },
      'update',
      't',
    ],
    ['is asked about when it is not the one that was meant', { target: recordOf('t') }, 'ask', 't'],
    [
      'is asked about when the tenant is known to be another account, of the same name though',
      { target: recordOf('t', { accountId: 'B', name: "Jane's Bakery" }) },
      'ask',
      't',
    ],
    [
      'is asked about as the tenant that it is known to be, when another one was meant',
      { target: recordOf('t', { name: "Jane's Bakery" }), known: recordOf('other', { accountId: 'A' }) },
      'ask',
      'other',
    ],
    [
      'is taken for the tenant that was meant when nothing of it may be read',
      { account: unknown, target: recordOf('t') },
      'update',
      't',
    ],
    [
      'is the tenant that was meant, by its id, whatever it is called now',
      { target: recordOf('t', { accountId: 'A' }) },
      'update',
      't',
    ],
    [
      'is asked about when its name alone may be read, and it is another',
      { account: anAccount({ contactEmail: null }), target: recordOf('t') },
      'ask',
      't',
    ],
    [
      'is asked about when its address alone may be read, and it is another',
      { account: anAccount({ name: null }), target: recordOf('t') },
      'ask',
      't',
    ],
    [
      'is the tenant that was meant, by the address of one of its contacts',
      { target: withColleague(recordOf('t', {}, 'jane@bakery.example')) },
      'update',
      't',
    ],
    [
      'is the tenant that has its name and the address of one contact',
      { similar: [withColleague(recordOf('t', { name: "Jane's Bakery" }, 'jane@bakery.example'))] },
      'update',
      't',
    ],
    [
      'is asked about when a tenant has its name, and other contacts',
      { similar: [recordOf('t', { name: "Jane's Bakery" })] },
      'ask',
      't',
    ],
    [
      'is asked about when nothing of it may be read and the tenant is known to be some account',
      { account: unknown, target: recordOf('t', { accountId: 'B' }) },
      'ask',
      't',
    ],
    ['cannot be told from any other when nothing of it may be read', { account: unknown }, 'add', null],
  ])('%s', (_, { account = anAccount(), target = null, known = null, similar = [] }, kind, tenantId) => {
    const decision = decideAccount({ account, target, known, similar });
    expect(decision).toMatchObject(tenantId === null ? { kind } : { kind, tenantId });
  });

  it('is asked about with the tenant that was meant, not the one that it is', () => {
    const target = recordOf('meant');
    const decision = decideAccount({ account: anAccount(), target, known: recordOf('is'), similar: [] });
    expect(decision).toEqual({ kind: 'ask', tenantId: 'is', accountId: null, expected: target });
  });
});

describe('A tenant that is connected', () => {
  const connect = (tenant: Partial<Tenant>, linkSignedAt: number | null = null, account = anAccount()) =>
    decideConnected(recordOf('t', tenant, 'jane@bakery.example'), {
      account,
      grant: aGrant(),
      applicationId: null,
      linkSignedAt,
      now: NOW,
    });

  it.each<[string, Partial<Tenant>, Partial<Tenant>]>([
    ['is polled again at once', { state: 'reauthorize', nextPollAt: null }, { state: 'active', nextPollAt: NOW }],
    ['is tried again when it lacked a privilege', { state: 'access_denied' }, { state: 'active', nextPollAt: NOW }],
    ['stays paused', { state: 'paused', nextPollAt: null }, { state: 'paused', nextPollAt: null }],
    [
      'takes the name and the time zone that nobody has set',
      { state: 'unconnected', name: 'jane@bakery.example', timezone: 'UTC' },
      { state: 'active', name: "Jane's Bakery", timezone: 'US/Eastern' },
    ],
    [
      'keeps the name and the time zone that somebody has set',
      { state: 'unconnected', name: 'Our Jane', timezone: 'Europe/Paris' },
      { name: 'Our Jane', timezone: 'Europe/Paris' },
    ],
    [
      'keeps what is set when it was connected before',
      { state: 'reauthorize', name: 'jane@bakery.example', timezone: 'UTC' },
      { name: 'jane@bakery.example', timezone: 'UTC' },
    ],
    ['is known by its account from then on', { accountId: null }, { accountId: 'A' }],
  ])('%s', (_, before, after) => {
    const update = connect(before);
    expect(update.tenant).toMatchObject(after);
    expect(update.grant).toEqual(aGrant());
  });

  it('keeps its account when nothing of the account may be read', () => {
    expect(connect({ accountId: 'A' }, null, unknown).tenant).toMatchObject({ accountId: 'A' });
  });

  it.each([
    ['every link up to now', null, NOW],
    ['its link, though the clock that signed it is ahead', NOW + 5_000, NOW + 5_000],
  ])('uses up %s', (_, linkSignedAt, spentUpTo) => {
    const { tenant } = connect({}, linkSignedAt);
    const after = aTenant(tenant ?? {});
    expect([spentUpTo - 1, spentUpTo, spentUpTo + 1].map((at) => isLinkGood(after, at))).toEqual([false, false, true]);
  });
});

it('an account may be read with the scope for it alone', () => {
  expect(mayReadAccount(aPermission('bakery', { scopes: ['account_read'] }))).toBe(true);
  expect(mayReadAccount(aPermission('bakery', { scopes: ['campaign_data', 'offline_access'] }))).toBe(false);
});

describe('A permission', () => {
  it.each([
    ['of every scope will do', {}, []],
    ['without account_read will do', { scopes: ['offline_access', 'campaign_data'] }, []],
    ['without campaign_data will not', { scopes: ['offline_access', 'account_read'] }, ['campaign_data']],
    ['without offline_access will not', { scopes: ['campaign_data'] }, ['offline_access']],
    [
      'without a refresh token will not, whatever it says',
      { refreshToken: null, scopes: usualScopes },
      ['offline_access'],
    ],
    ['of nothing will not', { refreshToken: null, scopes: [] }, ['campaign_data', 'offline_access']],
  ])('%s', (_, given, missing) => {
    expect(missingScopes(aPermission('bakery', given))).toEqual(missing);
  });
});

describe('What a tenant’s own grant says of its account', () => {
  it.each<[string, string | null, string | null, string | null]>([
    ['is written down where nothing is known', null, null, 'A'],
    ['replaces nothing that is known by now', 'B', null, 'B'],
    ['is left out when another tenant has that account', null, 'other', null],
  ])('%s', (_, accountId, known, expected) => {
    const record = recordOf('bakery', { accountId });
    expect((decideLearned(record, 'A', known).tenant ?? record.tenant).accountId).toBe(expected);
  });
});

describe('What a new tenant’s grant says', () => {
  type Case = readonly [string, Partial<Account>, string | null, boolean, Partial<Tenant>];
  const paris = { timezone: 'Europe/Paris' };
  it.each<Case>([
    ['is stored', paris, null, false, { accountId: 'A', ...paris }],
    ['leaves a given time zone', paris, null, true, { accountId: 'A', timezone: 'UTC' }],
    ['without a time zone changes none', { timezone: null }, null, false, { accountId: 'A', timezone: 'UTC' }],
    ['of an account that another tenant is', paris, 'other', false, { accountId: null, ...paris }],
    ['of an account without an id', { accountId: null, ...paris }, null, false, { accountId: null, ...paris }],
    ['may be nothing', { accountId: null, timezone: null }, null, false, { accountId: null, timezone: 'UTC' }],
  ])('%s', (_, account, known, isZoneGiven, expected) => {
    const record = recordOf('bakery', { accountId: null, timezone: 'UTC' });
    const update = decideFirstLearned(record, { account: anAccount(account), known, isZoneGiven });
    expect(update.tenant ?? record.tenant).toMatchObject(expected);
  });
});

describe('The account of a new token', () => {
  it.each([
    ['a-1', 'a-1', NOW, 'own'],
    [null, 'a-2', NOW, 'own'],
    ['a-1', 'a-2', NOW, 'other'],
    ['a-1', 'a-2', null, 'instead'],
    ['a-1', 'a-1', null, 'own'],
  ] as const)(
    'of a tenant that is %s is %s, its last good poll %s: %s',
    (accountId, given, lastGoodPollAt, expected) => {
      expect(accountOfNewToken({ accountId, lastGoodPollAt }, given)).toBe(expected);
    },
  );
});
