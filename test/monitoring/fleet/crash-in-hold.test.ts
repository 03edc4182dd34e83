import { describe, expect, it } from '@jest/globals';
import { ms } from '../../support/domain-time.ts';
import { dying, liveOrDie } from '../../support/use-case-death.ts';
import { aHealthyFleet, heldMail, holdsOf, mailOf, showAll } from '../../support/use-case-fleet.ts';
import { manyTenants, type World } from '../../support/use-case-world.ts';

const fleet = manyTenants(4);
const small = { settings: { fleetMin: 3, fleetHoldMs: ms('2h') } };

describe('A process that dies while a whole fleet shows the same', () => {
  it.each(['before', 'after'] as const)(
    'anywhere in the beginning of its hold, just %s a step was done, lets no owner’s mail out',
    async (moment) => {
      for (let step = 1, isDead = true; isDead; step += 1) {
        const world = await aHealthyFleet(fleet, small);
        showAll(world, fleet, { tokenIsValid: false });
        const death = dying(step, moment);
        await liveOrDie(world, death, ms('70m'));
        isDead = death.isDead();

        await world.restarted().live(ms('20m'));
        expect({ step, toOwners: ownersTold(world), holds: holdsOf(world).length }).toEqual({
          step,
          toOwners: [],
          holds: 1,
        });
        showAll(world, fleet);
        await world.restarted().live(ms('3h'));
        expect({ step, ...outcome(world) }).toEqual({ step, owners: [], reports: ['hold_began', 'hold_ended'] });
      }
    },
  );

  it.each(['before', 'after'] as const)(
    'anywhere in its end, just %s a step was done, tells those really broken, and nobody else',
    async (moment) => {
      for (let step = 1, isDead = true; isDead; step += 1) {
        const world = await aHealthyFleet(fleet, small);
        showAll(world, fleet, { tokenIsValid: false });
        await world.live(ms('100m'));
        showAll(world, fleet.slice(1));
        await world.live(ms('65m'));
        const death = dying(step, moment);
        await liveOrDie(world, death, ms('40m'));
        isDead = death.isDead();

        await world.restarted().live(ms('3h'));

        const owners = ['owner@tenant-001.example alert: reconnect facebook'];
        expect({ step, ...outcome(world) }).toEqual({ step, owners, reports: ['hold_began', 'hold_ended'] });
        expect(heldMail(world)).toEqual([]);
      }
    },
  );
});

describe('A process that dies while our access to the whole fleet is lost', () => {
  it.each(['before', 'after'] as const)(
    'anywhere in the beginning of that fault, just %s a step was done, blames no tenant',
    async (moment) => {
      for (let step = 1, isDead = true; isDead; step += 1) {
        const world = await aHealthyFleet(fleet, small);
        for (const id of fleet) world.constantContact.fails(id, 'forbidden');
        const death = dying(step, moment);
        await liveOrDie(world, death, ms('80m'));
        isDead = death.isDead();

        await world.restarted().live(ms('20m'));
        expect({ step, faults: [...world.store.memory.state.faults.values()].length }).toEqual({ step, faults: 1 });
        showAll(world, fleet);
        await world.restarted().live(ms('3h'));
        expect({ step, ...outcome(world) }).toEqual({ step, owners: [], reports: ['hold_began', 'hold_ended'] });
      }
    },
  );
});

/** Each mail once, however often it was sent. */
function outcome(world: World) {
  const reports = mailOf(world)
    .filter(({ tenantId, state }) => tenantId === null && state === 'sent')
    .map(({ reason }) => reason);
  return { owners: ownersTold(world), reports };
}

function ownersTold({ mailer }: World): readonly string[] {
  const mails = new Map(mailer.attempts.map(({ mail }) => [mail.messageId, `${mail.to} ${mail.subject}`]));
  return [...mails.values()].filter((line) => line.startsWith('owner'));
}
