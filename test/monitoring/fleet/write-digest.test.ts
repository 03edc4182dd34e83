import { describe, expect, it } from '@jest/globals';
import type { Digest } from '../../../src/domain/model/digest.ts';
import { type WriteDigestPorts, writeDigest } from '../../../src/monitoring/fleet/write-digest.ts';
import { ms, utc } from '../../support/domain-time.ts';
import { withAlertsDue } from '../../support/use-case-alerts.ts';
import { mailOf } from '../../support/use-case-fleet.ts';
import { aWorld, OPERATOR, type World } from '../../support/use-case-world.ts';

const eight = 8 * 60;

describe('The operator’s digest', () => {
  it('is written once a day, at its minute and not before', async () => {
    const world = await aWorldWithSomethingToTell();
    await until(world, '2026-01-19 00:00');
    const written: string[] = [];
    while (world.clock.now() < utc('2026-01-20 08:00')) {
      await digestOf(world);
      for (const { id, createdAt } of digests(world).slice(written.length)) {
        written.push(id);
        expect(new Date(createdAt).toISOString().slice(11, 16)).toBe('08:00');
      }
      await world.clock.advance(ms('1m'));
    }
    expect(written).toHaveLength(1);
    expect(world.log.messages('info').filter((message) => message === 'digest written')).toHaveLength(1);
  });

  it('says what there is to tell, to the operator', async () => {
    const world = await aWorldWithSomethingToTell();
    await until(world, '2026-01-19 08:00');
    await digestOf(world);
    await world.deliver();
    expect(world.mailer.accepted()).toContain(`${OPERATOR} digest: digest`);
    expect(digests(world)).toMatchObject([
      {
        kind: 'digest',
        tenantId: null,
        report: {
          about: 'digest',
          digest: { stillBroken: { total: 1, items: [{ tenantId: 'bakery' }] }, quota: null },
        },
      },
    ]);
  });

  it('is written each day there is something', async () => {
    const world = await aWorldWithSomethingToTell();
    for (const day of ['19', '20', '21']) {
      await until(world, `2026-01-${day} 08:00`);
      await digestOf(world);
    }
    expect(digests(world)).toHaveLength(3);
  });

  it('is no mail when there is nothing to tell, and is not looked for again that day', async () => {
    const world = await aWorld({ startsAt: utc('2026-01-19 08:00') });
    await digestOf(world);
    expect(mailOf(world)).toEqual([]);
    expect(world.log.fieldsOf('digest written')).toEqual([{ day: '2026-01-19', reason: 'nothing_to_tell' }]);
    await digestOf(world, { readShortages: async () => ({ quota: shortage }) });
    expect(mailOf(world)).toEqual([]);
  });

  it('is one when only the quota is short', async () => {
    const world = await aWorld({ startsAt: utc('2026-01-19 08:00') });
    await digestOf(world, { readShortages: async () => ({ quota: shortage }) });
    expect(digests(world)).toMatchObject([{ report: { digest: { quota: shortage } } }]);
  });

  it.each<[string, Partial<WriteDigestPorts>]>([
    ['when it is switched off', { digestAtMinute: null }],
    ['before its minute', { digestAtMinute: eight + 1 }],
    ['when nobody is configured', { operatorEmail: null }],
  ])('is not written %s', async (_, ports) => {
    const world = await aWorldWithSomethingToTell();
    await until(world, '2026-01-19 08:00');
    await digestOf(world, ports);
    expect(digests(world)).toEqual([]);
    expect(world.store.memory.state.digests.size).toBe(0);
  });

  it('can be at midnight', async () => {
    const world = await aWorldWithSomethingToTell();
    await until(world, '2026-01-19 00:00');
    await digestOf(world, { digestAtMinute: 0 });
    await digestOf(world, { digestAtMinute: 0 });
    expect(digests(world)).toHaveLength(1);
  });

  it('is one mail when two workers write it at once', async () => {
    const world = await aWorldWithSomethingToTell();
    await until(world, '2026-01-19 08:00');
    await Promise.all([digestOf(world), digestOf(world.restarted())]);
    expect(digests(world)).toHaveLength(1);
  });

  it('is written late on its day when the process was stopped in the morning, once, whatever restarts', async () => {
    const world = await aWorldWithSomethingToTell();
    await until(world, '2026-01-19 23:59');
    await digestOf(world);
    await digestOf(world.restarted());
    expect(digests(world)).toHaveLength(1);
  });

  it('is not made up for after midnight', async () => {
    const world = await aWorldWithSomethingToTell();
    await until(world, '2026-01-20 00:00');
    await digestOf(world);
    expect(digests(world)).toEqual([]);
    await until(world, '2026-01-20 08:00');
    await digestOf(world);
    expect(digests(world)).toHaveLength(1);
  });
});

const shortage: Digest['quota'] = { perDay: 10_000, planned: 24_000, stretch: 2.4 };

/** A break, certain at 13:15 on the 15th: four days later, in the morning, it is still there. */
async function aWorldWithSomethingToTell(): Promise<World> {
  const world = await withAlertsDue(['bakery']);
  await until(world, '2026-01-18 23:30');
  return world;
}

async function until(world: World, time: string): Promise<void> {
  await world.clock.advance(utc(time) - world.clock.now());
}

async function digestOf({ ports }: World, given: Partial<WriteDigestPorts> = {}): Promise<void> {
  await writeDigest({ ...ports, digestAtMinute: eight, ...given });
}

function digests(world: World) {
  return mailOf(world).filter(({ kind }) => kind === 'digest');
}
