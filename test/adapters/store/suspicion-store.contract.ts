import { describe, expect, it } from '@jest/globals';
import {
  countsForFleet,
  problemOf,
  type SharedProblem,
  sharedProblems,
  tenantsToHold,
} from '../../../src/domain/holds/fleet-trouble.ts';
import type { HoldCause } from '../../../src/domain/model/hold.ts';
import { incidentStates } from '../../../src/domain/model/incident.ts';
import { closeReasons } from '../../../src/domain/model/reasons.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import type { SuspicionStore } from '../../../src/monitoring/ports.ts';
import { aHold, anIncident, type GivenIncident, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { removeTenant } from '../../support/store-records.ts';
import { storeWithTroubles, type Trouble } from '../../support/store-troubles.ts';

const since = NOW - HOUR_MS;
const invalid: HoldCause = { kind: 'fleet', network: 'facebook', condition: 'token_invalid' };
const removed: HoldCause = { kind: 'fleet', network: 'facebook', condition: 'removed' };
const goneNow = { state: 'closed', closeReason: 'removed', closedAt: NOW } as const;

export function fleetSuspicionsContract(fresh: FreshStore): void {
  describe('what many tenants show alike', () => {
    it('is nothing while nobody is in trouble', async () => {
      const { suspicions } = await fresh();
      expect(await suspicions.fleetTroubles(since)).toEqual([]);
      expect(await suspicions.toBeReleased(10)).toEqual([]);
    });

    it('is counted by tenants, under the network and the first of the conditions, since the first of them', async () => {
      const { suspicions } = await storeWithTroubles(fresh, [
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
      ['dismissed', { state: 'closed', closeReason: 'not_confirmed', closedAt: NOW }],
      ['repaired', { state: 'closed', closeReason: 'recovered', closedAt: NOW }],
      ['taken by a hold', { alerting: { heldBy: 'hold-1' } }],
      ['begun before', { openedAt: since - 1 }],
      ['removed before', { ...goneNow, closedAt: since - 1, openedAt: since - 1 }],
    ])('leaves out what was %s', async (_, trouble) => {
      const store = await storeWithTroubles(fresh, [{ id: 'a', troubles: [trouble] }]);
      await store.holds.begin(aHold(), []);
      expect(await sharedIn(store.suspicions)).toEqual([]);
      expect(await toBeHeld(store.suspicions, invalid)).toEqual([]);
    });

    it.each<[string, Trouble]>([
      ['suspected', { state: 'suspected' }],
      ['certain', { state: 'open' }],
      ['recovering', { state: 'recovering' }],
      ['begun just then', { openedAt: since }],
    ])('counts what is %s', async (_, trouble) => {
      const { suspicions } = await storeWithTroubles(fresh, [{ id: 'a', troubles: [trouble] }]);
      expect(await sharedIn(suspicions)).toMatchObject([{ cause: invalid, tenants: 1 }]);
      expect(await toBeHeld(suspicions, invalid)).toEqual(['a']);
    });

    it('counts a removal from when it was confirmed, whatever was wrong before, but looks back a week alone', async () => {
      const { suspicions } = await storeWithTroubles(fresh, [
        { id: 'a', troubles: [{ ...goneNow, openedAt: NOW - DAY_MS, conditions: ['token_invalid'] }] },
        { id: 'b', troubles: [{ ...goneNow, openedAt: NOW - 9 * DAY_MS }] },
      ]);
      expect(await sharedIn(suspicions)).toEqual([{ cause: removed, since: NOW, tenants: 1 }]);
    });

    it('is, whatever an incident says, what countsForFleet() and problemOf() say of it', async () => {
      const alert = { action: 'reconnect', at: NOW, conversationId: 'c' } as const;
      const troubles: readonly GivenIncident[] = incidentStates.flatMap((state) =>
        [null, ...closeReasons].flatMap((closeReason) =>
          [
            {},
            { foundAtBaseline: true },
            { alerting: { lastAlert: alert } },
            ...['active', 'ended', 'released'].map((heldBy) => ({ alerting: { heldBy } })),
          ].map((given) => ({ state, closeReason, closedAt: closeReason === null ? null : NOW, ...given })),
        ),
      );
      const { suspicions, holds } = await storeWithTroubles(fresh, [{ id: 'a', troubles }]);
      const active = aHold({ id: 'active' });
      const released = aHold({ id: 'released', cause: removed, endedAt: NOW, endReason: 'released' });
      const ended = aHold({ id: 'ended', cause: removed, endedAt: NOW, endReason: 'held_long_enough' });
      for (const over of [released, ended]) {
        await holds.begin({ ...over, endedAt: null, endReason: null }, []);
        await holds.end(over, []);
      }
      await holds.begin(active, []);
      const expected = troubles
        .map((given) => anIncident({ tenantId: 'a', ...given }))
        .filter((one) => countsForFleet(one, [active, released]))
        .map((one) => ({
          tenantId: 'a',
          ...problemOf(one, 'facebook'),
          isToTell: one.state !== 'closed' && one.alerting.lastAlert === null,
        }));
      const found = await suspicions.fleetTroubles(since);
      expect(found).toHaveLength(expected.length);
      for (const trouble of expected) expect(found).toContainEqual(trouble);
    });

    it('counts what was told already, of which a hold takes nothing', async () => {
      const lastAlert = { action: 'reconnect', at: NOW, conversationId: 'c' } as const;
      const store = await storeWithTroubles(fresh, [
        { id: 'a', troubles: [{ state: 'open', alerting: { lastAlert } }] },
        { id: 'b', troubles: [{}] },
      ]);
      expect(await sharedIn(store.suspicions)).toMatchObject([{ cause: invalid, tenants: 2 }]);
      expect(await toBeHeld(store.suspicions, invalid)).toEqual(['b']);
    });

    it('leaves out tenants that were removed', async () => {
      const store = await storeWithTroubles(fresh, [
        { id: 'a', troubles: [{}] },
        { id: 'b', troubles: [{}] },
      ]);
      await removeTenant(store, 'a');
      expect(await sharedIn(store.suspicions)).toMatchObject([{ tenants: 1 }]);
      expect(await toBeHeld(store.suspicions, invalid)).toEqual(['b']);
    });
  });

  describe('whom a hold takes', () => {
    it('are the tenants in trouble of its cause, the longest first, each once', async () => {
      const { suspicions } = await storeWithTroubles(fresh, [
        { id: 'd', troubles: [{ openedAt: NOW }, { openedAt: NOW - 3 }] },
        { id: 'c', troubles: [{ openedAt: NOW - 1 }] },
        { id: 'b', troubles: [{ openedAt: NOW - 1 }] },
        { id: 'other', troubles: [{ network: 'instagram' }, { conditions: ['no_profile'] }] },
      ]);
      expect(await toBeHeld(suspicions, invalid)).toEqual(['d', 'b', 'c']);
    });

    it('are, of those that lost an account, the ones whose mail about it waits', async () => {
      const { suspicions } = await storeWithTroubles(fresh, [
        { id: 'waits', troubles: [{ ...goneNow, mail: { state: 'pending' } }] },
        { id: 'held', troubles: [{ ...goneNow, mail: { state: 'held', reason: 'held_by_command' } }] },
        { id: 'told', troubles: [{ ...goneNow, mail: { state: 'sent' } }] },
        { id: 'nobody-to-tell', troubles: [goneNow] },
      ]);
      expect(await sharedIn(suspicions)).toMatchObject([{ cause: removed, tenants: 4 }]);
      expect(await toBeHeld(suspicions, removed)).toEqual(['held', 'waits']);
    });
  });

  describe('how a hold stands', () => {
    it('is by tenants that are polled: one with anything still bad is not well, nor is one whose account is gone', async () => {
      const held = { alerting: { heldBy: 'hold-1' } };
      const repaired = { ...held, state: 'closed', closeReason: 'recovered', closedAt: NOW } as const;
      const store = await storeWithTroubles(fresh, [
        { id: 'suspected', troubles: [held, repaired] },
        { id: 'certain', troubles: [{ ...held, state: 'open' }] },
        { id: 'recovering', troubles: [{ ...held, state: 'recovering' }] },
        { id: 'repaired', troubles: [repaired, repaired] },
        { id: 'gone', troubles: [{ ...held, ...goneNow, removedAt: NOW }] },
        { id: 'back', troubles: [{ ...held, ...goneNow }] },
        { id: 'of-another', troubles: [{ alerting: { heldBy: 'hold-2' } }] },
        { id: 'paused', state: 'paused', troubles: [{ ...held, state: 'open' }] },
        { id: 'removed', troubles: [{ ...held, state: 'open' }] },
      ]);
      await removeTenant(store, 'removed');
      expect(await store.suspicions.progress(aHold())).toEqual({ concerned: 6, recovered: 3 });
      expect(await store.suspicions.progress(aHold({ id: 'empty' }))).toEqual({ concerned: 0, recovered: 0 });
    });
  });

  describe('what is still held for a hold that has ended', () => {
    const held = { state: 'held', reason: 'held_fleet' } as const;

    it('is its mail alone, by tenant, so many at most', async () => {
      const store = await storeWithTroubles(fresh, [
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
  const shared = sharedProblems(await suspicions.fleetTroubles(since), since);
  return shared.filter(({ tenants }) => tenants >= atLeast);
}

async function toBeHeld(suspicions: SuspicionStore, cause: HoldCause): Promise<readonly string[]> {
  return tenantsToHold(await suspicions.fleetTroubles(since), { cause, since });
}
