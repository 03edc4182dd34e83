import { describe, expect, it } from '@jest/globals';
import { createFigures } from '../../../src/monitoring/reading/read-figures.ts';
import { ms } from '../../support/domain-time.ts';
import { withAlertsDue } from '../../support/use-case-alerts.ts';
import { aWorld } from '../../support/use-case-world.ts';

describe('The figures of the fleet', () => {
  it('tell how long the tenant that is longest overdue waits, and what is left of the day', async () => {
    const world = await aWorld({ quota: { perDay: 100, reserveShare: 0.1 } });
    const { clock, ports } = world;
    expect(await createFigures(ports)()).toMatchObject({ roundLagMs: 0, requestsLeft: new Map([['default', 100]]) });
    await clock.advance(ms('7m'));
    expect(await createFigures(ports)()).toMatchObject({ roundLagMs: ms('7m') });
    await world.poll();
    expect(await createFigures(ports)()).toMatchObject({
      roundLagMs: 0,
      requestsLeft: new Map([['default', 99]]),
      connections: [{ network: 'facebook', health: 'healthy', connections: 1 }],
    });
  });

  it('tell the age of the mail that waits', async () => {
    const world = await withAlertsDue(['bakery']);
    await world.clock.advance(ms('1h'));
    expect(await createFigures(world.ports)()).toMatchObject({
      mail: { pending: 1, held: 0, oldestPendingMs: ms('1h2m') },
    });
    await world.deliver();
    expect(await createFigures(world.ports)()).toMatchObject({ mail: { pending: 0, oldestPendingMs: 0 } });
  });

  it('are read once in five seconds, and connections as seldom as counting them takes long', async () => {
    const { ports, clock } = await aWorld();
    const asked = { mail: 0, connections: 0 };
    const monitor = {
      ...ports.monitor,
      mail: async (now: number) => {
        asked.mail += 1;
        return await ports.monitor.mail(now);
      },
      connections: async () => {
        asked.connections += 1;
        clock.jump(ms('1s'));
        return [];
      },
    };
    const read = createFigures({ ...ports, monitor });
    await Promise.all([read(), read(), read()]);
    expect(asked).toEqual({ mail: 1, connections: 1 });
    clock.jump(ms('5s'));
    await read();
    expect(asked).toEqual({ mail: 2, connections: 1 });
    clock.jump(ms('14s'));
    await read();
    expect(asked).toEqual({ mail: 3, connections: 1 });
    clock.jump(ms('5s'));
    await read();
    expect(asked).toEqual({ mail: 4, connections: 2 });
  });
});
