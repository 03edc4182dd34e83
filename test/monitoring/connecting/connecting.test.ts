import { describe, expect, it } from '@jest/globals';
import type { Account } from '../../../src/domain/model/account.ts';
import { failureOf } from '../../../src/domain/model/poll.ts';
import type { Tenant } from '../../../src/domain/model/tenant.ts';
import { noUpdate } from '../../../src/domain/model/tenant-record.ts';
import { MINUTE_MS } from '../../../src/domain/model/time.ts';
import type { ConnectOutcome, ConnectWish } from '../../../src/monitoring/application.ts';
import { operator, type Viewer } from '../../../src/monitoring/viewer.ts';
import { aGrant, anObservedConnection, NOW } from '../../support/builders.ts';
import { aPermission } from '../../support/use-case-authorizer.ts';
import { aWorld, type World, type WorldOptions, type Wrap } from '../../support/use-case-world.ts';

const returned = { redirectUri: 'https://linkwatch.example/callback', state: 'state', verifier: 'v', query: {} };
const anyTenant: ConnectWish = { tenantId: null };

function accountOf(name: string, given: Partial<Account> = {}): Account {
  return { accountId: `id-of-${name}`, name, contactEmail: `owner@${name}.example`, timezone: 'US/Eastern', ...given };
}

async function worldOf(options: WorldOptions = {}): Promise<World> {
  const world = await aWorld(options);
  for (const name of ['bakery', 'mill', 'garage']) world.constantContact.isAccount(name, accountOf(name));
  return world;
}

/** Somebody signs in to the account of that name. */
function connect(world: World, name: string, viewer: Viewer = operator, wish = anyTenant): Promise<ConnectOutcome> {
  world.authorizer.answers({ outcome: 'agreed', permission: aPermission(name) });
  return world.app.connecting.finish(viewer, returned, wish);
}

function invited(tenantId: string, signedAt = NOW): Viewer {
  return { kind: 'invited', tenantId, contactId: `owner-of-${tenantId}`, signedAt };
}

function tenants(world: World): readonly Tenant[] {
  return [...world.store.memory.state.tenants.values()].map(({ tenant }) => tenant);
}

async function tokenOf(world: World, id: string): Promise<string | undefined> {
  return (await world.store.grants.read(id))?.refreshToken;
}

/** Comes between the use cases and this call of the stores. */
function around(call: string, act: (go: () => Promise<unknown>, first: unknown) => Promise<unknown>): Wrap {
  return (port) =>
    new Proxy(port, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (name !== call || typeof value !== 'function') return value;
        return (...args: readonly unknown[]) => act(async () => await value.apply(target, args), args[0]);
      },
    });
}

/** Another process says which account the tenant is, just when the lock of the tenant is asked for. */
function knownWhileLocked({ store: { records } }: World, accountId: string): Wrap {
  let isDone = false;
  return around('change', async (go) => {
    if (isDone) return await go();
    isDone = true;
    await records.change(['bakery'], ([record]) => ({
      updates: record === undefined ? [] : [{ ...noUpdate('bakery'), tenant: { ...record.tenant, accountId } }],
      result: null,
    }));
    return await go();
  });
}

describe('A tenant that was added with a token of its own', () => {
  const begin = (world: World) => world.app.connecting.begin(operator, returned.redirectUri, { prompt: false });

  it('is known as its account before somebody signs in, so that the sign-in renews it and adds no other', async () => {
    const world = await worldOf({ tenants: ['bakery', 'garage', 'mill'] });
    expect(tenants(world).map(({ accountId }) => accountId)).toEqual([null, null, null]);
    await begin(world);
    expect(tenants(world).map(({ id, accountId }) => [id, accountId])).toEqual([
      ['bakery', 'id-of-bakery'],
      ['garage', 'id-of-garage'],
      ['mill', 'id-of-mill'],
    ]);
    expect(await connect(world, 'mill')).toMatchObject({ outcome: 'connected', isNew: false, tenant: { id: 'mill' } });
    expect(tenants(world)).toHaveLength(3);
  });

  it('is left as it is when it cannot say which account it is, or another tenant is that account', async () => {
    const world = await worldOf({ tenants: ['bakery', 'garage', 'mill'] });
    world.constantContact.isAccount('mill', accountOf('bakery'));
    world.constantContact.isAccount('garage', accountOf('garage', { accountId: null }));
    await begin(world);
    expect(tenants(world).map(({ accountId }) => accountId)).toEqual(['id-of-bakery', null, null]);
  });
});

describe('What a tenant’s own token says of its account', () => {
  const begin = (world: World) => world.app.connecting.begin(operator, returned.redirectUri, { prompt: false });
  const known = (world: World) => Object.fromEntries(tenants(world).map(({ id, accountId }) => [id, accountId]));

  it('is learned of all others when asking one of them fails in any way', async () => {
    const world = await worldOf({ tenants: ['bakery', 'garage', 'mill'] });
    const process = world.restarted(
      around('change', async (go, ids) => {
        if (String(ids) === 'garage') throw new Error('this row is broken');
        return await go();
      }),
    );
    await begin(process);
    expect(known(world)).toEqual({ bakery: 'id-of-bakery', garage: null, mill: 'id-of-mill' });
    expect(process.log.entries).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ tenantId: 'garage' }) }),
    );
  });

  it('is asked of the newest first, for as long as somebody can be kept waiting', async () => {
    const ids = Array.from({ length: 50 }, (_, n) => `tenant-${n}`);
    const except = Object.fromEntries(ids.map((id, n) => [id, { createdAt: NOW + n }]));
    const world = await worldOf({ tenants: ids, except });
    for (const id of ids) world.constantContact.isAccount(id, accountOf(id));
    await begin(world);
    const learned = Object.entries(known(world)).filter(([, accountId]) => accountId !== null);
    expect(learned.map(([id]) => id)).toEqual(ids.slice(10));

    const slow = await worldOf({ tenants: ids, except });
    for (const id of ids) slow.constantContact.isAccount(id, 'timeout');
    const begunAt = begin(slow).then(() => slow.clock.now());
    await slow.clock.advance(2 * MINUTE_MS);
    expect((await begunAt) - NOW).toBeLessThan(MINUTE_MS / 2);
  });

  it('does not replace what another process has learned meanwhile', async () => {
    const world = await worldOf();
    await begin(world.restarted(knownWhileLocked(world, 'id-of-garage')));
    expect(known(world)).toEqual({ bakery: 'id-of-garage' });
  });
});

describe('An account that nobody knows', () => {
  it('becomes a tenant with its name, its address and its time zone, and is polled at once', async () => {
    const world = await worldOf({ tenants: [] });
    world.constantContact.shows('bakery', anObservedConnection());
    const outcome = await connect(world, 'bakery');
    expect(outcome).toMatchObject({
      outcome: 'connected',
      isNew: true,
      isAccountRead: true,
      tenant: { name: 'bakery' },
    });
    const [tenant] = tenants(world);
    expect(tenant).toMatchObject({ accountId: 'id-of-bakery', timezone: 'US/Eastern', state: 'active' });
    expect(tenant?.lastPolledAt).toBe(NOW);
    const [record] = await world.store.records.read([tenant?.id ?? '']);
    expect(record?.contacts).toMatchObject([{ email: 'owner@bakery.example', role: 'owner' }]);
    expect(await tokenOf(world, tenant?.id ?? '')).toBe('refresh-bakery-new');
  });

  it('is the same tenant the second time, with the newer grant', async () => {
    const world = await worldOf({ tenants: [] });
    const first = await connect(world, 'bakery');
    world.authorizer.answers({ outcome: 'agreed', permission: aPermission('bakery', { refreshToken: 'newer' }) });
    const second = await world.app.connecting.finish(operator, returned, anyTenant);
    expect(second).toMatchObject({ outcome: 'connected', isNew: false });
    expect(tenants(world)).toHaveLength(1);
    expect(first.outcome === 'connected' && (await tokenOf(world, first.tenant.id))).toBe('newer');
  });

  it('is one tenant when two processes connect it at the same moment', async () => {
    const world = await worldOf({ tenants: [] });
    const other = world.restarted();
    const permission = aPermission('bakery');
    world.authorizer.answers({ outcome: 'agreed', permission }, { outcome: 'agreed', permission });
    const outcomes = await Promise.all(
      [world, other].map(({ app }) => app.connecting.finish(operator, returned, anyTenant)),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['connected', 'connected']);
    expect(tenants(world)).toHaveLength(1);
  });

  it('needs a name and an address when nothing of it may be read', async () => {
    const world = await worldOf({ tenants: [] });
    world.constantContact.isAccount('bakery', 'forbidden');
    expect(await connect(world, 'bakery')).toEqual({ outcome: 'unnamed' });
    const wish = { tenantId: null, name: 'Bakery', owner: 'jane@bakery.example' };
    expect(await connect(world, 'bakery', operator, wish)).toMatchObject({
      outcome: 'connected',
      isAccountRead: false,
    });
    expect(tenants(world)).toMatchObject([{ name: 'Bakery', accountId: null }]);
  });

  it('takes no name, no address and no time zone that no tenant can have', async () => {
    const world = await worldOf({ tenants: [] });
    const odd = accountOf('bakery', { name: 'two\nlines', contactEmail: null, timezone: 'Mars/Olympus' });
    world.constantContact.isAccount('bakery', odd);
    expect(await connect(world, 'bakery')).toEqual({ outcome: 'unnamed' });
    await connect(world, 'bakery', operator, { tenantId: null, name: 'Bakery' });
    // The address is asked for by itself when the summary has none.
    const [tenant] = tenants(world);
    const [record] = await world.store.records.read([tenant?.id ?? '']);
    expect(record).toMatchObject({ tenant: { timezone: 'UTC' }, contacts: [{ email: 'contact@bakery.example' }] });
  });
});

describe('An account that is watched already, by a refresh token that somebody brought', () => {
  it('is found by asking the tenant that looks like it', async () => {
    const world = await worldOf({ tenants: ['bakery', 'mill'] });
    expect(await connect(world, 'bakery')).toMatchObject({
      outcome: 'connected',
      isNew: false,
      tenant: { id: 'bakery' },
    });
    expect(tenants(world).map(({ accountId }) => accountId)).toEqual(['id-of-bakery', null]);
  });

  it('is not taken for another one of the same name', async () => {
    const world = await worldOf();
    world.constantContact.isAccount('other', accountOf('bakery', { accountId: 'id-of-other' }));
    expect(await connect(world, 'other')).toMatchObject({ outcome: 'connected', isNew: true });
    expect(tenants(world)).toHaveLength(2);
  });

  it('is asked about when the tenant that looks like it cannot be asked', async () => {
    const world = await worldOf();
    world.access.refuses('bakery', 'invalid_grant');
    world.constantContact.isAccount('bakery', accountOf('bakery', { contactEmail: 'new@bakery.example' }));
    const asked = await connect(world, 'bakery');
    expect(asked).toMatchObject({ outcome: 'asks', expected: { id: 'bakery' }, found: { name: 'bakery' } });
    if (asked.outcome !== 'asks') throw new Error('nothing was asked');
    world.access.serves('bakery');
    expect(await world.app.connecting.answer(operator, asked.question, true)).toMatchObject({
      tenant: { id: 'bakery' },
    });
    expect(tenants(world)).toHaveLength(1);
  });
});

describe('A tenant that was meant', () => {
  const wish = { tenantId: 'bakery' };

  it('gets its grant', async () => {
    const world = await worldOf({ tenant: { state: 'reauthorize', nextPollAt: null } });
    world.access.serves('bakery');
    expect(await connect(world, 'bakery', operator, wish)).toMatchObject({
      outcome: 'connected',
      tenant: { id: 'bakery' },
      look: { poll: 'good', connections: 1, broken: 0 },
    });
  });

  it('is not touched by another account before somebody says that it is right', async () => {
    const world = await worldOf();
    const asked = await connect(world, 'mill', operator, wish);
    expect(asked).toMatchObject({ outcome: 'asks', isAnotherTenants: false, expected: { name: 'bakery' } });
    expect(await tokenOf(world, 'bakery')).toBeUndefined();
    if (asked.outcome !== 'asks') throw new Error('nothing was asked');
    expect(await world.app.connecting.answer(operator, asked.question, false)).toEqual({ outcome: 'nothing_changed' });
    expect(await world.app.connecting.answer(operator, asked.question, true)).toEqual({ outcome: 'expired' });
    expect(await tokenOf(world, 'bakery')).toBeUndefined();
  });

  it('gives way to the tenant that the account is, once somebody says that it is right', async () => {
    const world = await worldOf({ tenants: ['bakery', 'mill'], except: { mill: { accountId: 'id-of-mill' } } });
    const asked = await connect(world, 'mill', operator, wish);
    expect(asked).toMatchObject({ outcome: 'asks', isAnotherTenants: true });
    if (asked.outcome !== 'asks') throw new Error('nothing was asked');
    expect(await world.app.connecting.answer(operator, asked.question, true)).toMatchObject({ tenant: { id: 'mill' } });
    expect(await tokenOf(world, 'bakery')).toBeUndefined();
    expect(await tokenOf(world, 'mill')).toBe('refresh-mill-new');
  });

  it('is gone when somebody has removed it meanwhile', async () => {
    const world = await worldOf();
    await world.app.tenants.remove(operator, 'bakery', { purge: false });
    expect(await connect(world, 'bakery', operator, wish)).toEqual({ outcome: 'gone' });
  });
});

describe('A question', () => {
  it('is answered by whoever was asked, within ten minutes', async () => {
    const world = await worldOf({ tenants: ['bakery', 'garage'] });
    const ask = async () => {
      const asked = await connect(world, 'mill', invited('bakery'));
      return asked.outcome === 'asks' ? asked.question : 'nothing was asked';
    };
    for (const stranger of [operator, invited('garage'), invited('bakery', NOW + 1)]) {
      expect(await world.app.connecting.answer(stranger, await ask(), true)).toEqual({ outcome: 'expired' });
    }
    const late = await ask();
    await world.clock.advance(10 * MINUTE_MS);
    expect(await world.app.connecting.answer(invited('bakery'), late, true)).toEqual({ outcome: 'expired' });
    expect(await world.app.connecting.answer(invited('bakery'), await ask(), true)).toMatchObject({
      outcome: 'connected',
    });
  });
});

describe('A link', () => {
  it('shows what it is for, until it is used', async () => {
    const world = await worldOf({ tenant: { state: 'unconnected', nextPollAt: null } });
    const { connecting } = world.app;
    expect(await connecting.invitation(invited('bakery'))).toMatchObject({ isUsed: false, tenant: { name: 'bakery' } });
    expect(await connect(world, 'bakery', invited('bakery'))).toMatchObject({ outcome: 'connected' });
    expect(await connecting.invitation(invited('bakery'))).toMatchObject({ isUsed: true });
  });

  it('calls the account by no address, before it is used or after, where nobody has named it', async () => {
    const name = 'OWNER@bakery.example';
    const world = await worldOf({ tenant: { state: 'unconnected', nextPollAt: null, name } });
    world.constantContact.isAccount('bakery', accountOf('bakery', { name: null }));
    expect(await world.app.connecting.invitation(invited('bakery'))).toMatchObject({ tenant: { name: null } });
    const connected = await connect(world, 'bakery', invited('bakery'));
    // The operator still knows the tenant by it.
    expect(connected).toMatchObject({ tenant: { id: 'bakery', name }, givenName: null });
    const page = await world.app.owner.page({ kind: 'contact', tenantId: 'bakery', contactId: 'owner-of-bakery' });
    expect(page?.tenant.name).toBeNull();
  });

  it('connects once, and then needs no answer of Constant Contact to be refused', async () => {
    const world = await worldOf();
    await connect(world, 'bakery', invited('bakery'));
    expect(await connect(world, 'bakery', invited('bakery'))).toEqual({ outcome: 'link_used' });
    expect(await connect(world, 'bakery', invited('bakery', NOW + 1))).toMatchObject({ outcome: 'connected' });
  });

  it('serves one of two browsers that come back at the same moment', async () => {
    const world = await worldOf();
    const both = await Promise.all([
      connect(world, 'bakery', invited('bakery')),
      connect(world, 'bakery', invited('bakery')),
    ]);
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['connected', 'link_used']);
  });

  it('connects its own tenant, whatever else is wished', async () => {
    const world = await worldOf({ tenants: ['bakery', 'mill'] });
    const wish = { tenantId: 'mill' };
    expect(await connect(world, 'bakery', invited('bakery'), wish)).toMatchObject({ tenant: { id: 'bakery' } });
    expect(await tokenOf(world, 'mill')).toBeUndefined();
  });

  it('is worth nothing once its tenant or its contact is gone', async () => {
    const world = await worldOf({ tenants: ['bakery', 'mill'] });
    await world.app.tenants.remove(operator, 'bakery', { purge: true });
    await world.app.tenants.update(operator, 'mill', { owner: 'new@mill.example' });
    for (const id of ['bakery', 'mill']) {
      expect(await world.app.connecting.invitation(invited(id))).toBeNull();
      expect(await connect(world, id, invited(id))).toEqual({ outcome: 'gone' });
    }
  });
});

describe('What Constant Contact answers', () => {
  it.each(['denied', 'forged', 'expired'] as const)('%s changes nothing', async (outcome) => {
    const world = await worldOf();
    world.authorizer.answers({ outcome });
    expect(await world.app.connecting.finish(operator, returned, { tenantId: 'bakery' })).toEqual({ outcome });
    expect(await tokenOf(world, 'bakery')).toBeUndefined();
  });

  it.each([
    ['offline_access', { refreshToken: null, scopes: ['account_read', 'campaign_data'] }],
    ['campaign_data', { scopes: ['offline_access', 'account_read'] }],
  ])('never takes a working grant away: without %s', async (scope, given) => {
    const world = await worldOf();
    await world.app.tenants.update(operator, 'bakery', { grant: aGrant({ refreshToken: 'works' }) });
    world.authorizer.answers({ outcome: 'agreed', permission: aPermission('bakery', given) });
    const outcome = await world.app.connecting.finish(operator, returned, { tenantId: 'bakery' });
    expect(outcome).toEqual({ outcome: 'scopes_missing', scopes: [scope] });
    expect(await tokenOf(world, 'bakery')).toBe('works');
  });

  it('is a failure when the account cannot be read for now', async () => {
    const world = await worldOf();
    world.constantContact.isAccount('bakery', 'server');
    const connecting = connect(world, 'bakery');
    await world.clock.advance(MINUTE_MS);
    expect(await connecting).toMatchObject({ outcome: 'failed', failure: { kind: 'server' } });
    expect(tenants(world)).toHaveLength(1);
  });

  it('is stored, though the first poll fails', async () => {
    const world = await worldOf({ tenants: [] });
    const outcome = await connect(world, 'bakery');
    expect(outcome).toMatchObject({ outcome: 'connected' });
    if (outcome.outcome !== 'connected') throw new Error('it was not connected');
    world.constantContact.fails(outcome.tenant.id, 'forbidden');
    expect(await connect(world, 'bakery')).toMatchObject({
      outcome: 'connected',
      look: { poll: 'failed', failure: { kind: 'forbidden' } },
    });
  });

  it('is not told in any log line', async () => {
    const world = await worldOf({ tenants: [] });
    await connect(world, 'bakery');
    expect(JSON.stringify(world.log.entries)).not.toMatch(/refresh-bakery|bakery#new/);
  });
});

describe('A permission', () => {
  /** The call fails so often at first; `after`: it has been done by then. */
  function failing(call: string, times: number, moment: 'before' | 'after'): Wrap {
    let left = times;
    return around(call, async (go) => {
      if (left === 0) return await go();
      left -= 1;
      if (moment === 'after') await go();
      throw new Error('the database is away');
    });
  }

  it.each([
    ['read', 'before'],
    ['ofAccount', 'before'],
    ['add', 'before'],
    ['add', 'after'],
    ['reserve', 'before'],
  ] as const)('is stored for one new tenant as soon as the store takes it: %s fails %s', async (call, moment) => {
    const world = await worldOf({ tenants: [] });
    const process = world.restarted(failing(call, 3, moment));
    const connecting = connect(process, 'bakery');
    await world.clock.advance(MINUTE_MS);
    expect(await connecting).toMatchObject({ outcome: 'connected', isNew: true });
    expect(tenants(world)).toHaveLength(1);
    expect(await tokenOf(world, tenants(world)[0]?.id ?? '')).toBe('refresh-bakery-new');
  });

  it.each(['before', 'after'] as const)(
    'is stored for its tenant as soon as the store takes it: %s',
    async (moment) => {
      const world = await worldOf();
      const process = world.restarted(failing('change', 3, moment));
      const connecting = connect(process, 'bakery', operator, { tenantId: 'bakery' });
      await world.clock.advance(MINUTE_MS);
      expect(await connecting).toMatchObject({ outcome: 'connected', isNew: false });
      expect(await tokenOf(world, 'bakery')).toBe('refresh-bakery-new');
    },
  );

  it('of an account of which nothing may be read becomes one tenant, though its success was not told', async () => {
    const world = await worldOf({ tenants: [] });
    world.constantContact.isAccount('bakery', 'forbidden');
    const process = world.restarted(failing('add', 1, 'after'));
    const wish = { tenantId: null, name: 'Bakery', owner: 'jane@bakery.example' };
    const connecting = connect(process, 'bakery', operator, wish);
    await world.clock.advance(MINUTE_MS);
    expect(await connecting).toMatchObject({ outcome: 'connected', isNew: true });
    expect(tenants(world)).toHaveLength(1);
  });

  it('is given up after ten minutes, and that is an error', async () => {
    const world = await worldOf({ tenants: [] });
    const process = world.restarted(failing('add', Number.POSITIVE_INFINITY, 'before'));
    const outcome = connect(process, 'bakery').catch((error: unknown) => String(error));
    await world.clock.advance(11 * MINUTE_MS);
    expect(await outcome).toContain('the database is away');
  });

  it('does not go to a tenant that became another account’s meanwhile: that is asked about', async () => {
    const world = await worldOf();
    const process = world.restarted(knownWhileLocked(world, 'id-of-mill'));
    const outcome = await connect(process, 'bakery', operator, { tenantId: 'bakery' });
    expect(outcome).toMatchObject({ outcome: 'asks', expected: { id: 'bakery' } });
    expect(await tokenOf(world, 'bakery')).toBeUndefined();
    expect(tenants(world).map(({ accountId }) => accountId)).toEqual(['id-of-mill']);
  });

  it('asks again when what a yes was said to holds no longer', async () => {
    const world = await worldOf();
    const process = world.restarted(knownWhileLocked(world, 'id-of-garage'));
    const asked = await connect(process, 'mill', operator, { tenantId: 'bakery' });
    if (asked.outcome !== 'asks') throw new Error('nothing was asked');
    const again = await process.app.connecting.answer(operator, asked.question, true);
    expect(again).toMatchObject({ outcome: 'asks', expected: { id: 'bakery' } });
    expect(await tokenOf(world, 'bakery')).toBeUndefined();
    if (again.outcome !== 'asks') throw new Error('nothing was asked');
    expect(await process.app.connecting.answer(operator, again.question, true)).toMatchObject({ outcome: 'connected' });
  });

  it('goes on when the tenant has only become known as that account', async () => {
    const world = await worldOf();
    const process = world.restarted(knownWhileLocked(world, 'id-of-bakery'));
    expect(await connect(process, 'bakery')).toMatchObject({ outcome: 'connected', tenant: { id: 'bakery' } });
  });
});

describe('A device', () => {
  async function wait(world: World, signal = new AbortController().signal): Promise<ConnectOutcome> {
    const device = await world.app.connecting.beginDevice(operator);
    if (!device.ok) throw new Error('no device');
    const waiting = world.app.connecting.awaitDevice(operator, device.value, anyTenant, signal);
    await world.clock.advance(11 * MINUTE_MS);
    return await waiting;
  }

  it('asks at the given interval, and more seldom when it is told to', async () => {
    const world = await worldOf({ tenants: [] });
    const [early, slower] = [
      { outcome: 'waiting', isTooSoon: false },
      { outcome: 'waiting', isTooSoon: true },
    ] as const;
    world.authorizer.answers(early, slower, early);
    expect(await wait(world)).toMatchObject({ outcome: 'connected', tenant: { name: 'bakery' } });
    expect(world.authorizer.polledAt).toEqual([5_000, 10_000, 20_000, 30_000]);
  });

  it('goes on asking after a failure that may pass, and not after another', async () => {
    const world = await worldOf({ tenants: [] });
    const failed = (kind: 'server' | 'client') => ({ outcome: 'failed', failure: failureOf(kind, '') }) as const;
    world.authorizer.answers(failed('server'), failed('client'));
    expect(await wait(world)).toMatchObject({ outcome: 'failed', failure: { kind: 'client' } });
    expect(world.authorizer.polledAt).toEqual([5_000, 15_000]);
  });

  it.each(['denied', 'expired'] as const)('is told: %s', async (outcome) => {
    const world = await worldOf();
    world.authorizer.answers({ outcome });
    expect(await wait(world)).toEqual({ outcome });
  });

  it('gives up when its code has run out, and when the command is stopped', async () => {
    const world = await worldOf();
    world.authorizer.answers(...Array.from({ length: 500 }, () => ({ outcome: 'waiting', isTooSoon: false }) as const));
    expect(await wait(world)).toEqual({ outcome: 'expired' });
    expect(await wait(world, AbortSignal.abort())).toEqual({ outcome: 'stopped' });
  });
});
