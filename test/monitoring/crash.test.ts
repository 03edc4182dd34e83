import { describe, expect, it } from '@jest/globals';
import { aContact, anObservedConnection } from '../support/builders.ts';
import { ms, utc } from '../support/domain-time.ts';
import { aWorld, type World, type Wrap } from '../support/use-case-world.ts';

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
        await liveOrDie(world, death);
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
        await liveOrDie(world, death);
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

type Death = Readonly<{ wrap: Wrap; isDead(): boolean }>;

async function liveOrDie(world: World, { wrap, isDead }: Death): Promise<void> {
  try {
    await world.restarted(wrap).live(ms('1h'));
  } catch (error) {
    if (!isDead()) throw error;
  }
}

/** From its given step on, nothing the process does has an effect any more. */
function dying(step: number, moment: 'before' | 'after'): Death {
  let steps = 0;
  const killed = () => new Error('the process is dead');
  const wrap: Wrap = (port) =>
    new Proxy(port, {
      get(target, name, receiver) {
        const value: unknown = Reflect.get(target, name, receiver);
        if (typeof value !== 'function') return value;
        return (...args: readonly unknown[]) => {
          steps += 1;
          if (steps > step || (steps === step && moment === 'before')) throw killed();
          const done: unknown = value.apply(target, args);
          if (steps < step) return done;
          if (!(done instanceof Promise)) throw killed();
          return done.then(() => Promise.reject(killed()));
        };
      },
    });
  return { wrap, isDead: () => steps >= step };
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
