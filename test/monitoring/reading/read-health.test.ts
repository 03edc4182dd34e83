import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../src/domain/model/connection.ts';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { incidentView } from '../../../src/monitoring/reading/incident-view.ts';
import { readHistory, tenantDetail, tenantSummary } from '../../../src/monitoring/reading/read-health.ts';
import { mailView } from '../../../src/monitoring/reading/read-mail.ts';
import {
  aConfirmedIncident,
  aConnection,
  aContact,
  aNotification,
  anObservedConnection,
  aSnapshot,
  aTenant,
  NOW,
} from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { aWorld, type World } from '../../support/use-case-world.ts';

describe('A tenant now', () => {
  it('is unobserved before its first good poll', () => {
    const tenant = aTenant({ baselinedAt: null });

    expect(tenantSummary({ tenant, contacts: [], connections: [] }, NOW, null).health).toBe('unobserved');
  });

  it('has no health when it has no connection', () => {
    expect(statusOf()).toMatchObject({ health: null, connections: { total: 0, healthy: 0, broken: 0 } });
  });

  it('is as its worst connection, removed ones left out', () => {
    expect(statusOf(showing('removed'), showing('healthy'))).toMatchObject({ health: 'healthy' });
    expect(statusOf(showing('healthy'), showing('unobserved'))).toMatchObject({ health: 'unobserved' });
    expect(statusOf(showing('unobserved'), showing('waiting'))).toMatchObject({ health: 'waiting' });
    expect(statusOf(showing('waiting'), showing('broken'), showing('healthy'))).toMatchObject({ health: 'broken' });
    expect(statusOf(showing('removed'))).toMatchObject({ health: null });
  });

  it('counts its connections, each of them once', () => {
    const { connections } = statusOf(showing('broken'), showing('healthy'), showing('healthy'), showing('removed'));

    expect(connections).toEqual({ total: 4, broken: 1, waiting: 0, unobserved: 0, healthy: 2, removed: 1 });
  });

  it('shows whom it tells and how it is polled, and no secret', () => {
    const cc = aContact({ id: 'cc', email: 'cc@bakery.example', role: 'cc', state: 'unsubscribed' });
    const own = { senderName: 'Agency', replyTo: 'help@agency.example', reconnectUrl: 'https://agency.example' };
    const overview = {
      tenant: aTenant({ schedule: '0 6 * * *', ...own }),
      contacts: [aContact(), cc],
      connections: [],
    };

    expect(tenantDetail(overview, NOW, null)).toMatchObject({
      timezone: 'America/New_York',
      locale: 'en',
      schedule: '0 6 * * *',
      intervalMs: HOUR_MS,
      ...own,
      contacts: [
        { email: 'jane@bakery.example', role: 'owner', state: 'active' },
        { email: 'cc@bakery.example', role: 'cc', state: 'unsubscribed' },
      ],
    });
  });
});

describe('The past of a tenant', () => {
  it('is unknown when the tenant is', async () => {
    const { store } = await aWorld();

    expect(await readHistory(asked('nobody'), store)).toBeNull();
  });

  it('has no holes: time without a poll is unobserved and counts neither way', async () => {
    const { store } = await withPast();

    const history = await readHistory(asked(), store);

    const [facebook] = history?.connections ?? [];
    expect(facebook?.periods.map(({ from, to, health }) => [health, from - NOW, to - NOW])).toEqual([
      ['healthy', 0, ms('2h')],
      ['broken', ms('2h'), ms('5h')],
      ['unobserved', ms('5h'), ms('8h')],
      ['healthy', ms('8h'), ms('9h')],
    ]);
    expect(facebook).toMatchObject({ uptime: 3 / 6, coverage: 6 / 9 });
  });

  it('begins with the tenant, and that of a connection that came later with its first poll', async () => {
    const world = await aWorld();
    await world.clock.advance(ms('1h'));
    await world.poll({ scope: 'all' });
    world.constantContact.shows('bakery', anObservedConnection(), anObservedConnection({ accountId: 'later' }));
    await world.clock.advance(ms('1h'));
    await world.poll({ scope: 'all' });

    const history = await readHistory({ ...asked(), to: NOW + ms('3h') }, world.store);

    const begins = history?.connections.map(({ periods: [first] }) => [first?.health, (first?.from ?? 0) - NOW]);
    expect(begins).toEqual([
      ['unobserved', 0],
      ['healthy', ms('2h')],
    ]);
  });

  it('is that of one connection when one is asked for', async () => {
    const { store } = await withPast();
    const connection = { network: 'facebook', accountId: '10223344556677889' };

    const one = await readHistory({ ...asked(), connection }, store);
    const none = await readHistory({ ...asked(), connection: { ...connection, network: 'linkedin' } }, store);

    expect(one?.connections).toHaveLength(1);
    expect(none?.connections).toEqual([]);
  });

  it('costs one period however often nothing changed', async () => {
    const world = await aWorld();
    await world.live(ms('2d'));

    const history = await readHistory({ ...asked(), to: NOW + ms('2d') }, world.store);

    expect(history?.connections[0]?.periods.filter(({ health }) => health === 'healthy')).toMatchObject([
      { polls: 49 },
    ]);
    expect(world.store.memory.state.snapshots.size).toBe(1);
  });
});

describe('An incident as it is shown', () => {
  const tenantName = "Jane's Bakery";

  it('names no connection when our access is meant', () => {
    const incident = aConfirmedIncident({ connectionId: null, action: 'reauthorize', conditions: [] });

    expect(
      incidentView({ incident, tenantName, connection: null, mail: [aNotification({ id: 'mail-1' })] }),
    ).toMatchObject({
      connectionId: null,
      network: null,
      accountId: null,
      displayName: null,
      action: 'reauthorize',
      notifications: ['mail-1'],
    });
  });

  it('carries the reason of the latest decision about its mail', () => {
    const view = incidentView({
      incident: aConfirmedIncident({ alerting: { decision: 'already_told' } }),
      tenantName,
      connection: aConnection(),
      mail: [],
    });

    expect(view).toMatchObject({ tenantName, network: 'facebook', decision: 'already_told' });
  });
});

describe('A mail as it is shown', () => {
  it('has its address in a list and none of what only delivery needs', () => {
    const view = mailView(aNotification({ attempts: 2, response: '451 try again' }));

    expect(view).toMatchObject({ to: ['jane@bakery.example'], attempts: 2, response: '451 try again' });
    expect(view).not.toHaveProperty('leaseUntil');
    expect(view).not.toHaveProperty('topics');
  });
});

function statusOf(...connections: readonly Connection[]) {
  return tenantSummary({ tenant: aTenant({ baselinedAt: NOW }), contacts: [], connections }, NOW, null);
}

function showing(health: 'healthy' | 'broken' | 'waiting' | 'unobserved' | 'removed'): Connection {
  return aConnection({ period: aSnapshot({ health }) });
}

function asked(tenantId = 'bakery') {
  return { tenantId, connection: null, from: NOW - ms('1h'), to: NOW + ms('9h') };
}

/** Healthy at 0 h and 1 h, broken at 2 h and 3 h, not polled until it is healthy at 8 h. */
async function withPast(): Promise<World> {
  const world = await aWorld();
  const broken = anObservedConnection({ tokenIsValid: false });
  const pollNow = () => world.poll({ scope: 'all' });
  await pollNow();
  await world.clock.advance(ms('1h'));
  await pollNow();
  world.constantContact.shows('bakery', broken);
  await world.clock.advance(ms('1h'));
  await pollNow();
  await world.clock.advance(ms('1h'));
  await pollNow();
  world.constantContact.shows('bakery', anObservedConnection());
  await world.clock.advance(ms('5h'));
  await pollNow();
  return world;
}
