import { describe, expect, it } from '@jest/globals';
import { operator, type Viewer } from '../../../src/monitoring/viewer.ts';
import { anObservedConnection } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { firstPage } from '../../support/store-records.ts';
import { withAlertsDue } from '../../support/use-case-alerts.ts';
import type { World } from '../../support/use-case-world.ts';

const all = { kind: 'filter', filter: {} } as const;
const broken = { kind: 'filter', filter: { health: ['broken'] } } as const;

const incidentOf = async (world: World, tenantId: string) => {
  const [incident] = (await world.app.incidents.list(operator, { ...firstPage, tenantId })).items;
  return incident;
};
const held = async ({ app }: World) => {
  const { items } = await app.mail.list(operator, { ...firstPage, tenantId: null, state: 'held' });
  return items.map(({ tenantId }) => tenantId).toSorted();
};

describe('Many tenants that are snoozed', () => {
  it('are reminded of nothing that is certain until then, and each incident is named', async () => {
    const world = await withAlertsDue(['bakery', 'mill', 'gym'], { settings: { remindAfterMs: [ms('2d')] } });
    await world.deliver();
    world.constantContact.shows('gym', anObservedConnection());
    await world.live(ms('1h'));
    const until = world.clock.now() + ms('3d');

    const acted = await world.app.tenants.act(operator, { kind: 'snooze', until }, all);

    const [bakery, mill] = [await incidentOf(world, 'bakery'), await incidentOf(world, 'mill')];
    expect(acted).toEqual([
      { id: 'bakery', outcome: 'done', changed: [bakery?.id] },
      { id: 'gym', outcome: 'unchanged', changed: [] },
      { id: 'mill', outcome: 'done', changed: [mill?.id] },
    ]);
    expect([bakery?.snoozedUntil, mill?.snoozedUntil]).toEqual([until, until]);
  });

  it('leave a mere suspicion as it is: its alert is still sent', async () => {
    const world = await withAlertsDue(['bakery']);
    await world.deliver();
    world.constantContact.shows(
      'bakery',
      anObservedConnection({ tokenIsValid: false }),
      anObservedConnection({ accountId: 'other', tokenIsValid: false }),
    );
    await world.poll();
    const acted = await world.app.tenants.act(operator, { kind: 'snooze', until: world.clock.now() + ms('1d') }, all);
    expect(acted).toMatchObject([{ outcome: 'done', changed: { length: 1 } }]);
    await world.live(ms('1h'));
    expect(world.mailer.accepted()).toHaveLength(2);
  });
});

describe('Many tenants whose held mail is released', () => {
  it('get what was held, and mail of others stays held', async () => {
    const world = await withAlertsDue(['bakery', 'mill']);
    await world.app.mail.hold(operator, { kind: 'all' });
    expect(await held(world)).toEqual(['bakery', 'mill']);

    const acted = await world.app.tenants.act(
      operator,
      { kind: 'release' },
      { kind: 'filter', filter: { health: ['broken'], search: 'bak' } },
    );

    expect(acted).toEqual([{ id: 'bakery', outcome: 'done', changed: [expect.any(String)] }]);
    expect(await held(world)).toEqual(['mill']);
    await world.deliver();
    expect(world.mailer.accepted()).toEqual(['owner@bakery.example alert: reconnect facebook']);
    expect(await world.app.tenants.act(operator, { kind: 'release' }, broken)).toMatchObject([
      { id: 'bakery', outcome: 'unchanged' },
      { id: 'mill', outcome: 'done' },
    ]);
  });

  it('end a brake that holds nothing any more', async () => {
    const world = await withAlertsDue(['bakery', 'mill', 'gym'], { settings: { mailBrake: 1 } });
    await world.deliver();
    expect(await world.store.holds.active()).toMatchObject([{ cause: { kind: 'brake' } }]);
    await world.app.tenants.act(operator, { kind: 'release' }, all);
    expect(await world.store.holds.active()).toEqual([]);
  });

  it('are those that the key sees', async () => {
    const world = await withAlertsDue(['bakery', 'mill']);
    await world.app.mail.hold(operator, { kind: 'all' });
    const key: Viewer = { kind: 'key', keyId: 'key', role: 'operate', tenantId: 'mill' };
    expect(await world.app.tenants.act(key, { kind: 'release' }, all)).toMatchObject([{ id: 'mill' }]);
    expect(await held(world)).toEqual(['bakery']);
  });
});
