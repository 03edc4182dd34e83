import { describe, expect, it } from '@jest/globals';
import type { ContactRequest } from '../../../src/domain/owner/contact-request.ts';
import { aContact, anObservedConnection } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { aWorld, OPERATOR, type World, type WorldOptions } from '../../support/use-case-world.ts';

const alert = 'owner@bakery.example alert: reconnect facebook';
const reminder = 'owner@bakery.example reminder: reconnect facebook';
const recovered = 'owner@bakery.example recovered: reconnect facebook';
const snooze = (length: 'day' | 'week' | 'until_fixed' | 'ended'): ContactRequest => ({ kind: 'snooze', length });
const notMine: ContactRequest = { kind: 'leave', as: 'not_mine' };
const accountant = aContact({ id: 'accountant', tenantId: 'bakery', role: 'cc', email: 'cc@agency.example' });

describe('A wish of nobody', () => {
  it.each([
    ['the tenant is gone', { tenantId: 'mill', contactId: 'owner-of-bakery' }],
    ['the contact is gone', { tenantId: 'bakery', contactId: 'somebody' }],
    ['the contact is another tenant’s', { tenantId: 'bakery', contactId: 'owner-of-mill' }],
  ])('is refused, and changes nothing, when %s', async (_, holder) => {
    const world = await aWorld({ tenants: holder.tenantId === 'mill' ? ['bakery'] : ['bakery', 'mill'] });
    const before = world.store.memory.state.contacts;

    expect(await world.app.owner.request({ kind: 'contact', ...holder }, notMine)).toBeNull();
    expect([...world.store.memory.state.contacts]).toEqual([...before]);
  });
});

describe("An owner's snooze", () => {
  it('silences reminders while it lasts, and the recovery never', async () => {
    const world = await withTold();

    expect(await wish(world, snooze('week'))).toBe('snoozed_week');
    await world.live(ms('6d'));
    expect(world.mailer.accepted()).toEqual([alert]);
    await world.live(ms('2d'));
    expect(world.mailer.accepted()).toEqual([alert, reminder]);

    await wish(world, snooze('until_fixed'));
    await world.live(ms('30d'));
    expect(world.mailer.accepted()).toEqual([alert, reminder]);
    world.constantContact.shows('bakery', anObservedConnection());
    await world.live(ms('3h'));
    expect(world.mailer.accepted()).toEqual([alert, reminder, recovered]);
  });

  it('ends when somebody wants to be reminded again', async () => {
    const world = await withTold();
    await wish(world, snooze('until_fixed'));
    await world.live(ms('3d'));

    expect(await wish(world, snooze('ended'))).toBe('snoozed_ended');
    await world.live(ms('1d'));

    expect(world.mailer.accepted()).toEqual([alert, reminder]);
  });

  it('is broken by something worse, of which reminders follow', async () => {
    const world = await withTold({ isActiveUser: false });
    await wish(world, snooze('until_fixed'));

    world.constantContact.shows('bakery', anObservedConnection({ tokenIsValid: false }));
    await world.live(ms('3h'));
    expect(world.mailer.accepted().at(-1)).toBe(alert);
    expect([...world.store.memory.state.incidents.values()]).toMatchObject([
      { reminders: { snoozedUntil: null }, alerting: { alertsSent: 2 } },
    ]);

    await world.live(ms('3d'));
    expect(world.mailer.accepted().at(-1)).toBe(reminder);
  });
});

describe("A cc's snooze", () => {
  it('is for the cc alone, and only for reminders', async () => {
    const world = await withTold(
      { tokenIsValid: false },
      { contacts: [accountant], settings: { remindAfterMs: [ms('2d')] } },
    );
    await wish(world, snooze('until_fixed'), accountant.id);

    await world.live(ms('4d'));
    world.constantContact.shows('bakery', anObservedConnection());
    await world.live(ms('3h'));

    expect(world.mailer.accepted().filter((line) => line.includes('reminder'))).toEqual([reminder]);
    expect(world.mailer.accepted().filter((line) => line.includes('recovered'))).toHaveLength(2);
  });
});

describe('Preferences', () => {
  it('without reminders leave alerts and recoveries as they are', async () => {
    const world = await withTold();
    expect(await wish(world, { kind: 'prefer', locale: 'fr', wantsReminders: false })).toBe('preferred');

    await world.live(ms('10d'));
    world.constantContact.shows('bakery', anObservedConnection());
    await world.live(ms('3h'));

    expect(world.mailer.accepted()).toEqual([alert, recovered]);
    expect(world.mailer.attempts.map(({ content }) => content.recipient?.contact?.locale)).toEqual([null, 'fr']);
  });
});

describe('Who leaves as the last one', () => {
  it('gets nothing more, and the operator hears of it once', async () => {
    const world = await withTold();

    expect(await wish(world, notMine)).toBe('not_mine');
    expect(await wish(world, { kind: 'leave', as: 'unsubscribed' })).toBe('unsubscribed');
    await world.live(ms('10d'));

    expect(world.mailer.accepted()).toEqual([alert, expect.stringContaining(`${OPERATOR} operator`)]);
    expect(world.store.memory.state.tenants.get('bakery')?.tenant.unreachableSince).not.toBeNull();
  });

  it('may come back, and is reminded again', async () => {
    const world = await withTold();
    await wish(world, notMine);
    expect(await wish(world, { kind: 'return' })).toBe('returned');

    await world.live(ms('3d'));

    expect(world.mailer.accepted().at(-1)).toBe(reminder);
    expect(world.store.memory.state.tenants.get('bakery')?.tenant.unreachableSince).toBeNull();
  });
});

/** Broken, and its owner told: a quarter past one in the afternoon. */
async function withTold(
  status: Parameters<typeof anObservedConnection>[0] = { tokenIsValid: false },
  options: WorldOptions = {},
): Promise<World> {
  const world = await aWorld(options);
  await world.live(ms('1m'));
  world.constantContact.shows('bakery', anObservedConnection(status));
  await world.live(ms('2h'));
  return world;
}

function wish(world: World, wanted: ContactRequest, contactId = 'owner-of-bakery') {
  return world.app.owner.request({ kind: 'contact', tenantId: 'bakery', contactId }, wanted);
}
