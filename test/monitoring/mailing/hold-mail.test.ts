import { describe, expect, it } from '@jest/globals';
import type { Hold } from '../../../src/domain/model/hold.ts';
import type { MailSelection } from '../../../src/monitoring/application.ts';
import { createMailHolds } from '../../../src/monitoring/mailing/hold-mail.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { anObservedConnection } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { mailTo, withAlertsDue, withOperatorMail } from '../../support/use-case-alerts.ts';
import { settled } from '../../support/use-case-clock.ts';
import {
  aHealthyFleet,
  heldMail,
  holdsOf,
  mailOf,
  showAll,
  toOperator,
  toOwners,
} from '../../support/use-case-fleet.ts';
import { accepted, deferred } from '../../support/use-case-mailer.ts';
import { manyTenants, OPERATOR, type World } from '../../support/use-case-world.ts';

const all: MailSelection = { kind: 'all' };
const three = ['bakery', 'florist', 'garage'];
const alertTo = (tenant: string) => `${tenant} alert: reconnect facebook`;
const aCommandHold = ({ clock }: World): Hold => ({
  id: 'by-command',
  cause: { kind: 'command' },
  since: clock.now(),
  beganAt: clock.now(),
  endedAt: null,
  endReason: null,
  tenants: 0,
  sample: [],
});
const idOf = (world: World, tenant: string) => mailTo(world, `owner@${tenant}.example`)?.id ?? 'none';

describe('Mail that is held by command', () => {
  it('goes to nobody until it is released, and then at once', async () => {
    const world = await withAlertsDue(['bakery']);
    expect(await world.app.mail.hold(operator, { kind: 'ids', ids: [idOf(world, 'bakery')] })).toMatchObject({
      skipped: [],
    });
    await world.live(ms('1d'));
    expect(toOwners(world)).toEqual([]);

    await world.app.mail.release(operator, { kind: 'ids', ids: [idOf(world, 'bakery')] });
    await world.deliver();
    expect(toOwners(world)).toEqual([alertTo('bakery')]);
  });

  it.each<[string, (world: World) => MailSelection, readonly string[]]>([
    ['by its id', (world) => ({ kind: 'ids', ids: [idOf(world, 'bakery')] }), ['florist', 'garage']],
    ['by its tenant', () => ({ kind: 'tenant', tenantId: 'florist' }), ['bakery', 'garage']],
    ['all of it', () => all, []],
  ])('is chosen %s', async (_, selection, told) => {
    const world = await withAlertsDue(three);
    const { changed } = await world.app.mail.hold(operator, selection(world));
    expect(changed).toHaveLength(three.length - told.length);
    await world.deliver();
    expect(toOwners(world).toSorted()).toEqual(told.map(alertTo));

    const released = await world.app.mail.release(operator, selection(world));
    expect(released.changed.toSorted()).toEqual(changed.toSorted());
    await world.deliver();
    expect(toOwners(world).toSorted()).toEqual(three.map(alertTo));
  });

  it('and whatever is to come is held, while everything is', async () => {
    const world = await aHealthyFleet(three);
    expect(await world.app.mail.hold(operator, all)).toEqual({ changed: [], skipped: [] });
    showAll(world, ['bakery'], { tokenIsValid: false });
    await world.live(ms('2h'));
    expect(toOwners(world)).toEqual([]);
    expect(heldMail(world)).toMatchObject([{ tenantId: 'bakery', reason: 'held_by_command' }]);

    await world.restarted().live(ms('1h'));
    expect(toOwners(world)).toEqual([]);
    await world.app.mail.release(operator, all);
    expect(holdsOf(world)).toMatchObject([{ cause: { kind: 'command' }, endReason: 'released' }]);
    showAll(world, ['florist'], { tokenIsValid: false });
    await world.live(ms('2h'));
    expect(toOwners(world)).toEqual([alertTo('bakery'), alertTo('florist')]);
  });

  it.each([
    ['release', ['bakery']],
    ['discard', []],
  ] as const)('is let go by %s too when a delivery holds it just before the hold ends', async (verb, told) => {
    const world = await withAlertsDue(['bakery']);
    await world.ports.holds.begin(aCommandHold(world), []);
    const holds: World['ports']['holds'] = {
      ...world.ports.holds,
      end: async (...hold) => {
        await world.deliver();
        return await world.ports.holds.end(...hold);
      },
    };
    expect((await createMailHolds({ ...world.ports, holds })[verb](operator, all)).changed).toEqual([
      idOf(world, 'bakery'),
    ]);
    await world.deliver();
    expect(heldMail(world)).toEqual([]);
    expect(toOwners(world)).toEqual(told.map(alertTo));
  });

  it('is held too when it waits for the mail before it, and the hold begins meanwhile', async () => {
    const world = await withAlertsDue(manyTenants(7), { settings: { fleetMin: 1000 } });
    const answer = world.mailer.holds();
    const delivery = world.deliver();
    await settled();
    await world.ports.holds.begin(aCommandHold(world), []);
    answer(accepted);
    expect(await delivery).toEqual({ sent: 5, failed: 0 });
    expect(heldMail(world).map(({ reason }) => reason)).toEqual(['held_by_command', 'held_by_command']);
  });

  it('is no matter of the operator’s own mail', async () => {
    const world = await withAlertsDue(['bakery']);
    await withOperatorMail(world);
    const [ours] = mailOf(world).filter(({ tenantId }) => tenantId === null);
    expect(await world.app.mail.hold(operator, { kind: 'ids', ids: [ours?.id ?? ''] })).toMatchObject({
      changed: [],
    });
    await world.app.mail.hold(operator, all);
    await world.deliver();
    expect(world.mailer.accepted()).toEqual([`${OPERATOR} operator: outage_began`]);
  });

  it('is not the one that is being sent right now', async () => {
    const world = await withAlertsDue(['bakery']);
    const answer = world.mailer.holds();
    const delivering = world.deliver();
    await world.clock.advance(ms('1s'));
    expect(await world.app.mail.hold(operator, all)).toEqual({ changed: [], skipped: [idOf(world, 'bakery')] });
    answer(accepted);
    await delivering;
    expect(toOwners(world)).toEqual([alertTo('bakery')]);
  });

  it('is one whose attempt did not succeed', async () => {
    const world = await withAlertsDue(['bakery']);
    const answer = world.mailer.holds();
    const delivering = world.deliver();
    await world.clock.advance(ms('1s'));
    await world.app.mail.hold(operator, all);
    answer(deferred);
    await delivering;
    await world.live(ms('1h'));
    expect(heldMail(world)).toMatchObject([{ reason: 'held_by_command', attempts: 1 }]);
    expect(toOwners(world)).toEqual([]);
  });

  it('names what could not be held, or let go', async () => {
    const world = await withAlertsDue(['bakery']);
    const id = idOf(world, 'bakery');
    expect(await world.app.mail.release(operator, { kind: 'ids', ids: [id, 'nothing'] })).toEqual({
      changed: [],
      skipped: [id, 'nothing'],
    });
    await world.deliver();
    expect(await world.app.mail.hold(operator, { kind: 'ids', ids: [id] })).toEqual({ changed: [], skipped: [id] });
    expect(await world.app.mail.hold(operator, { kind: 'tenant', tenantId: 'nobody' })).toEqual({
      changed: [],
      skipped: [],
    });
  });

  it('is not sent when it is no longer true by its release', async () => {
    const world = await withAlertsDue(['bakery']);
    await world.app.mail.hold(operator, all);
    showAll(world, ['bakery']);
    await world.live(ms('2h'));
    await world.app.mail.release(operator, all);
    await world.live(ms('1h'));
    expect(world.mailer.accepted()).toEqual([]);
    expect(mailOf(world)).toMatchObject([{ state: 'cancelled', reason: 'no_longer_true' }]);
  });
});

describe('Mail that is discarded', () => {
  it('is told nobody, however long the trouble goes on, nor is its repair', async () => {
    const world = await withAlertsDue(['bakery']);
    await world.app.mail.hold(operator, all);
    expect(await world.app.mail.discard(operator, all)).toMatchObject({ changed: [idOf(world, 'bakery')] });
    expect(holdsOf(world)).toMatchObject([{ endReason: 'discarded' }]);
    await world.live(ms('30d'));
    showAll(world, ['bakery']);
    await world.live(ms('1d'));
    expect(toOwners(world)).toEqual([]);
  });

  it('is not what is told when it gets worse', async () => {
    const world = await aHealthyFleet(['bakery']);
    await world.app.mail.hold(operator, { kind: 'all' });
    showAll(world, ['bakery'], { isActiveUser: false });
    await world.live(ms('2h'));
    await world.app.mail.discard(operator, all);
    showAll(world, ['bakery'], { tokenIsValid: false });
    await world.live(ms('2h'));
    expect(toOwners(world)).toEqual([alertTo('bakery')]);
  });

  it('was held before: what waits is not discarded', async () => {
    const world = await withAlertsDue(['bakery']);
    const id = idOf(world, 'bakery');
    expect(await world.app.mail.discard(operator, { kind: 'ids', ids: [id] })).toEqual({
      changed: [],
      skipped: [id],
    });
    await world.deliver();
    expect(toOwners(world)).toEqual([alertTo('bakery')]);
  });

  it('does not keep a new break from being told', async () => {
    const world = await withAlertsDue(['bakery']);
    await world.app.mail.hold(operator, all);
    await world.app.mail.discard(operator, all);
    showAll(world, ['bakery']);
    await world.live(ms('3h'));
    showAll(world, ['bakery'], { tokenIsValid: false });
    await world.live(ms('2h'));
    expect(toOwners(world)).toEqual([alertTo('bakery')]);
  });
});

describe('Mail that the fleet’s hold keeps back', () => {
  const fleet = manyTenants(12);

  it('waits for another look when one of it is released', async () => {
    const world = await aHeldFleet();
    const [mail] = heldMail(world);
    if (mail?.tenantId == null) throw new Error('something is held');
    world.constantContact.shows(mail.tenantId, anObservedConnection());
    await world.app.mail.release(operator, { kind: 'ids', ids: [mail.id] });
    await world.deliver();
    expect(toOwners(world)).toEqual([]);
    await world.live(ms('1h'));
    expect(toOwners(world)).toEqual([]);
    expect(await world.store.mail.find(mail.id)).toMatchObject({ state: 'cancelled', reason: 'no_longer_true' });
  });

  it('goes out after that look, though the hold goes on for the others', async () => {
    const world = await aHeldFleet();
    const [mail] = heldMail(world);
    await world.app.mail.release(operator, { kind: 'ids', ids: [mail?.id ?? ''] });
    await world.live(ms('30m'));
    expect(toOwners(world)).toEqual([alertTo(mail?.tenantId ?? '')]);
    expect(holdsOf(world)).toMatchObject([{ endedAt: null }]);
  });

  it('is told nobody when all of it is discarded, and the hold is over', async () => {
    const world = await aHeldFleet();
    await world.app.mail.discard(operator, all);
    await world.live(ms('1d'));
    expect(holdsOf(world)).toMatchObject([{ endReason: 'discarded' }]);
    expect(toOwners(world)).toEqual([]);
    expect(toOperator(world)).toEqual(['hold_began', 'hold_ended']);
  });

  it('passes a brake when it is released by command', async () => {
    const world = await aHeldFleet({ mailBrake: 5 });
    await world.app.mail.release(operator, all);
    await world.live(ms('2h'));
    expect(toOwners(world)).toHaveLength(fleet.length);
    expect(toOperator(world)).toEqual(['hold_began', 'hold_ended']);
  });

  async function aHeldFleet(settings = {}): Promise<World> {
    const world = await aHealthyFleet(fleet, { settings });
    showAll(world, fleet, { tokenIsValid: false });
    await world.live(ms('2h30m'));
    expect(heldMail(world)).toHaveLength(fleet.length);
    return world;
  }
});
