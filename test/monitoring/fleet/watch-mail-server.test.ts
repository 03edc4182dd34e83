import { describe, expect, it } from '@jest/globals';
import type { DeliveryOutcome } from '../../../src/domain/model/message-content.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { watchMailServer } from '../../../src/monitoring/fleet/watch-faults.ts';
import { anObservedConnection } from '../../support/builders.ts';
import { accepted, deferred } from '../../support/use-case-mailer.ts';
import { aWorld, OPERATOR, type World } from '../../support/use-case-world.ts';

const refusedLogin: DeliveryOutcome = { outcome: 'deferred', response: '535 5.7.8 wrong password', isOurFault: true };
const alert = 'owner@bakery.example alert: reconnect facebook';
const worksAgain = `${OPERATOR} operator: mail_works_again`;

async function brokenWhile(outcome: DeliveryOutcome, forMs: number): Promise<World> {
  const world = await aWorld();
  world.constantContact.shows('bakery', anObservedConnection());
  await world.live(HOUR_MS);
  world.constantContact.shows('bakery', anObservedConnection({ tokenIsValid: false }));
  world.mailer.answers(outcome);
  await world.live(2 * HOUR_MS + forMs);
  return world;
}

describe('A mail server that refuses us', () => {
  it('is told the operator, once, when it takes our mail again', async () => {
    const world = await brokenWhile(refusedLogin, 3 * HOUR_MS);
    expect(world.mailer.accepted()).toEqual([]);
    world.mailer.answers(accepted);
    await world.live(DAY_MS);
    expect(world.mailer.accepted()).toEqual([alert, worksAgain]);
  });

  it('is told by a process that was started meanwhile, too', async () => {
    const world = (await brokenWhile(refusedLogin, HOUR_MS)).restarted();
    world.mailer.answers(accepted);
    await world.live(DAY_MS);
    expect(world.mailer.accepted()).toEqual([alert, worksAgain]);
  });

  it('is not worth a mail when it passes within minutes', async () => {
    const world = await brokenWhile(refusedLogin, -2 * HOUR_MS);
    while (world.mailer.attempts.length === 0) await world.live(MINUTE_MS);
    expect(await world.store.faults.open()).toMatchObject([
      { cause: { kind: 'mail', response: '535 5.7.8 wrong password' } },
    ]);
    world.mailer.answers(accepted);
    await world.live(DAY_MS);
    expect(world.mailer.accepted()).toEqual([alert]);
    expect(await world.store.faults.open()).toEqual([]);
  });

  it.each([
    ['nothing was due', { sent: 0, refusalOfUs: null }, 0],
    ['mail was sent', { sent: 1, refusalOfUs: null }, 1],
    ['it refused us', { sent: 0, refusalOfUs: '535 5.7.8 wrong password' }, 1],
  ])('is looked for after a run in which %s', async (_, view, expected) => {
    const { ports } = await aWorld();
    let looks = 0;
    const open = async () => {
      looks += 1;
      return [];
    };
    await watchMailServer(view, { ...ports, faults: { ...ports.faults, open } });
    expect(looks).toBe(expected);
  });

  it('is another matter than one that is away, or asks to be tried later', async () => {
    const world = await brokenWhile(deferred, 3 * HOUR_MS);
    world.mailer.answers(accepted);
    await world.live(DAY_MS);
    expect(world.mailer.accepted()).toEqual([alert]);
  });
});
