import { describe, expect } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import type { MailAnswer, RoundAnswer } from '../support/program-answers.ts';
import { breakConnection, repairConnection, tenantAt } from '../support/program-connections.ts';
import { OPERATOR } from '../support/program-places.ts';
import { story } from '../support/program-story.ts';
import type { World } from '../support/program-world.ts';

const RECHECK_AFTER_MS = 15 * MINUTE_MS;
const GROUP_WAIT_MS = 2 * MINUTE_MS;
const TENANTS = 12;

/** Digests are a matter of the hour, and these stories are told at any. */
const settings = { DIGEST_AT: 'off' };

describe('a fleet that shows the same all at once', () => {
  story(
    'is held, told the operator, and after another look told those for whom it is still true',
    { database: 'SQLite', tenants: TENANTS, settings },
    async (world) => {
      await world.importTenants();
      await pollOf(world);
      for (const tenant of tenantsOf(world)) breakConnection(world.control, tenant);
      await pollOf(world);
      expect(subjectsTo(world, OPERATOR)).toHaveLength(1);

      await world.letTimePass(RECHECK_AFTER_MS);
      expect(await pollOf(world)).toMatchObject({ mail: { sent: 0, pending: 0, held: TENANTS } });
      await world.letTimePass(GROUP_WAIT_MS);
      expect(await pollOf(world)).toMatchObject({ mail: { sent: 0, held: TENANTS } });
      expect((await world.json<MailAnswer>(['mail', 'list', '--state', 'held'])).mail).toHaveLength(TENANTS);

      const [first, second] = [tenantAt(world.control, 0), tenantAt(world.control, 1)];
      for (const tenant of tenantsOf(world).slice(2)) repairConnection(world.control, tenant);
      const released = await world.json<{ changed: string[] }>(['mail', 'release', '--all']);
      expect(released.changed).toHaveLength(TENANTS);
      expect(await heldOf(world)).toBe(0);
      await world.letTimePass(MINUTE_MS);
      expect(await pollOf(world)).toMatchObject({ mail: { sent: 3, pending: 0, held: 0 } });

      const owners = world.mails().flatMap(({ to }) => (to.includes(OPERATOR) ? [] : to));
      expect(owners.toSorted()).toEqual([first.contactEmail, second.contactEmail].toSorted());
      expect(subjectsTo(world, OPERATOR)).toHaveLength(2);
      expect(await pollOf(world)).toMatchObject({ mail: { sent: 0, pending: 0, held: 0 } });
    },
  );

  story(
    'that refuses us alike is our own fault: no tenant’s state changes, and no owner hears of it',
    { database: 'PostgreSQL', tenants: TENANTS, settings },
    async (world) => {
      await world.importTenants();
      await pollOf(world);
      world.control.script({ answer: { kind: 'status', status: 403 } });
      for (let round = 0; round < 3; round += 1) {
        await pollOf(world);
        await world.letTimePass(RECHECK_AFTER_MS + GROUP_WAIT_MS);
      }
      const { tenants } = await world.json<{ tenants: readonly { state: string }[] }>(['tenant', 'list']);
      expect(new Set(tenants.map(({ state }) => state))).toEqual(new Set(['active']));
      world.control.clearScript();
      await pollOf(world);
      expect(world.mails().map(({ to }) => to)).toEqual([[OPERATOR], [OPERATOR]]);
    },
  );
});

describe('mail that is held by command', () => {
  story('stays until it is released, or is never sent', { database: 'SQLite', settings }, async (world) => {
    await world.importTenants();
    await pollOf(world);
    expect(await world.json(['mail', 'hold', '--all'])).toEqual({ changed: [], skipped: [] });
    const [bakery, florist] = [tenantAt(world.control, 0), tenantAt(world.control, 1)];
    for (const tenant of [bakery, florist]) breakConnection(world.control, tenant);
    await pollOf(world);
    await world.letTimePass(RECHECK_AFTER_MS);
    await pollOf(world);
    await world.letTimePass(GROUP_WAIT_MS);
    expect(await pollOf(world)).toMatchObject({ mail: { sent: 0, pending: 0, held: 2 } });

    const held = (await world.json<HeldAnswer>(['mail', 'list', '--state', 'held'])).mail;
    expect(held.map(({ reason }) => reason)).toEqual(['held_by_command', 'held_by_command']);
    const [unwanted] = held.filter(({ to }) => to.includes(bakery.contactEmail));
    await world.json(['mail', 'discard', unwanted?.id ?? '']);
    expect(await world.json(['mail', 'release', '--all'])).toMatchObject({ changed: [expect.any(String)] });
    expect(await pollOf(world)).toMatchObject({ mail: { sent: 1, pending: 0, held: 0 } });
    expect(world.mails().map(({ to }) => to)).toEqual([[florist.contactEmail]]);

    await world.letTimePass(DAY_MS);
    await pollOf(world);
    expect(world.mails()).toHaveLength(1);
    const wrong = await world.run(['mail', 'release', unwanted?.id ?? '']);
    expect({ exitCode: wrong.exitCode, said: wrong.stderr }).toMatchObject({
      exitCode: 1,
      said: expect.stringContaining('is not held'),
    });
  });
});

describe('the morning’s digest', () => {
  story(
    'tells the operator once a day of what nobody has repaired',
    { database: 'PostgreSQL', settings: { DIGEST_AT: '00:00', REMIND_AFTER: 'off' } },
    async (world) => {
      await world.importTenants();
      await pollOf(world);
      expect(world.mails()).toHaveLength(0);
      breakConnection(world.control, tenantAt(world.control, 0));
      for (const ms of [RECHECK_AFTER_MS, GROUP_WAIT_MS]) {
        await pollOf(world);
        await world.letTimePass(ms);
      }
      await pollOf(world);
      expect(world.mails()).toHaveLength(1);

      await world.letTimePass(4 * DAY_MS);
      await pollOf(world);
      await world.database.raw.db.digest.deleteMany({});
      await pollOf(world);
      await pollOf(world);
      expect(world.mails().map(({ to }) => to)).toEqual([[tenantAt(world.control, 0).contactEmail], [OPERATOR]]);
    },
  );
});

type HeldAnswer = Readonly<{ mail: readonly Readonly<{ id: string; reason: string; to: readonly string[] }>[] }>;

function pollOf({ json }: World): Promise<RoundAnswer> {
  return json<RoundAnswer>(['poll']);
}

function tenantsOf({ control }: World) {
  return control.tenants();
}

function subjectsTo({ mails }: World, address: string): readonly string[] {
  return mails().flatMap(({ to, subject }) => (to.includes(address) ? [subject] : []));
}

async function heldOf({ json }: World): Promise<number> {
  return (await json<MailAnswer>(['mail', 'list', '--state', 'held'])).mail.length;
}
