import { describe, expect, it } from '@jest/globals';
import type { ApplicationPorts } from '../../src/monitoring/create-application.ts';
import type { Observer } from '../../src/monitoring/ports.ts';
import { createWork } from '../../src/monitoring/work/create-work.ts';
import { aContact, anObservedConnection } from '../support/builders.ts';
import { ms } from '../support/domain-time.ts';
import { withAlertsDue, withOperatorMail } from '../support/use-case-alerts.ts';
import { accepted, deferred, refused } from '../support/use-case-mailer.ts';
import { failingRecords } from '../support/use-case-records.ts';
import { aWorld } from '../support/use-case-world.ts';

/** The observer of one process, which writes down what it hears. */
function hearing() {
  const heard: (readonly (string | number)[])[] = [];
  const observer: Observer = {
    polled: ({ tenantId, result }) => void heard.push(['polled', tenantId, result.outcome]),
    refreshed: (outcome) => void heard.push(['refreshed', outcome]),
    mailed: (kind, outcome) => void heard.push(['mailed', kind, outcome]),
    told: (afterMs) => void heard.push(['told', afterMs]),
  };
  const ports: Partial<ApplicationPorts> = { observer };
  return { heard, ports };
}

describe('The observer of a process', () => {
  it('hears of each poll once, failed ones included', async () => {
    const { heard, ports } = hearing();
    const world = await aWorld({ tenants: ['bakery', 'mill'], pollConcurrency: 1 });
    world.constantContact.fails('mill', 'server');
    await world.poll({}, ports);
    await world.poll({}, ports);
    expect(heard).toEqual([
      ['polled', 'bakery', 'observed'],
      ['polled', 'mill', 'failed'],
    ]);
  });

  it('hears how long after the first bad poll the owner is told, and that once', async () => {
    const { heard, ports } = hearing();
    const cc = aContact({ id: 'cc', tenantId: 'bakery', email: 'cc@bakery.example', role: 'cc' });
    const world = await withAlertsDue(['bakery'], { contacts: [cc] });
    world.mailer.answers(deferred);
    await world.deliver(undefined, ports);
    await world.clock.advance(ms('1m'));
    world.mailer.answers(accepted);
    await world.deliver(undefined, ports);
    expect(heard.filter(([what, , outcome]) => what === 'mailed' && outcome === 'sent')).toHaveLength(2);
    expect(heard.filter(([what]) => what === 'told')).toEqual([['told', ms('18m')]]);
  });

  it('hears of a recovery as of a mail that tells nobody of a break', async () => {
    const { heard, ports } = hearing();
    const world = await withAlertsDue(['bakery']);
    await world.deliver();
    world.constantContact.shows('bakery', anObservedConnection());
    for (const wait of [ms('15m'), ms('15m'), ms('1h'), ms('15m'), ms('15m')]) {
      await world.clock.advance(wait);
      await world.poll();
      await world.deliver(undefined, ports);
    }
    expect(heard).toEqual([['mailed', 'recovered', 'sent']]);
  });

  it('hears of a mail that is refused, and that nobody was told', async () => {
    const { heard, ports } = hearing();
    const world = await withAlertsDue(['bakery']);
    world.mailer.answers(refused);
    await world.deliver(undefined, ports);
    expect(heard).toEqual([['mailed', 'alert', 'failed']]);
  });

  it("hears of the operator's mail", async () => {
    const { heard, ports } = hearing();
    const world = await aWorld();
    await withOperatorMail(world);
    await world.deliver(undefined, ports);
    expect(heard).toEqual([['mailed', 'operator', 'sent']]);
  });

  it('hears that the owner was told when the store has taken it, with the time of the mail', async () => {
    const { heard, ports } = hearing();
    const world = await withAlertsDue(['bakery']);
    let isAway = false;
    const records = failingRecords(world.store.records, () => isAway && world.mailer.attempts.length > 0);
    isAway = true;
    await world.deliver(undefined, { ...ports, records });
    expect(heard).toEqual([['mailed', 'alert', 'sent']]);
    isAway = false;
    await world.clock.advance(ms('5m'));
    expect(heard).toEqual([
      ['mailed', 'alert', 'sent'],
      ['told', ms('17m')],
    ]);
  });

  it('and whoever watches the delivery hear of each mail that was tried, whatever came of it', async () => {
    const world = await withAlertsDue(['bakery', 'mill', 'florist']);
    world.mailer.answersTo('owner@bakery.example', deferred);
    world.mailer.cannotWriteTo('owner@mill.example');
    let tried = 0;
    const onMail = () => {
      tried += 1;
    };
    await createWork(world.ports).deliver({ onMail });
    expect(tried).toBe(3);
  });
});
