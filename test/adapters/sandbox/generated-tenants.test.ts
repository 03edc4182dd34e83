import { describe, expect, it } from '@jest/globals';
import { generateTenants } from '../../../src/sandbox/generate-tenants.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { firstOf, withSandbox } from '../../support/sandbox-client.ts';

const FLEET = { seed: 'a-seed', count: 2_000, connectionsEach: 3 };

describe('generated tenants', () => {
  it('are the same for the same seed, tokens included, and others for another', async () => {
    const [one, same, other] = await Promise.all(['a', 'a', 'b'].map((seed) => startSandbox({ seed, tenants: 30 })));
    expect(one?.control.tenants()).toEqual(same?.control.tenants());
    expect(one?.control.tenants()).not.toEqual(other?.control.tenants());
    await Promise.all([one, same, other].map((sandbox) => sandbox?.stop()));
  });

  it('of a larger fleet begin with those of a smaller one', () => {
    expect(generateTenants({ ...FLEET, count: 100 })).toEqual(generateTenants(FLEET).slice(0, 100));
  });

  it('have ids, names and addresses of their own', () => {
    const tenants = generateTenants(FLEET);
    for (const field of ['encoded_account_id', 'organization_name', 'contact_email'] as const) {
      expect(new Set(tenants.map(({ account }) => account[field])).size).toBe(FLEET.count);
    }
  });

  it('have as many connections as asked for, each with an account of its own', () => {
    const connections = generateTenants(FLEET).flatMap((tenant) => tenant.connections);
    expect(connections).toHaveLength(6_000);
    expect(new Set(connections.map(({ account_info }) => account_info?.network_account_id)).size).toBe(6_000);
  });

  it('may have several accounts of one network', () => {
    const [tenant] = generateTenants({ ...FLEET, count: 1, connectionsEach: 6 });
    const networks = tenant?.connections.map(({ account_info }) => account_info?.network);
    expect(networks).toEqual(['facebook', 'instagram', 'linkedin', 'tiktok', 'facebook', 'instagram']);
  });

  it('live in time zones that a formatter knows', () => {
    const zones = new Set(generateTenants(FLEET).map(({ account }) => account.time_zone_id));
    expect(zones.size).toBeGreaterThan(3);
    for (const timeZone of zones) expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
  });

  it('begin healthy', () => {
    const statuses = generateTenants(FLEET).flatMap(({ connections }) =>
      connections.map((each) => each.connection_status),
    );
    expect(statuses.every((status) => status?.token_is_valid === true && status.has_token === true)).toBe(true);
  });

  it('issue the same tokens in the same order after the first ones too', async () => {
    const refreshed = () =>
      withSandbox({ seed: 'a' }, async ({ control }) => {
        const { id } = firstOf(control.tenants());
        return [control.authorise(id), control.authorise(id)];
      });
    expect(await refreshed()).toEqual(await refreshed());
  });
});
