import { describe, expect, it } from '@jest/globals';
import {
  isUntold,
  problemOf,
  type SharedProblem,
  sharedProblems,
  tenantsToHold,
} from '../../../src/domain/holds/untold-trouble.ts';
import type { Connection } from '../../../src/domain/model/connection.ts';
import type { HoldCause } from '../../../src/domain/model/hold.ts';
import { incidentStates } from '../../../src/domain/model/incident.ts';
import { closeReasons } from '../../../src/domain/model/reasons.ts';
import type { Tenant } from '../../../src/domain/model/tenant.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import type { Stores, SuspicionStore } from '../../../src/monitoring/ports.ts';
import {
  aConnection,
  aHold,
  aNotification,
  anIncident,
  anUpdate,
  aTenant,
  aTopic,
  type GivenIncident,
  type GivenNotification,
  NOW,
} from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { removeTenant } from '../../support/store-records.ts';

const since = NOW - HOUR_MS;
const invalid: HoldCause = { kind: 'fleet', network: 'facebook', condition: 'token_invalid' };
const removed: HoldCause = { kind: 'fleet', network: 'facebook', condition: 'removed' };
const unauthorized: HoldCause = { kind: 'access', failure: 'unauthorized' };
const goneNow = { state: 'closed', closeReason: 'removed', closedAt: NOW } as const;

export function fleetSuspicionsContract(fresh: FreshStore): void {
  describe('what many tenants show alike', () => {
    it('is nothing while nobody is in trouble', async () => {
      const { suspicions } = await fresh();
      expect(await suspicions.untoldTroubles(since)).toEqual([]);
      expect(await suspicions.refusals(since)).toEqual([]);
      expect(await suspicions.refusedTenants('unauthorized', since)).toEqual([]);
      expect(await suspicions.polledSince(since, null, Number.POSITIVE_INFINITY)).toBe(0);
      expect(await suspicions.toBeReleased(10)).toEqual([]);
    });

    it('is counted by tenants, under the network and the first of the conditions, since the first of them', async () => {
      const { suspicions } = await storeWith(fresh, [
        { id: 'a', troubles: [{ openedAt: NOW - MINUTE_MS }, { network: 'facebook', openedAt: NOW }] },
        { id: 'b', troubles: [{ conditions: ['token_invalid', 'rate_limited'], openedAt: NOW - 2 * MINUTE_MS }] },
        { id: 'c', troubles: [{ conditions: ['rate_limited'] }, { network: 'instagram' }] },
        { id: 'd', troubles: [{ conditions: ['rate_limited'], state: 'open' }] },
      ]);
      const shared = await sharedIn(suspicions, 2);
      expect(shared).toHaveLength(2);
      expect(shared).toContainEqual({ cause: invalid, since: NOW - 2 * MINUTE_MS, tenants: 2 });
      const limited = { kind: 'fleet', network: 'facebook', condition: 'rate_limited' };
      expect(shared).toContainEqual({ cause: limited, since: NOW, tenants: 2 });
      expect(await sharedIn(suspicions, 3)).toEqual([]);
    });

    it.each<[string, Trouble]>([
      ['found when monitoring began', { foundAtBaseline: true }],
      ['told already', { alerting: { lastAlert: { action: 'reconnect', at: NOW, conversationId: 'c' } } }],
      ['dismissed', { state: 'closed', closeReason: 'not_confirmed', closedAt: NOW }],
      ['repaired', { state: 'closed', closeReason: 'recovered', closedAt: NOW }],
      ['taken by a hold', { alerting: { heldBy: 'hold-0' } }],
      ['begun before', { openedAt: since - 1 }],
      ['removed before', { ...goneNow, closedAt: since - 1, openedAt: since - 1 }],
    ])('leaves out what was %s', async (_, trouble) => {
      const store = await storeWith(fresh, [{ id: 'a', troubles: [trouble] }]);
      expect(await sharedIn(store.suspicions)).toEqual([]);
      expect(await toBeHeld(store.suspicions, invalid)).toEqual([]);
    });

    it.each<[string, Trouble]>([
      ['suspected', { state: 'suspected' }],
      ['certain', { state: 'open' }],
      ['recovering', { state: 'recovering' }],
      ['begun just then', { openedAt: since }],
    ])('counts what is %s', async (_, trouble) => {
      const { suspicions } = await storeWith(fresh, [{ id: 'a', troubles: [trouble] }]);
      expect(await sharedIn(suspicions)).toMatchObject([{ cause: invalid, tenants: 1 }]);
      expect(await toBeHeld(suspicions, invalid)).toEqual(['a']);
    });

    it('counts a removal from when it was confirmed, whatever was wrong before, but looks back a week alone', async () => {
      const { suspicions } = await storeWith(fresh, [
        { id: 'a', troubles: [{ ...goneNow, openedAt: NOW - DAY_MS, conditions: ['token_invalid'] }] },
        { id: 'b', troubles: [{ ...goneNow, openedAt: NOW - 9 * DAY_MS }] },
      ]);
      expect(await sharedIn(suspicions)).toEqual([{ cause: removed, since: NOW, tenants: 1 }]);
    });

    it('is, whatever an incident says, what isUntold() and problemOf() say of it', async () => {
      const alert = { action: 'reconnect', at: NOW, conversationId: 'c' } as const;
      const troubles: readonly GivenIncident[] = incidentStates.flatMap((state) =>
        [null, ...closeReasons].flatMap((closeReason) =>
          [{}, { foundAtBaseline: true }, { alerting: { heldBy: 'hold-0' } }, { alerting: { lastAlert: alert } }].map(
            (given) => ({ state, closeReason, closedAt: closeReason === null ? null : NOW, ...given }),
          ),
        ),
      );
      const { suspicions } = await storeWith(fresh, [{ id: 'a', troubles }]);
      const expected = troubles
        .map((given) => anIncident({ tenantId: 'a', ...given }))
        .filter(isUntold)
        .map((one) => ({ tenantId: 'a', ...problemOf(one, 'facebook'), isToTell: one.state !== 'closed' }));
      const found = await suspicions.untoldTroubles(since);
      expect(found).toHaveLength(expected.length);
      for (const trouble of expected) expect(found).toContainEqual(trouble);
    });

    it('leaves out tenants that were removed', async () => {
      const store = await storeWith(fresh, [
        { id: 'a', troubles: [{}] },
        { id: 'b', troubles: [{}] },
      ]);
      await removeTenant(store, 'a');
      expect(await sharedIn(store.suspicions)).toMatchObject([{ tenants: 1 }]);
      expect(await toBeHeld(store.suspicions, invalid)).toEqual(['b']);
    });

    it('is also how our access fails, by its kind, for tenants that are watched', async () => {
      const failing = (kind: NonNullable<Tenant['failing']>['kind'], at = NOW) => ({ failing: { kind, since: at } });
      const { suspicions } = await storeWith(fresh, [
        { id: 'a', ...failing('unauthorized', NOW - MINUTE_MS) },
        { id: 'b', ...failing('unauthorized') },
        { id: 'c', ...failing('forbidden') },
        { id: 'd', ...failing('unauthorized'), state: 'paused' },
        { id: 'e', ...failing('unauthorized', since - 1) },
        { id: 'f', ...failing('server') },
        { id: 'g', ...failing('server') },
      ]);
      const refusals = await suspicions.refusals(since);
      expect(refusals).toHaveLength(2);
      expect(refusals).toContainEqual({ cause: unauthorized, since: NOW - MINUTE_MS, tenants: 2 });
      expect(refusals).toContainEqual({ cause: { kind: 'access', failure: 'forbidden' }, since: NOW, tenants: 1 });
    });
  });

  describe('who was asked since', () => {
    it('are the tenants that are watched, or those of them with an account of the network', async () => {
      const polled = { lastPolledAt: since };
      const { suspicions } = await storeWith(fresh, [
        { id: 'a', ...polled, troubles: [{}] },
        { id: 'b', ...polled, troubles: [{ network: 'instagram' }] },
        { id: 'c', ...polled, troubles: [{}, { removedAt: NOW }] },
        { id: 'lost-it-now', ...polled, troubles: [{ removedAt: NOW }] },
        { id: 'lost-it-long-ago', ...polled, troubles: [{ removedAt: since - 1 }] },
        { id: 'too-early', lastPolledAt: since - 1, troubles: [{}] },
        { id: 'never', troubles: [{}] },
        { id: 'paused', ...polled, state: 'paused', troubles: [{}] },
        { id: 'without-any', ...polled, state: 'reauthorize' },
      ]);
      expect(await suspicions.polledSince(since, null, Number.POSITIVE_INFINITY)).toBe(6);
      expect(await suspicions.polledSince(since, 'facebook', Number.POSITIVE_INFINITY)).toBe(3);
      expect(await suspicions.polledSince(since, 'instagram', Number.POSITIVE_INFINITY)).toBe(1);
      expect(await suspicions.polledSince(since, null, 4)).toBe(4);
      expect(await suspicions.polledSince(since, 'facebook', 2)).toBe(2);
    });
  });

  describe('whom a hold takes', () => {
    it('are the tenants in trouble of its cause, the longest first, each once', async () => {
      const { suspicions } = await storeWith(fresh, [
        { id: 'd', troubles: [{ openedAt: NOW }, { openedAt: NOW - 3 }] },
        { id: 'c', troubles: [{ openedAt: NOW - 1 }] },
        { id: 'b', troubles: [{ openedAt: NOW - 1 }] },
        { id: 'other', troubles: [{ network: 'instagram' }, { conditions: ['no_profile'] }] },
      ]);
      expect(await toBeHeld(suspicions, invalid)).toEqual(['d', 'b', 'c']);
    });

    it('are, of those that lost an account, the ones whose mail about it waits', async () => {
      const { suspicions } = await storeWith(fresh, [
        { id: 'waits', troubles: [{ ...goneNow, mail: { state: 'pending' } }] },
        { id: 'held', troubles: [{ ...goneNow, mail: { state: 'held', reason: 'held_by_command' } }] },
        { id: 'told', troubles: [{ ...goneNow, mail: { state: 'sent' } }] },
        { id: 'nobody-to-tell', troubles: [goneNow] },
      ]);
      expect(await sharedIn(suspicions)).toMatchObject([{ cause: removed, tenants: 4 }]);
      expect(await toBeHeld(suspicions, removed)).toEqual(['held', 'waits']);
    });

    it('are, when it is our own fault, those whose owners are about to hear of it', async () => {
      const refused = (at = NOW) => ({ failing: { kind: 'unauthorized', since: at } }) as const;
      const access = { connectionId: null, conditions: [] };
      const { suspicions } = await storeWith(fresh, [
        { id: 'certain', ...refused(), troubles: [{ ...access, state: 'open' }] },
        { id: 'suspected', ...refused(NOW - 1), troubles: [access] },
        {
          id: 'told',
          ...refused(),
          troubles: [{ ...access, alerting: { lastAlert: { action: 'wait', at: NOW, conversationId: 'c' } } }],
        },
        { id: 'long-ago', ...refused(), troubles: [{ ...access, openedAt: since - 1 }] },
        { id: 'blamed-no-longer', ...refused(), troubles: [{ ...access, state: 'closed', closeReason: 'ours' }] },
        { id: 'another', failing: { kind: 'forbidden', since: NOW }, troubles: [access] },
        { id: 'about-an-account', ...refused(), troubles: [{}] },
      ]);
      expect(await suspicions.refusedTenants('unauthorized', since)).toEqual(['suspected', 'certain']);
    });
  });

  describe('how a hold stands', () => {
    it('is by tenants: one with anything still bad is not well, nor is one whose account is gone', async () => {
      const held = { alerting: { heldBy: 'hold-1' } };
      const repaired = { ...held, state: 'closed', closeReason: 'recovered', closedAt: NOW } as const;
      const { suspicions } = await storeWith(fresh, [
        { id: 'suspected', troubles: [held, repaired] },
        { id: 'certain', troubles: [{ ...held, state: 'open' }] },
        { id: 'recovering', troubles: [{ ...held, state: 'recovering' }] },
        { id: 'repaired', troubles: [repaired, repaired] },
        { id: 'gone', troubles: [{ ...held, ...goneNow, removedAt: NOW }] },
        { id: 'back', troubles: [{ ...held, ...goneNow }] },
        { id: 'of-another', troubles: [{ alerting: { heldBy: 'hold-2' } }] },
      ]);
      expect(await suspicions.progress(aHold())).toEqual({ concerned: 6, recovered: 3 });
      expect(await suspicions.progress(aHold({ id: 'empty' }))).toEqual({ concerned: 0, recovered: 0 });
    });

    it('is, when it is our own fault, by who is still refused since it began', async () => {
      const failing = { kind: 'unauthorized', since } as const;
      const { suspicions } = await storeWith(fresh, [
        { id: 'a', failing },
        { id: 'b', failing: { ...failing, since: since - 1 } },
        { id: 'c', failing: { ...failing, kind: 'forbidden' } },
        { id: 'd' },
      ]);
      const hold = aHold({ cause: unauthorized, since, tenants: 10 });
      expect(await suspicions.progress(hold)).toEqual({ concerned: 10, recovered: 9 });
      expect(await suspicions.progress({ ...hold, tenants: 0 })).toEqual({ concerned: 1, recovered: 0 });
    });
  });

  describe('what is still held for a hold that has ended', () => {
    const held = { state: 'held', reason: 'held_fleet' } as const;

    it('is its mail alone, by tenant, so many at most', async () => {
      const store = await storeWith(fresh, [
        {
          id: 'b',
          troubles: [
            { alerting: { heldBy: 'ended' }, mail: held },
            { alerting: { heldBy: 'ended' }, mail: held },
          ],
        },
        { id: 'a', troubles: [{ ...goneNow, alerting: { heldBy: 'ended' }, mail: held }] },
        { id: 'let-go', troubles: [{ alerting: { heldBy: 'ended' }, mail: { state: 'pending' } }] },
        {
          id: 'by-command',
          troubles: [{ alerting: { heldBy: 'ended' }, mail: { state: 'held', reason: 'held_by_command' } }],
        },
        { id: 'goes-on', troubles: [{ alerting: { heldBy: 'active' }, mail: held }] },
      ]);
      await store.holds.begin(aHold({ id: 'active' }), []);
      await store.holds.begin(aHold({ id: 'ended', cause: removed }), []);
      expect(await store.suspicions.toBeReleased(10)).toEqual([]);
      await store.holds.end(aHold({ id: 'ended', cause: removed, endedAt: NOW, endReason: 'released' }), []);
      expect(await store.suspicions.toBeReleased(10)).toEqual(['a', 'b']);
      expect(await store.suspicions.toBeReleased(1)).toEqual(['a']);
    });
  });
}

async function sharedIn(suspicions: SuspicionStore, atLeast = 1): Promise<readonly SharedProblem[]> {
  const shared = sharedProblems(await suspicions.untoldTroubles(since), since);
  return shared.filter(({ tenants }) => tenants >= atLeast);
}

async function toBeHeld(suspicions: SuspicionStore, cause: HoldCause): Promise<readonly string[]> {
  return tenantsToHold(await suspicions.untoldTroubles(since), { cause, since });
}

/** An incident about an account of its own, on Facebook unless it says otherwise, with the mail about it. */
type Trouble = GivenIncident &
  Partial<Pick<Connection, 'network' | 'removedAt'>> &
  Readonly<{ mail?: GivenNotification }>;
type Given = Partial<Tenant> & Readonly<{ id: string; troubles?: readonly Trouble[] }>;

async function storeWith(fresh: FreshStore, given: readonly Given[]): Promise<Stores> {
  const store = await fresh();
  const tenants = given.map(({ troubles: _, ...tenant }) => aTenant(tenant));
  await store.tenants.add(tenants.map((tenant) => ({ tenant, contacts: [], grant: null })));
  const updates = given.map(({ id, troubles = [] }) => updateOf(id, troubles));
  await store.records.change(
    given.map(({ id }) => id),
    () => ({ updates, result: null }),
  );
  return store;
}

function updateOf(tenantId: string, troubles: readonly Trouble[]) {
  const rows = troubles.map(({ network = 'facebook', removedAt = null, mail, ...given }, n) => {
    const id = `${tenantId}-${n}`;
    const connection = aConnection({ id, tenantId, network, accountId: id, removedAt, period: null });
    const incident = anIncident({ id, tenantId, connectionId: id, ...given });
    const topics = [aTopic({ incidentId: id })];
    const notification = aNotification({ id, tenantId, contactId: null, topics, ...mail });
    return { connection, incident, notifications: mail === undefined ? [] : [notification] };
  });
  return anUpdate({
    tenantId,
    connections: rows.map(({ connection }) => connection),
    incidents: rows.map(({ incident }) => incident),
    notifications: rows.flatMap(({ notifications }) => notifications),
  });
}
