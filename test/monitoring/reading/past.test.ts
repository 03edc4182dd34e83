import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, type Instant } from '../../../src/domain/model/time.ts';
import { MomentOutOfReach } from '../../../src/monitoring/past-moment.ts';
import { operator, type Viewer } from '../../../src/monitoring/viewer.ts';
import type { TenantThenView } from '../../../src/monitoring/views.ts';
import { anObservedConnection, aTenant, NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { firstPage } from '../../support/store-records.ts';
import { aWorld, type World } from '../../support/use-case-world.ts';

const page = { cursor: null, limit: 100 } as const;
const facebook = anObservedConnection({ network: 'facebook', accountId: 'f' });
const instagram = anObservedConnection({ network: 'instagram', accountId: 'i' });
const lost = { ...facebook, status: { ...facebook.status, tokenIsValid: false } };
const limited = { ...instagram, status: { ...instagram.status, rateLimited: true } };

/** An hour, with the polls that come in it. */
async function hour(world: World): Promise<void> {
  for (const step of ['15m', '15m', '30m'] as const) {
    await world.clock.advance(ms(step));
    await world.poll();
  }
}

/** What is said at this moment of every tenant and of each connection of one. */
async function saidNow({ app }: World) {
  const { items } = await app.tenants.list(operator, firstPage);
  const status = await app.health.status(operator, 'bakery');
  return {
    tenants: items.map(({ id, health, connections }) => ({ id, health, connections })),
    connections: (status?.connections ?? []).map(({ observedAt: _, pages: __, ...connection }) => connection),
  };
}

async function saidThen({ app }: World, at: Instant) {
  const { items } = await app.past.tenants(operator, { ...page, at });
  const status = await app.past.tenant(operator, 'bakery', at);
  return {
    tenants: items.map(({ id, health, connections }) => ({ id, health, connections })),
    connections: (status?.connections ?? []).map(({ observedAt: _, pages: __, ...connection }) => connection),
  };
}

async function healthsAt({ app }: World, at: Instant, viewer: Viewer = operator) {
  const { items } = await app.past.tenants(viewer, { ...page, at });
  return items.map(({ id, health }: TenantThenView) => `${id} ${health}`);
}

describe('the fleet at a past moment', () => {
  it('is told later as it was told then: what was broken, waiting, repaired and removed, and since when', async () => {
    const world = await aWorld({ tenants: ['bakery', 'mill'] });
    const { constantContact: upstream, clock } = world;
    const shown = [
      [facebook, instagram],
      [lost, instagram],
      [lost, limited],
      [lost, limited],
      [facebook, limited],
      [facebook],
      [facebook],
      [facebook, instagram],
    ];
    const told = new Map<Instant, Awaited<ReturnType<typeof saidNow>>>();
    for (const connections of shown) {
      upstream.shows('bakery', ...connections);
      for (let n = 0; n < 3; n += 1) {
        await hour(world);
        told.set(clock.now(), await saidNow(world));
      }
    }
    await clock.advance(DAY_MS);
    for (const [at, said] of told) expect([at, await saidThen(world, at)]).toEqual([at, said]);
    const kinds = new Set([...told.values()].flatMap(({ connections }) => connections.map(({ health }) => health)));
    expect([...kinds].toSorted()).toEqual(['broken', 'healthy', 'removed', 'waiting']);
  });

  it('has no tenant that had not been added, and one that was removed later', async () => {
    const world = await aWorld({ tenants: ['bakery'] });
    await world.poll();
    await hour(world);
    await hour(world);
    const mill = aTenant({ id: 'mill', createdAt: world.clock.now(), nextPollAt: world.clock.now() });
    await world.store.tenants.add([{ tenant: mill, contacts: [], grant: null }]);
    await world.poll();
    await hour(world);
    await world.app.tenants.remove(operator, 'bakery', { purge: false });
    await world.clock.advance(HOUR_MS);
    expect(await healthsAt(world, NOW - 1)).toEqual([]);
    expect(await healthsAt(world, NOW + HOUR_MS)).toEqual(['bakery healthy']);
    expect(await healthsAt(world, NOW + 2 * HOUR_MS)).toEqual(['bakery healthy', 'mill healthy']);
    expect(await healthsAt(world, NOW + 3 * HOUR_MS)).toEqual(['mill healthy']);
    expect(await world.app.past.tenant(operator, 'bakery', NOW - 1)).toBeNull();
    expect(await world.app.past.tenant(operator, 'bakery', NOW + HOUR_MS)).toMatchObject({ tenant: { id: 'bakery' } });
    expect(await world.app.past.tenant(operator, 'bakery', NOW + 3 * HOUR_MS)).toBeNull();
  });

  it('is unobserved once the polls are too long ago, and counted so', async () => {
    const world = await aWorld({ tenants: ['bakery', 'mill'] });
    await world.poll();
    world.constantContact.fails('mill', 'server');
    for (let n = 0; n < 4; n += 1) await hour(world);
    expect(await healthsAt(world, NOW + 2 * HOUR_MS - 1)).toEqual(['bakery healthy', 'mill healthy']);
    expect(await healthsAt(world, NOW + 2 * HOUR_MS)).toEqual(['bakery healthy', 'mill unobserved']);
    expect(await world.app.past.counts(operator, { at: NOW + 2 * HOUR_MS })).toEqual({
      tenants: { broken: 0, waiting: 0, unobserved: 1, healthy: 1, none: 0 },
      connections: [
        { network: 'facebook', health: 'healthy', connections: 1 },
        { network: 'facebook', health: 'unobserved', connections: 1 },
      ],
    });
  });

  it('is shown of its own tenant alone to a key of one tenant', async () => {
    const world = await aWorld({ tenants: ['bakery', 'mill'] });
    await world.poll();
    const viewer: Viewer = { kind: 'key', keyId: 'key', role: 'read', tenantId: 'mill' };
    expect(await healthsAt(world, NOW, viewer)).toEqual(['mill healthy']);
    expect(await world.app.past.tenant(viewer, 'bakery', NOW)).toBeNull();
    expect(await world.app.past.counts(viewer, { at: NOW })).toMatchObject({ tenants: { healthy: 1 } });
  });

  it('is refused with the reason when the moment is to come, or longer ago than history is kept', async () => {
    const { app, ports } = await aWorld();
    const { historyForMs } = ports.retentionTimes;
    const tries = (at: Instant) => [
      app.past.tenants(operator, { ...page, at }),
      app.past.tenant(operator, 'bakery', at),
      app.past.counts(operator, { at }),
    ];
    for (const tried of tries(NOW + 1)) {
      await expect(tried).rejects.toThrow(
        new MomentOutOfReach('ahead', NOW, 'it lies in the future: it is 2026-01-15T12:00:00.000Z now'),
      );
    }
    for (const tried of tries(NOW - historyForMs - 1)) {
      await expect(tried).rejects.toThrow(
        'history is kept for 400 days (HISTORY_RETENTION), so nothing is known of times before 2024-12-11T12:00:00.000Z',
      );
    }
    for (const taken of [...tries(NOW), ...tries(NOW - historyForMs)]) await expect(taken).resolves.not.toThrow();
  });
});
