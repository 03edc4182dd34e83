import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConnectionStatus } from '../../../src/domain/model/connection-status.ts';
import type { PollFailureKind } from '../../../src/domain/model/poll.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { aGrant, anObservedConnection } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { Mirror, storedFleet } from '../../support/event-mirror.ts';
import { aNewTenant } from '../../support/store-records.ts';
import { aWorld, type World } from '../../support/use-case-world.ts';

const TENANTS = ['bakery', 'mill', 'florist'];

const statuses: readonly Partial<ConnectionStatus>[] = [
  {},
  { tokenIsValid: false },
  { hasToken: false },
  { isActiveUser: false },
  { rateLimited: true },
  { networkStatus: 500 },
  { tokenIsValid: null },
];
const failures: readonly PollFailureKind[] = ['invalid_grant', 'unauthorized', 'forbidden', 'timeout'];

const tenant = fc.constantFrom(...TENANTS);
const shown = fc.array(fc.record({ account: fc.nat(2), status: fc.constantFrom(...statuses), name: fc.nat(1) }), {
  maxLength: 3,
});
const kinds = [
  ...(['pause', 'resume', 'remove', 'purge', 'reconnect', 'rename'] as const),
  ...(['acknowledge', 'snooze', 'close', 'leave'] as const),
];

/** What may happen, to tenants that may be gone by then. */
const happening = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('shows' as const), tenant, shown }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('fails' as const), tenant, as: fc.constantFrom(...failures) }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), time: fc.constantFrom('15m', '1h', '7h') }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom(...kinds), tenant }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('add', 'hold', 'release', 'prune') }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('follow' as const), limit: fc.nat(5), killedAfter: fc.option(fc.nat(3)) }),
  },
);
type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

/** What chance seldom brings: an account that is removed, and comes back broken. */
const goneAndBack: Happening[] = [
  ...[[{ account: 0, status: {}, name: 0 }], [], [{ account: 0, status: { hasToken: false }, name: 0 }]].flatMap(
    (accounts): Happening[] => [
      { kind: 'shows', tenant: 'mill', shown: accounts },
      ...(['1h', '15m', '15m'] as const).map((time) => ({ kind: 'pass', time }) as const),
      { kind: 'follow', limit: 2, killedAfter: 1 },
    ],
  ),
];

describe('A program that follows the feed, and is killed at any event', () => {
  it('has the same fleet as the store in the end', async () => {
    let doubled = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 10, maxLength: 60 }), async (happenings) => {
        const world = await aWorld({ tenants: TENANTS });
        const mirror = new Mirror(world.app.events, () => storedFleet(world.store, world.clock.now()));
        await mirror.begin();
        for (const one of happenings) await happen(one, world, mirror);
        await mirror.catchUp();
        expect(mirror.fleet).toEqual(await storedFleet(world.store, world.clock.now()));
        expect(JSON.stringify([...mirror.seen.values()])).not.toContain('@');
        doubled += mirror.doubled;
      }),
      { numRuns: 100, examples: [[goneAndBack]] },
    );
    expect(doubled).toBeGreaterThan(0);
  });
});

async function happen(one: Happening, world: World, mirror: Mirror): Promise<void> {
  const { app, clock, constantContact, store } = world;
  switch (one.kind) {
    case 'shows':
      return constantContact.shows(one.tenant, ...one.shown.map(connectionOf));
    case 'fails':
      return constantContact.fails(one.tenant, one.as);
    case 'pass':
      await clock.advance(ms(one.time));
      await world.poll();
      await world.deliver();
      return;
    case 'follow':
      await mirror.followOn({
        limit: one.limit + 1,
        ...(one.killedAfter !== null && { killedAfter: one.killedAfter }),
      });
      return;
    case 'add':
      await app.tenants.add(operator, [aNewTenant({ grant: aGrant({ refreshToken: String(clock.now()) }) })]);
      return;
    case 'hold':
    case 'release':
      await app.mail[one.kind](operator, { kind: 'all' });
      return;
    case 'prune':
      await store.retention.prune({ pollsBefore: clock.now() - ms('8h'), historyBefore: 0, writesBefore: 0 });
      return;
    default:
      await act(one, world);
  }
}

function connectionOf({ account, status, name }: Readonly<{ account: number; status: object; name: number }>) {
  return anObservedConnection({ accountId: String(account), displayName: `Account ${name}`, ...status });
}

type Act = Extract<Happening, { kind: (typeof kinds)[number] }>;

async function act({ kind, tenant: id }: Act, { app, clock }: World): Promise<void> {
  switch (kind) {
    case 'pause':
    case 'resume':
      await app.tenants[kind](operator, id);
      return;
    case 'remove':
    case 'purge':
      await app.tenants.remove(operator, id, { purge: kind === 'purge' });
      return;
    case 'rename':
      await app.tenants.update(operator, id, { name: `${id} at ${clock.now()}`, externalId: id });
      return;
    case 'reconnect':
      await app.tenants.update(operator, id, {
        grant: aGrant({ refreshToken: `of ${id} ${clock.now()}` }),
      });
      return;
    case 'leave':
      await app.owner.request(
        { kind: 'contact', tenantId: id, contactId: `owner-of-${id}` },
        { kind: 'leave', as: 'not_mine' },
      );
      return;
    default: {
      const { items } = await app.incidents.list(operator, { tenantId: id, cursor: null, limit: 1, state: 'open' });
      for (const incident of items) {
        if (kind === 'snooze') await app.incidents.snooze(operator, incident.id, clock.now() + ms('1d'));
        else await app.incidents[kind](operator, incident.id);
      }
    }
  }
}
