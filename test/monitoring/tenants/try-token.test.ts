import { describe, expect, it } from '@jest/globals';
import type { NewGrant } from '../../../src/domain/model/grant.ts';
import { failureOf, type PollFailureKind } from '../../../src/domain/model/poll.ts';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import type { ApiResult, ConstantContact } from '../../../src/monitoring/ports.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { aGrant, aTenant, NOW } from '../../support/builders.ts';
import { createMemoryStores, type MemoryStores } from '../../support/memory-store.ts';
import { aNewTenant, setTenant, tenantsOver } from '../../support/store-records.ts';
import { sleeplessClock } from '../../support/use-case-clock.ts';

type Answer = ApiResult<NewGrant>;

const REFRESHED = aGrant({ refreshToken: 'refreshed', accessToken: 'access', expiresAt: NOW + HOUR_MS });
const WORKS: Answer = { ok: true, value: REFRESHED };
const refusal = (kind: PollFailureKind): Answer => ({ ok: false, failure: failureOf(kind, `${kind}, it says`) });
const given = aGrant({ refreshToken: 'given', accessToken: 'given-too', expiresAt: NOW + HOUR_MS });

/** The answers of the token endpoint come in this order, the last one again and again. */
function aWorld(answers: readonly Answer[], store: MemoryStores = createMemoryStores()) {
  const presented: string[] = [];
  const refresh = async (token: string): Promise<Answer> => {
    presented.push(token);
    return answers[presented.length - 1] ?? answers.at(-1) ?? WORKS;
  };
  return { store, presented, app: tenantsOver(store, { refresh, clock: sleeplessClock(NOW) }) };
}

describe('The time zone of a new tenant', () => {
  const account = { accountId: 'a-1', name: 'Mill', contactEmail: 'jo@mill.example', timezone: 'Europe/Paris' };
  const fetchAccount = async () => ({ ok: true, value: account }) as const;
  const addTo = async (timezone: string | null, answers: Partial<ConstantContact>) => {
    const store = createMemoryStores();
    const endpoint = { refresh: async () => WORKS, fetchAccount, ...answers };
    const app = tenantsOver(store, { ...endpoint, clock: sleeplessClock(NOW) });
    const added = await app.addTried(operator, { ...aNewTenant({ grant: given }), timezone });
    const [{ tenant } = { tenant: null }] = store.memory.state.tenants.values();
    return { said: added.outcome === 'added' ? added.timezone : added, stored: tenant?.timezone };
  };
  const failing = async (kind: PollFailureKind) => ({ ok: false, failure: failureOf(kind, 'no') }) as const;

  it.each<[string, string | null, Partial<ConstantContact>, string | null, string]>([
    ['is the account’s', null, {}, 'Europe/Paris', 'Europe/Paris'],
    ['is the one that was given', 'Asia/Tokyo', {}, 'Asia/Tokyo', 'Asia/Tokyo'],
    ['is UTC where the account may not be read', null, { fetchAccount: () => failing('forbidden') }, null, 'UTC'],
    ['is UTC where nothing answers', null, { fetchAccount: () => failing('timeout') }, null, 'UTC'],
    ['is UTC where the reading breaks', null, { fetchAccount: () => Promise.reject(new Error('no')) }, null, 'UTC'],
    ['is UTC where the token could not be tried', null, { refresh: () => failing('timeout') }, null, 'UTC'],
  ])('%s', async (_, timezone, answers, said, stored) => {
    expect(await addTo(timezone, answers)).toEqual({ said, stored });
  });
});

describe('The account of a new tenant', () => {
  const account = { accountId: 'a-1', name: 'Mill', contactEmail: 'jo@mill.example', timezone: 'Europe/Paris' };
  const answer = async () => ({ ok: true, value: account }) as const;
  const forbidden = async () => ({ ok: false, failure: failureOf('forbidden', 'no') }) as const;
  const addTwo = async (fetchAccount: ConstantContact['fetchAccount'], newer: object = {}) => {
    const store = createMemoryStores();
    const refresh = async (token: string) =>
      ({ ok: true, value: { ...REFRESHED, refreshToken: `after ${token}` } }) as const;
    const app = tenantsOver(store, { refresh, fetchAccount, clock: sleeplessClock(NOW) });
    const added = [
      await app.addTried(operator, aNewTenant({ name: 'Mill', grant: { ...given, refreshToken: 'one' } })),
      await app.addTried(operator, aNewTenant({ name: 'Shop', grant: { ...given, refreshToken: 'two' }, ...newer })),
    ];
    const stored = [...store.memory.state.tenants.values()].map(({ tenant }) => tenant);
    return {
      ids: stored.map(({ id }) => id),
      accounts: stored.map(({ accountId }) => accountId),
      same: added.map((one) => (one.outcome === 'added' ? one.sameAccountAs : one)),
    };
  };

  it('is stored with the first, and said of the second', async () => {
    const { ids, accounts, same } = await addTwo(answer);
    expect({ accounts, same }).toEqual({ accounts: ['a-1', null], same: [null, ids[0]] });
  });

  it('is read of a tenant with a time zone of its own, too', async () => {
    const { ids, accounts, same } = await addTwo(answer, { timezone: 'Asia/Tokyo' });
    expect({ accounts, same }).toEqual({ accounts: ['a-1', null], same: [null, ids[0]] });
  });

  it('of many is not asked for, where the time zone is given', async () => {
    const store = createMemoryStores();
    let asked = 0;
    const fetchAccount = async () => {
      asked += 1;
      return await answer();
    };
    const app = tenantsOver(store, { refresh: async () => WORKS, fetchAccount, clock: sleeplessClock(NOW) });
    await app.addTried(operator, aNewTenant({ timezone: 'Asia/Tokyo', grant: given }), { isOneOfMany: true });
    expect(asked).toBe(0);
    const other = aNewTenant({ name: 'Other', timezone: null, grant: { ...given, refreshToken: 'two' } });
    await app.addTried(operator, { ...other, externalId: 'x-2' }, { isOneOfMany: true });
    expect(asked).toBeLessThanOrEqual(1);
  });

  it('is unknown where it may not be read', async () => {
    const { accounts, same } = await addTwo(forbidden);
    expect({ accounts, same }).toEqual({ accounts: [null, null], same: [null, null] });
  });
});

describe('A new tenant', () => {
  it('whose token works is stored with what the refresh gave, even beside a good access token', async () => {
    const { app, store, presented } = aWorld([WORKS]);
    const added = await app.addTried(operator, aNewTenant({ grant: given }));
    expect(added).toMatchObject({ outcome: 'added', untried: null });
    const [id = ''] = store.memory.state.tenants.keys();
    expect(await store.grants.read(id)).toMatchObject(REFRESHED);
    expect(presented).toEqual(['given']);
  });

  it('is recognised by the token that was given, too', async () => {
    const { app, presented } = aWorld([WORKS]);
    await app.addTried(operator, aNewTenant({ grant: given }));
    const twin = await app.addTried(operator, aNewTenant({ name: 'Twin', grant: given }));
    expect(twin).toMatchObject({ outcome: 'token_taken', holder: expect.any(String) });
    expect(presented).toEqual(['given']);
  });

  it('whose token is refused is not stored', async () => {
    const { app, store } = aWorld([refusal('invalid_grant')]);
    const added = await app.addTried(operator, aNewTenant({ grant: given }));
    expect(added).toEqual({ outcome: 'token_refused', detail: 'invalid_grant, it says' });
    expect(store.memory.state.tenants.size).toBe(0);
  });

  it.each<PollFailureKind>([
    'timeout',
    'dns',
    'tls',
    'connection',
    'server',
    'client',
    'invalid_response',
    'invalid_client',
  ])('is stored all the same when the token could not be tried: %s', async (kind) => {
    const { app, store } = aWorld([refusal(kind)]);
    const added = await app.addTried(operator, aNewTenant({ grant: given }));
    expect(added).toMatchObject({ outcome: 'added', untried: `${kind}, it says` });
    const [id = ''] = store.memory.state.tenants.keys();
    expect(await store.grants.read(id)).toMatchObject(given);
  });

  it('is tried again when the token endpoint was too busy', async () => {
    const { app } = aWorld([refusal('throttled'), refusal('throttled'), WORKS]);
    expect(await app.addTried(operator, aNewTenant())).toMatchObject({ outcome: 'added', untried: null });
    const busy = aWorld([refusal('throttled')]);
    expect(await busy.app.addTried(operator, aNewTenant())).toMatchObject({ untried: 'throttled, it says' });
    expect(busy.presented).toHaveLength(3);
  });

  it('is added once when the store has taken it, and its answer was lost', async () => {
    const store = createMemoryStores();
    let isLost = false;
    const add: MemoryStores['tenants']['add'] = async (tenants) => {
      await store.tenants.add(tenants);
      if (!isLost) {
        isLost = true;
        throw new Error('the connection is gone');
      }
    };
    const { app } = aWorld([WORKS], { ...store, tenants: { ...store.tenants, add } });
    const added = await app.addTried(operator, aNewTenant({ grant: given, externalId: 'x-1' }));
    const [id] = store.memory.state.tenants.keys();
    expect(added).toMatchObject({ outcome: 'added', id });
    expect(store.memory.state.tenants.size).toBe(1);
  });

  it('is stored when the store takes it at last, because its token is spent', async () => {
    const store = createMemoryStores();
    let failures = 5;
    const add: MemoryStores['tenants']['add'] = async (tenants) => {
      if (failures-- > 0) throw new Error('database is locked');
      await store.tenants.add(tenants);
    };
    const { app, presented } = aWorld([WORKS], { ...store, tenants: { ...store.tenants, add } });
    expect(await app.addTried(operator, aNewTenant({ grant: given }))).toMatchObject({ outcome: 'added' });
    expect(presented).toEqual(['given']);
    const [id = ''] = store.memory.state.tenants.keys();
    expect(await store.grants.read(id)).toMatchObject(REFRESHED);
  });

  it('that was not tried fails at once when it cannot be stored', async () => {
    const store = createMemoryStores();
    const add = async () => {
      throw new Error('database is locked');
    };
    const { app } = aWorld([refusal('dns')], { ...store, tenants: { ...store.tenants, add } });
    await expect(app.addTried(operator, aNewTenant())).rejects.toThrow('database is locked');
  });
});

describe('A new grant for a tenant', () => {
  async function aStored(answers: readonly Answer[]) {
    const world = aWorld(answers);
    await world.store.tenants.add([{ tenant: aTenant({ nextPollAt: NOW + HOUR_MS }), contacts: [], grant: aGrant() }]);
    return { ...world, update: (patch: object) => world.app.update(operator, 'tenant-1', patch) };
  }

  it('that works takes the place of the old one', async () => {
    const { update, store } = await aStored([WORKS]);
    expect(await update({ grant: given })).toEqual({ outcome: 'updated', untried: null });
    expect(await store.grants.read('tenant-1')).toMatchObject(REFRESHED);
  });

  it('that is refused leaves everything as it was', async () => {
    const { update, store } = await aStored([refusal('invalid_grant')]);
    expect(await update({ grant: given, name: 'New' })).toMatchObject({ outcome: 'token_refused' });
    expect(await store.grants.read('tenant-1')).toMatchObject(aGrant());
    expect(store.memory.state.tenants.get('tenant-1')?.tenant).toEqual(aTenant({ nextPollAt: NOW + HOUR_MS }));
  });

  it('that could not be tried is stored as it is', async () => {
    const { update, store } = await aStored([refusal('timeout')]);
    expect(await update({ grant: given })).toEqual({ outcome: 'updated', untried: 'timeout, it says' });
    expect(await store.grants.read('tenant-1')).toMatchObject(given);
  });

  it('is not presented for a tenant that does not exist', async () => {
    const { app, presented } = await aStored([WORKS]);
    expect(await app.update(operator, 'nobody', { grant: given })).toEqual({ outcome: 'not_found' });
    expect(presented).toEqual([]);
  });

  it('that the tenant has already is left to the daemon, unless it was refused', async () => {
    const { update, store, presented } = await aStored([WORKS]);
    expect(await update({ grant: aGrant() })).toMatchObject({ untried: expect.stringContaining('the same token') });
    expect(presented).toEqual([]);
    await setTenant(store, 'tenant-1', { state: 'reauthorize' });
    expect(await update({ grant: aGrant() })).toEqual({ outcome: 'updated', untried: null });
    expect(presented).toHaveLength(1);
  });

  it('is tried by no update without one', async () => {
    const { update, presented } = await aStored([WORKS]);
    expect(await update({ name: 'New' })).toEqual({ outcome: 'updated', untried: null });
    expect(presented).toEqual([]);
  });
});

describe('A new grant of another account than the tenant’s', () => {
  const UNKNOWN = async () => ({ ok: false, failure: failureOf('forbidden', 'no') }) as const;
  const accountOf = (accountId: string) => async () =>
    ({ ok: true, value: { accountId, name: null, contactEmail: null, timezone: null } }) as const;

  async function updateWith(
    stored: string | null,
    fetchAccount: ConstantContact['fetchAccount'],
    { lastGoodPollAt = NOW as number | null, isStoreAway = false } = {},
  ) {
    const memory = createMemoryStores();
    const ofAccount = async () => Promise.reject(new Error('database is locked'));
    const store = isStoreAway ? { ...memory, tenants: { ...memory.tenants, ofAccount } } : memory;
    const app = tenantsOver(store, { refresh: async () => WORKS, fetchAccount, clock: sleeplessClock(NOW) });
    const other = aTenant({ id: 'other', accountId: 'a-2' });
    await store.tenants.add([
      { tenant: aTenant({ accountId: stored, lastGoodPollAt }), contacts: [], grant: aGrant() },
      { tenant: other, contacts: [], grant: aGrant({ refreshToken: 'of the other' }) },
    ]);
    const outcome = await app.update(operator, 'tenant-1', { grant: given, name: 'New' });
    const { refreshToken } = (await store.grants.read('tenant-1')) ?? {};
    const { accountId } = memory.memory.state.tenants.get('tenant-1')?.tenant ?? {};
    return { outcome, isTaken: refreshToken === REFRESHED.refreshToken, accountId };
  }
  const refusedFor = (holder: string | null) => ({ outcome: 'token_of_another_account', holder });
  const taken = { outcome: 'updated', untried: null };

  it.each<[string, string | null, ConstantContact['fetchAccount'], object]>([
    ['is refused', 'a-1', accountOf('a-3'), refusedFor(null)],
    ['is refused, and its tenant is named', 'a-1', accountOf('a-2'), refusedFor('other')],
    [
      'cannot be told where the tenant’s is unknown, though another tenant is that account',
      null,
      accountOf('a-2'),
      taken,
    ],
    ['cannot be told where the tenant’s is unknown', null, accountOf('a-3'), taken],
    ['cannot be told where the account may not be read', 'a-1', UNKNOWN, taken],
    ['cannot be told where the reading breaks', 'a-1', () => Promise.reject(new Error('no')), taken],
    ['is none where it is the same', 'a-1', accountOf('a-1'), taken],
  ])('%s', async (_, stored, fetchAccount, outcome) => {
    const expected = { outcome, isTaken: outcome === taken, accountId: stored };
    expect(await updateWith(stored, fetchAccount)).toEqual(expected);
  });

  it('takes the place of a token by which no poll has ever been good, and its account is learned anew', async () => {
    const updated = await updateWith('a-1', accountOf('a-2'), { lastGoodPollAt: null });
    expect(updated).toEqual({ outcome: taken, isTaken: true, accountId: null });
  });

  it('is stored all the same when the store cannot tell whose the account is', async () => {
    const updated = await updateWith('a-1', accountOf('a-2'), { isStoreAway: true });
    expect(updated).toEqual({ outcome: taken, isTaken: true, accountId: 'a-1' });
  });
});
