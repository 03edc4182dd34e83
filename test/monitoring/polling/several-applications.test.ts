import { describe, expect, it } from '@jest/globals';
import { NotAllowed, operator } from '../../../src/monitoring/viewer.ts';
import { aGrant, anApplication, anObservedConnection } from '../../support/builders.ts';
import { ms, utc } from '../../support/domain-time.ts';
import { aWorld, manyTenants, OPERATOR, type World, type WorldOptions } from '../../support/use-case-world.ts';

const tenants = manyTenants(8);
/** Of the application of the configuration, and of another one. */
const [own, brands] = [tenants.slice(0, 4), tenants.slice(4)];

async function aWorldOfTwoKeys(
  options: WorldOptions = {},
  application: Parameters<typeof anApplication>[0] = {},
): Promise<World> {
  const except = Object.fromEntries(brands.map((id) => [id, { applicationId: 'brand' }]));
  const world = await aWorld({ tenants, except, quota: { perDay: 1_000, reserveShare: 0 }, ...options });
  await world.store.applications.add(anApplication(application));
  return world;
}

function pollsOf({ constantContact }: World, ids: readonly string[]): number {
  return constantContact.asked().filter((id) => ids.includes(id)).length;
}

const toOperator = (world: World) => world.mailer.accepted().filter((line) => line.startsWith(OPERATOR));

describe('Each application', () => {
  it('has the requests of its own day', async () => {
    const world = await aWorldOfTwoKeys({ startsAt: utc('2026-01-15 00:00') }, { requestsPerDay: 6, reserveShare: 0 });
    await world.live(ms('3h30m'));
    expect(pollsOf(world, own)).toBe(4 * 4);
    expect(pollsOf(world, brands)).toBe(6);
    const { applications } = await world.app.operations.monitor(operator);
    expect(applications.map(({ name, quota }) => [name, quota.used])).toEqual([
      ['default', 16],
      ['Brand', 6],
    ]);
  });

  it('whose day is used up, says Constant Contact, waits for 00:00 UTC alone, and is told of once', async () => {
    const world = await aWorldOfTwoKeys({ startsAt: utc('2026-01-15 20:00') });
    for (const id of brands) world.constantContact.fails(id, 'quota_exceeded');
    await world.live(ms('3h30m'));
    expect(pollsOf(world, own)).toBe(4 * 4);
    expect(pollsOf(world, brands)).toBeLessThanOrEqual(4);
    expect(toOperator(world)).toEqual([`${OPERATOR} operator: quota_exceeded`]);
    expect(world.mailer.attempts.at(-1)?.content.report).toMatchObject({
      about: 'quota_exceeded',
      application: 'Brand',
    });

    for (const id of brands) world.constantContact.shows(id, anObservedConnection());
    const before = pollsOf(world, brands);
    await world.live(ms('2h'));
    expect(pollsOf(world, brands)).toBeGreaterThanOrEqual(before + 4);
    expect(toOperator(world)).toHaveLength(1);
  });

  it('that is refused stops nothing of another, blames no owner, and is named', async () => {
    const world = await aWorldOfTwoKeys();
    for (const id of brands) world.constantContact.fails(id, 'invalid_client');
    await world.live(ms('3h'));
    expect(pollsOf(world, own)).toBeGreaterThanOrEqual(4 * 3);
    expect(toOperator(world)).toEqual([`${OPERATOR} operator: outage_began`]);
    expect(world.mailer.attempts.at(-1)?.content.report).toMatchObject({
      about: 'outage_began',
      kind: 'invalid_client',
      application: 'Brand',
      polled: 4,
    });
    expect(world.mailer.accepted()).toHaveLength(1);
    const { problems } = await world.app.operations.monitor(operator);
    expect(problems).toMatchObject([{ what: 'access', severity: 'critical' }]);
    expect(problems[0]?.detail).toContain('application Brand');

    for (const id of brands) world.constantContact.shows(id, anObservedConnection());
    await world.live(ms('3h'));
    expect(toOperator(world).at(-1)).toBe(`${OPERATOR} operator: outage_ended`);
  });

  it('that is slowed down alone is no outage of Constant Contact', async () => {
    const world = await aWorldOfTwoKeys();
    for (const id of brands) world.constantContact.fails(id, 'throttled', { retryAfterMs: ms('1m') });
    await world.live(ms('3h'));
    const faults = await world.store.faults.open();
    expect(faults.map(({ cause }) => cause)).toEqual([
      { kind: 'application', failure: 'throttled', applicationId: 'brand' },
    ]);
  });

  it('fails as all others do when Constant Contact does: the operator reads of one outage', async () => {
    const world = await aWorldOfTwoKeys();
    for (const id of tenants) world.constantContact.fails(id, 'server');
    await world.live(ms('3h'));
    expect(toOperator(world)).toEqual([`${OPERATOR} operator: outage_began`]);
    expect(world.mailer.attempts.at(-1)?.content.report).not.toHaveProperty('application');
  });
});

describe('A tenant', () => {
  it('is assigned by name', async () => {
    const world = await aWorldOfTwoKeys({ tenant: { state: 'unconnected', nextPollAt: null } });
    const { tenants: calls } = world.app;
    const [id = ''] = own;
    expect(await calls.update(operator, id, { application: 'nobody' })).toEqual({
      outcome: 'unknown_application',
      application: 'nobody',
    });
    expect(await calls.update(operator, id, { application: 'brand' })).toMatchObject({ outcome: 'updated' });
    expect(await calls.find(operator, id)).toMatchObject({ application: 'Brand' });
    expect(await calls.update(operator, id, { application: 'default' })).toMatchObject({ outcome: 'updated' });
    expect(await calls.find(operator, id)).toMatchObject({ application: null });
  });

  it('moves with a grant of the other application alone, and by nobody’s key but one of all tenants', async () => {
    const { app } = await aWorldOfTwoKeys();
    const [id = ''] = own;
    const wish = { application: 'brand' };
    expect(await app.tenants.update(operator, id, wish)).toEqual({ outcome: 'grant_of_another_application' });
    const grant = aGrant({ refreshToken: 'of-brand' });
    expect(await app.tenants.update(operator, id, { ...wish, grant })).toMatchObject({ outcome: 'updated' });
    expect(await app.tenants.find(operator, id)).toMatchObject({ application: 'Brand' });
    const ofOne = { kind: 'key', keyId: 'key-1', role: 'admin', tenantId: id } as const;
    await expect(app.tenants.update(ofOne, id, { application: 'default' })).rejects.toThrow(NotAllowed);
  });

  it('keeps its application from being removed', async () => {
    const { app } = await aWorldOfTwoKeys();
    expect(await app.applications.remove(operator, 'brand')).toEqual({ outcome: 'in_use', tenants: 4 });
    for (const id of brands) await app.tenants.remove(operator, id, { purge: true });
    expect(await app.applications.remove(operator, 'brand')).toEqual({ outcome: 'removed' });
    expect(await app.applications.remove(operator, 'brand')).toEqual({ outcome: 'not_found' });
  });
});
