import { describe, expect, it } from '@jest/globals';
import { operator } from '../../../src/monitoring/viewer.ts';
import { anApplication, NOW } from '../../support/builders.ts';
import { aPermission } from '../../support/use-case-authorizer.ts';
import { aWorld, type World, type WorldOptions } from '../../support/use-case-world.ts';

const returned = { redirectUri: 'https://linkwatch.example/callback', state: 'state', verifier: 'v', query: {} };
const email = 'owner@mill.example';

/** With an application besides that of the configuration. */
async function worldOf(options: WorldOptions = {}): Promise<World> {
  const world = await aWorld({ tenants: [], ...options });
  await world.store.applications.add(anApplication());
  const account = { accountId: 'id-of-mill', name: 'mill', contactEmail: email, timezone: 'US/Eastern' };
  world.constantContact.isAccount('mill', account);
  return world;
}

function applicationOf({ store }: World, name: string) {
  return [...store.memory.state.tenants.values()].find(({ tenant }) => tenant.name === name)?.tenant.applicationId;
}

function signIn(world: World, application?: string) {
  world.authorizer.answers({ outcome: 'agreed', permission: aPermission('mill') });
  return world.app.connecting.finish(operator, returned, { tenantId: null, application });
}

describe('An account that is connected by an application', () => {
  it('is a tenant of it', async () => {
    const world = await worldOf();
    expect(await signIn(world, 'brand')).toMatchObject({ outcome: 'connected', isNew: true });
    expect(applicationOf(world, 'mill')).toBe('brand');
  });

  it('is one of the configuration’s where none is named', async () => {
    const world = await worldOf();
    await signIn(world);
    expect(applicationOf(world, 'mill')).toBeNull();
  });

  it('moves to it with the grant that was given to it', async () => {
    const world = await worldOf();
    await signIn(world);
    expect(await signIn(world, 'Brand')).toMatchObject({ outcome: 'connected', isNew: false });
    expect(applicationOf(world, 'mill')).toBe('brand');
  });

  it('stays with its own when it is connected anew as itself', async () => {
    const world = await worldOf({ tenants: ['mill'], tenant: { applicationId: 'brand', state: 'reauthorize' } });
    world.authorizer.answers({ outcome: 'agreed', permission: aPermission('mill') });
    await world.app.connecting.finish(operator, returned, { tenantId: 'mill' });
    expect(applicationOf(world, 'mill')).toBe('brand');
  });

  it('stays with its own when its owner follows a link', async () => {
    const world = await worldOf({ tenants: ['mill'], tenant: { applicationId: 'brand', state: 'reauthorize' } });
    world.authorizer.answers({ outcome: 'agreed', permission: aPermission('mill') });
    const viewer = { kind: 'invited', tenantId: 'mill', contactId: 'owner-of-mill', signedAt: NOW } as const;
    expect(await world.app.connecting.finish(viewer, returned, { tenantId: null })).toMatchObject({
      outcome: 'connected',
    });
    expect(applicationOf(world, 'mill')).toBe('brand');
  });
});

describe('An owner who is invited by an application', () => {
  const invite = (world: World, application?: string) =>
    world.app.connecting.invite(operator, { email, tenantId: null, name: 'mill', application });

  it('makes a tenant of it', async () => {
    const world = await worldOf();
    expect(await invite(world, 'brand')).toMatchObject({ outcome: 'invited' });
    expect(applicationOf(world, 'mill')).toBe('brand');
  });

  it('is not asked for a permission that the tenant could not use', async () => {
    const world = await worldOf();
    await invite(world, 'brand');
    expect(await invite(world, 'default')).toEqual({ outcome: 'of_another_application' });
    expect(await invite(world)).toMatchObject({ outcome: 'waits' });
  });

  it('has a tenant for each of his accounts, and no other for the same one', async () => {
    const world = await worldOf();
    const named = (name?: string) =>
      world.app.connecting.invite(operator, { email, tenantId: null, ...(name !== undefined && { name }) });
    await named('mill');
    await named('bakery');
    expect(await named('bakery')).toMatchObject({ outcome: 'waits', tenant: { name: 'bakery' } });
    expect(await named()).toMatchObject({ outcome: 'waits' });
    expect([...world.store.memory.state.tenants.values()].map(({ tenant }) => tenant.name)).toEqual(['mill', 'bakery']);
  });

  it('is not invited by one that is not there', async () => {
    const world = await worldOf();
    expect(await invite(world, 'nobody')).toEqual({ outcome: 'unknown_application' });
    expect(world.store.memory.state.tenants.size).toBe(0);
  });
});
