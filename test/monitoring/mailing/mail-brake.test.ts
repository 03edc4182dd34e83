import { describe, expect, it } from '@jest/globals';
import { operator } from '../../../src/monitoring/viewer.ts';
import { aContact, aTenant } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { withAlertsDue, withOperatorMail } from '../../support/use-case-alerts.ts';
import { dying } from '../../support/use-case-death.ts';
import { heldMail, holdsOf, showAll, toOperator, toOwners } from '../../support/use-case-fleet.ts';
import { deferred } from '../../support/use-case-mailer.ts';
import { manyTenants, type World } from '../../support/use-case-world.ts';

const eight = manyTenants(8);
const all = { kind: 'all' } as const;
/** No hold of the fleet, however many break. */
const brakeOf = (mailBrake: number) => ({ settings: { mailBrake, fleetMin: 1000 } });

describe('More mail in an hour than MAIL_BRAKE', () => {
  it('is held beyond that, and the operator is told once', async () => {
    const world = await withAlertsDue(eight, brakeOf(5));
    await world.deliver();
    expect(toOwners(world)).toHaveLength(5);
    expect(heldMail(world).map(({ reason }) => reason)).toEqual(Array(3).fill('held_brake'));
    await world.deliver();
    expect(holdsOf(world)).toMatchObject([{ cause: { kind: 'brake' }, tenants: 3 }]);
    expect(toOperator(world)).toEqual(['brake']);
    expect(world.mailer.attempts.at(-1)?.content.report).toEqual({ about: 'brake', perHour: 5, held: 3 });
  });

  it('is not so when it is exactly that', async () => {
    const world = await withAlertsDue(eight, brakeOf(8));
    await world.deliver();
    await world.deliver();
    expect(toOwners(world)).toHaveLength(8);
    expect(holdsOf(world)).toEqual([]);
  });

  it('does not count what is not sent after all, though it is decided at the same moment', async () => {
    const world = await withAlertsDue(eight, brakeOf(4));
    showAll(world, eight.slice(0, 4));
    await world.poll({ scope: eight.slice(0, 4) });
    await world.deliver();
    expect(toOwners(world)).toHaveLength(4);
    expect(holdsOf(world)).toEqual([]);
  });

  it('does not count what no server took', async () => {
    const world = await withAlertsDue(eight.slice(0, 2), brakeOf(2));
    world.mailer.answers(deferred);
    await world.deliver();
    world.mailer.answers({ outcome: 'accepted', response: '250 ok' });
    await world.live(ms('10m'));
    expect(toOwners(world)).toHaveLength(2);
    expect(holdsOf(world)).toEqual([]);
  });

  it('is no matter of the operator’s mail', async () => {
    const world = await withAlertsDue(eight.slice(0, 1), brakeOf(0));
    await withOperatorMail(world);
    await world.deliver();
    await world.deliver();
    expect(toOperator(world)).toEqual(['outage_began', 'brake']);
    expect(toOwners(world)).toEqual([]);
  });

  it('is the same after a restart', async () => {
    const world = await withAlertsDue(eight, brakeOf(5));
    await world.deliver();
    await world.restarted().live(ms('30m'));
    expect(toOwners(world)).toHaveLength(5);
    expect(toOperator(world)).toEqual(['brake']);
  });

  it.each(['before', 'after'] as const)(
    'is told the operator once, though the process dies anywhere in between, just %s a step was done',
    async (moment) => {
      for (let step = 1, isDead = true; isDead; step += 1) {
        const world = await withAlertsDue(eight, brakeOf(5));
        const death = dying(step, moment);
        await world
          .restarted(death.wrap)
          .deliver()
          .catch(() => undefined);
        isDead = death.isDead();

        await world.restarted().live(ms('30m'));
        await world.restarted().deliver();
        const held = heldMail(world).length;
        expect({ step, brakes: holdsOf(world).length, told: toOperator(world), some: held >= 3 }).toEqual({
          step,
          brakes: 1,
          told: expect.arrayContaining(['brake']),
          some: true,
        });
      }
    },
  );

  it('holds silently what comes later within the hour, and lets new mail go an hour later, while the held stays', async () => {
    const world = await aBrakedWorld();
    await world.live(ms('20m'));
    showAll(world, [late], { tokenIsValid: false });
    await world.clock.advance(ms('1m'));
    await pollTwice(world, late);
    expect(heldMail(world)).toHaveLength(4);
    expect(toOperator(world)).toEqual(['brake']);

    await world.live(ms('1h'));
    showAll(world, [later], { tokenIsValid: false });
    await pollTwice(world, later);
    expect(toOwners(world)).toHaveLength(6);
    expect(toOwners(world)).toContain(`${later} alert: reconnect facebook`);
    expect(heldMail(world)).toHaveLength(4);
    expect(toOperator(world)).toEqual(['brake']);
  });

  it('goes out when it is released, all at once, and the next time the operator is told again', async () => {
    const world = await aBrakedWorld();
    expect((await world.app.mail.release(operator, all)).changed).toHaveLength(3);
    await world.deliver();
    await world.deliver();
    expect(toOwners(world)).toHaveLength(8);
    expect(holdsOf(world)).toMatchObject([{ endReason: 'released' }]);
    showAll(world, [late], { tokenIsValid: false });
    await pollTwice(world, late);
    expect(toOperator(world)).toEqual(['brake', 'brake']);
  });

  it('ends with the last of what it held, released one by one or discarded', async () => {
    const world = await aBrakedWorld();
    const [one, two, three] = heldMail(world).map(({ id }) => id);
    await world.app.mail.release(operator, { kind: 'ids', ids: [one ?? ''] });
    await world.app.mail.discard(operator, { kind: 'ids', ids: [two ?? ''] });
    expect(holdsOf(world)).toMatchObject([{ endedAt: null }]);
    await world.app.mail.discard(operator, { kind: 'ids', ids: [three ?? ''] });
    expect(holdsOf(world)).toMatchObject([{ endReason: 'discarded' }]);
    await world.deliver();
    expect(toOwners(world)).toHaveLength(6);
  });

  it('is never told once it is discarded', async () => {
    const world = await aBrakedWorld();
    expect((await world.app.mail.discard(operator, all)).changed).toHaveLength(3);
    await world.live(ms('3d'));
    expect(new Set(toOwners(world).filter((line) => line.includes(' alert'))).size).toBe(5);
  });

  it('released by command passes the brake', async () => {
    const world = await withAlertsDue(eight, brakeOf(5));
    await world.app.mail.hold(operator, all);
    await world.app.mail.release(operator, all);
    await world.deliver();
    expect(toOwners(world)).toHaveLength(8);
  });

  it('is only logged when no operator is configured', async () => {
    const world = await withAlertsDue(eight, brakeOf(5));
    await world.deliver(undefined, { operatorEmail: null });
    await world.deliver();
    expect(toOperator(world)).toEqual([]);
    expect(world.log.fieldsOf('hold began')).toMatchObject([{ perHour: 5, held: 3, reason: 'held_brake' }]);
  });
});

const [late, later] = ['tenant-009', 'tenant-010'] as const;

/** Eight alerts at once of which five went out; two more tenants are well. */
async function aBrakedWorld(): Promise<World> {
  const world = await withAlertsDue(eight, { ...brakeOf(5) });
  await addWell(world);
  await world.deliver();
  await world.deliver();
  expect(heldMail(world)).toHaveLength(3);
  return world;
}

async function addWell({ store, poll, clock }: World): Promise<void> {
  await store.tenants.add(
    [late, later].map((id) => ({
      tenant: aTenant({ id, name: id, nextPollAt: clock.now() }),
      contacts: [aContact({ id: `owner-of-${id}`, tenantId: id, email: `owner@${id}.example` })],
      grant: null,
    })),
  );
  await poll({ scope: [late, later] });
}

/** Certain, and what follows delivered. */
async function pollTwice(world: World, tenantId: string): Promise<void> {
  for (let poll = 0; poll < 2; poll += 1) {
    await world.clock.advance(ms('15m'));
    await world.poll({ scope: [tenantId] });
  }
  await world.clock.advance(ms('2m'));
  await world.deliver();
  await world.deliver();
}
