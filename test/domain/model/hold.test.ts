import { describe, expect, it } from '@jest/globals';
import {
  causeKey,
  endOfHold,
  enoughPolled,
  type Hold,
  type HoldCause,
  isAskedEarly,
  isFleetWide,
  joinHold,
} from '../../../src/domain/model/hold.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import { aConnection, aHold, anIncident, NOW } from '../../support/builders.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

describe('so many at once is the fleet', () => {
  it.each<[string, number, number, boolean]>([
    ['FLEET_MIN tenants, and all of those asked', 10, 10, true],
    ['one fewer', 9, 9, false],
    ['exactly FLEET_SHARE', 10, 40, true],
    ['just below FLEET_SHARE', 10, 41, false],
    ['many, but a small share', 100, 5000, false],
    ['nobody', 0, 0, false],
  ])('%s', (_, suspects, polled, expected) => {
    expect(isFleetWide({ suspects, polled }, alertSettings())).toBe(expected);
  });

  it('is not so as soon as enough were polled, whatever the share', () => {
    for (let percent = 1; percent <= 100; percent += 1) {
      const settings = alertSettings({ fleetShare: percent / 100 });
      for (let suspects = 10; suspects <= 300; suspects += 1) {
        const polled = enoughPolled(suspects, settings);
        expect(isFleetWide({ suspects, polled }, settings)).toBe(false);
        expect(polled).toBeLessThanOrEqual(suspects / settings.fleetShare + 2);
      }
    }
    expect(enoughPolled(10, alertSettings({ fleetShare: 0 }))).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a hold ends by itself', () => {
  const access: HoldCause = { kind: 'access', failure: 'unauthorized' };
  it.each<[string, Partial<Hold>, number, number, string, string | null]>([
    ['when 90 % are well again', {}, 10, 9, '1m', 'mostly_good_again'],
    ['not when fewer are', {}, 20, 17, '1m', null],
    ['not before it has taken anybody', {}, 0, 0, '5h59m', null],
    ['after FLEET_HOLD', {}, 10, 0, '6h', 'held_long_enough'],
    ['after FLEET_HOLD with nobody concerned', {}, 0, 0, '6h', 'held_long_enough'],
    ['not before', {}, 10, 0, '5h59m59s', null],
    ['our own fault: when it works again', { cause: access }, 10, 9, '1m', 'mostly_good_again'],
    ['our own fault: however long it lasts, not before', { cause: access }, 10, 8, '9d', null],
    ['a brake: never', { cause: { kind: 'brake' } }, 10, 10, '9d', null],
    ['by command: never', { cause: { kind: 'command' } }, 10, 10, '9d', null],
  ])('%s', (_, hold, concerned, recovered, after, expected) => {
    const context = { ...alertSettings(), now: NOW + ms(after) };
    expect(endOfHold(aHold(hold), { concerned, recovered }, context)).toBe(expected);
  });
});

describe('an incident joins the hold that is about the same', () => {
  const removed: HoldCause = { kind: 'fleet', network: 'facebook', condition: 'removed' };
  const gone = { state: 'closed', closeReason: 'removed', closedAt: NOW, openedAt: NOW - ms('3d') } as const;
  it.each<[string, Partial<Incident>, Partial<Hold>, string | null]>([
    ['suspected', {}, {}, 'hold-1'],
    ['certain', { state: 'open' }, {}, 'hold-1'],
    ['about to be repaired', { state: 'recovering' }, {}, 'hold-1'],
    ['by the first of its conditions', { conditions: ['token_invalid', 'rate_limited'] }, {}, 'hold-1'],
    ['not by another', { conditions: ['rate_limited', 'token_invalid'] }, {}, null],
    ['not on another network', {}, { cause: { kind: 'fleet', network: 'x', condition: 'token_invalid' } }, null],
    ['begun with the first of them', { openedAt: NOW - ms('1h') }, {}, 'hold-1'],
    ['not begun before', { openedAt: NOW - ms('1h') - 1 }, {}, null],
    ['not when somebody was told', { told: { action: 'reconnect', at: NOW, conversationId: 'c' } }, {}, null],
    ['not when it was found at the beginning', { foundAtBaseline: true }, {}, null],
    ['not when it is part of another', { heldBy: 'hold-0' }, {}, 'hold-0'],
    ['not when it is over', { state: 'closed', closeReason: 'recovered', closedAt: NOW }, {}, null],
    ['removed, by when that was certain', gone, { cause: removed }, 'hold-1'],
    ['removed, not by what was wrong before', gone, {}, null],
    ['not for what is our own fault', {}, { cause: { kind: 'access', failure: 'forbidden' } }, null],
    ['not for the brake', {}, { cause: { kind: 'brake' } }, null],
  ])('%s', (_, incident, hold, expected) => {
    expect(joinHold(anIncident(incident), aConnection(), [aHold(hold)]).heldBy).toBe(expected);
  });
});

describe('who is asked early', () => {
  const hold = aHold({ sample: ['tenant-1'] });
  it.each<[string, Partial<Incident>, readonly Hold[], boolean]>([
    ['whoever is not held', {}, [hold], true],
    ['the sample', { heldBy: 'hold-1' }, [hold], true],
    ['nobody else who is held', { heldBy: 'hold-1', tenantId: 'tenant-2' }, [hold], false],
    ['everybody once the hold is over', { heldBy: 'hold-1', tenantId: 'tenant-2' }, [], true],
  ])('%s', (_, incident, holds, expected) => {
    expect(isAskedEarly(anIncident(incident), holds)).toBe(expected);
  });
});

describe('one hold of a cause', () => {
  it.each<[HoldCause, string]>([
    [{ kind: 'fleet', network: 'facebook', condition: 'removed' }, 'fleet:facebook:removed'],
    [{ kind: 'access', failure: 'invalid_grant' }, 'access:invalid_grant'],
    [{ kind: 'brake' }, 'brake'],
    [{ kind: 'command' }, 'command'],
  ])('%j is %s', (cause, key) => {
    expect(causeKey(cause)).toBe(key);
  });
});
