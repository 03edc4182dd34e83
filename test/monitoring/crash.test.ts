import { describe, expect, it } from '@jest/globals';
import { aContact, anObservedConnection } from '../support/builders.ts';
import { ms, utc } from '../support/domain-time.ts';
import { dying, liveOrDie } from '../support/use-case-death.ts';
import { aWorld, type World } from '../support/use-case-world.ts';

const repaired = anObservedConnection();
const broken = anObservedConnection({ tokenIsValid: false });

const alerts = ['cc@bakery.example alert: reconnect facebook', 'owner@bakery.example alert: reconnect facebook'];
const thanks = [
  'cc@bakery.example recovered: reconnect facebook',
  'owner@bakery.example recovered: reconnect facebook',
];

describe('A process that dies', () => {
  it.each(['before', 'after'] as const)(
    'anywhere between the break and the alert, just %s a step was done, loses no mail and repeats at most those in flight',
    async (moment) => {
      for (let step = 1, isDead = true; isDead; step += 1) {
        const world = await aTenantThatBreaks();
        const death = dying(step, moment);
        await liveOrDie(world, death, ms('1h'));
        isDead = death.isDead();

        await world.restarted().live(ms('2h'));
        world.constantContact.shows('bakery', repaired);
        await world.restarted().live(ms('2h'));

        expect({ step, told: toldOnce(world) }).toEqual({ step, told: [...alerts, ...thanks] });
      }
    },
  );

  it.each(['before', 'after'] as const)(
    'anywhere between the repair and the thanks, just %s a step was done, loses no mail either',
    async (moment) => {
      for (let step = 1, isDead = true; isDead; step += 1) {
        const world = await aTenantThatBreaks();
        await world.live(ms('2h'));
        world.constantContact.shows('bakery', repaired);
        const death = dying(step, moment);
        await liveOrDie(world, death, ms('1h'));
        isDead = death.isDead();

        await world.restarted().live(ms('2h'));

        expect({ step, told: toldOnce(world) }).toEqual({ step, told: [...alerts, ...thanks] });
      }
    },
  );
});

/** Polled well at 00:30, broken since; the next poll is at 01:00. */
async function aTenantThatBreaks(): Promise<World> {
  const copy = aContact({ id: 'cc', tenantId: 'bakery', email: 'cc@bakery.example', role: 'cc' });
  const world = await aWorld({ contacts: [copy], startsAt: utc('2026-01-15 00:30') });
  await world.live(ms('1m'));
  world.constantContact.shows('bakery', broken);
  return world;
}

/** Each mail once, however often it was sent; fails when more than one was repeated, or one more than once. */
function toldOnce({ mailer }: World): readonly string[] {
  const byId = Map.groupBy(mailer.attempts, ({ mail }) => mail.messageId);
  const repeated = [...byId.values()].filter((attempts) => attempts.length > 1);
  expect(repeated.every((attempts) => attempts.length === 2)).toBe(true);
  expect(repeated.length).toBeLessThanOrEqual(2);
  return [...byId.values()].map(([first]) => `${first?.mail.to} ${first?.mail.subject}`).toSorted(byKind);
}

function byKind(a: string, b: string): number {
  const kindOf = (line: string) => (line.includes(' alert') ? 0 : 1);
  return kindOf(a) - kindOf(b) || a.localeCompare(b);
}
