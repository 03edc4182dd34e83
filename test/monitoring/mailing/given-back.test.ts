import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { deliverOne } from '../../../src/monitoring/mailing/deliver-one.ts';
import { createOutcomes } from '../../../src/monitoring/outcomes.ts';
import type { Stores } from '../../../src/monitoring/ports.ts';
import { createWork } from '../../../src/monitoring/work/create-work.ts';
import { anObservedConnection } from '../../support/builders.ts';
import { mailTo, withAlertsDue, withOperatorMail } from '../../support/use-case-alerts.ts';
import { settled } from '../../support/use-case-clock.ts';
import { accepted } from '../../support/use-case-mailer.ts';
import { aWorld, OPERATOR, type World } from '../../support/use-case-world.ts';

const OWNER = 'owner@bakery.example';
/** Longer than any lease lasts, and than a lease is tried to be given back. */
const AWAY_MS = 15 * MINUTE_MS;

describe('The store goes away', () => {
  it.each([OWNER, OPERATOR])('before the answer about the mail to %s is stored: it is not sent again', async (to) => {
    const world = await aWorldWithMailTo(to);
    const store = aLostStore(world);
    const work = createWork(store.ports);
    const answer = world.mailer.holds();
    const delivery = work.deliver();
    await settled();
    store.isAway(true);
    answer(accepted);
    expect(await delivery).toMatchObject({ sent: 1 });

    await world.clock.advance(AWAY_MS);
    store.isAway(false);
    expect(await work.deliver()).toMatchObject({ sent: 0 });
    await world.clock.advance(1000);

    expect(mailTo(world, to)).toMatchObject({ state: 'sent', attempts: 1, leaseUntil: null, outcomeUnknown: false });
    expect(await work.deliver()).toMatchObject({ sent: 0 });
    expect(world.mailer.attempts).toHaveLength(1);
  });

  it.each([OWNER, OPERATOR])('while the mail to %s is claimed: it is sent as soon as the store is back', async (to) => {
    const world = await aWorldWithMailTo(to);
    const store = aLostStore(world);
    store.losesAnswerOf(to === OPERATOR ? 'save' : 'change');
    const work = createWork(store.ports);
    await work.deliver();
    expect(world.mailer.attempts).toEqual([]);

    store.isAway(false);
    await world.clock.advance(1000);
    expect(mailTo(world, to)).toMatchObject({ state: 'pending', leaseUntil: null, outcomeUnknown: false });
    expect(await world.restarted().deliver()).toMatchObject({ sent: 1 });
    expect(mailTo(world, to)).toMatchObject({ state: 'sent' });
  });

  it('while a mail is claimed of which a part waits: all of it is one mail again', async () => {
    const world = await aWorld({ tenants: ['bakery'], settings: { fleetMin: 1000 } });
    const [facebook, instagram] = ['facebook', 'instagram'].map((network) => ({ network, accountId: network }));
    const shows = (isFacebookGood: boolean, isInstagramGood: boolean) =>
      world.constantContact.shows(
        'bakery',
        anObservedConnection({ ...facebook, tokenIsValid: isFacebookGood }),
        anObservedConnection({ ...instagram, tokenIsValid: isInstagramGood }),
      );
    shows(true, true);
    await world.poll();
    shows(false, false);
    await world.clock.advance(HOUR_MS);
    await world.poll();
    await world.clock.advance(15 * MINUTE_MS);
    await world.poll();
    await world.clock.advance(2 * MINUTE_MS);
    shows(true, false);
    await world.poll({ scope: ['bakery'] });
    const store = aLostStore(world);
    store.losesAnswerOf('change');
    await createWork(store.ports).deliver();

    store.isAway(false);
    await world.clock.advance(1000);
    const waiting = [...world.store.memory.state.notifications.values()].filter(({ state }) => state === 'pending');
    expect(waiting).toMatchObject([{ topics: [{}, {}], attempts: 0, outcomeUnknown: false }]);
    expect(world.mailer.attempts).toEqual([]);
  });

  it('while a mail is claimed: the brake has its place again', async () => {
    const world = await withAlertsDue(['bakery', 'florist'], { settings: { mailBrake: 1, fleetMin: 1000 } });
    const [first] = await world.store.outbox.dueMail(world.clock.now(), 1);
    if (first === undefined) throw new Error('no mail is due');
    const store = aLostStore(world);
    store.losesAnswerOf('change');
    const mailer = await store.ports.openMailer();
    const outcomes = createOutcomes('the outcome of a mail', store.ports);
    await expect(deliverOne(first, { ...store.ports, mailer, outcomes })).rejects.toThrow();

    store.isAway(false);
    await world.clock.advance(1000);
    expect(await world.restarted().deliver()).toMatchObject({ sent: 1 });
  });
});

async function aWorldWithMailTo(to: string): Promise<World> {
  const world = await withAlertsDue(to === OPERATOR ? [] : ['bakery']);
  if (to === OPERATOR) await withOperatorMail(world);
  return world;
}

/** The records and the operator's mail: away, or there for one call more, whose answer does not arrive. */
function aLostStore({ ports, store: { records, operatorMail } }: World) {
  let isAway = false;
  let lost: string | null = null;
  const reach = async <Answer>(name: string, call: () => Promise<Answer>): Promise<Answer> => {
    if (isAway) throw new Error('the store cannot be reached');
    const answer = await call();
    if (name !== lost) return answer;
    isAway = true;
    throw new Error('the store has not answered');
  };
  const reached: Pick<Stores, 'records' | 'operatorMail'> = {
    records: {
      ...records,
      change: (ids, decide, also) => reach('change', () => records.change(ids, decide, also)),
    },
    operatorMail: {
      ...operatorMail,
      claim: (id, leaseMs) => reach('claim', () => operatorMail.claim(id, leaseMs)),
      save: (mail, leaseUntil) => reach('save', () => operatorMail.save(mail, leaseUntil)),
    },
  };
  return {
    ports: { ...ports, ...reached },
    isAway: (away: boolean) => {
      isAway = away;
      lost = null;
    },
    losesAnswerOf: (name: string) => {
      lost = name;
    },
  };
}
