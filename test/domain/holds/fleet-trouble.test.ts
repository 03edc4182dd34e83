import { describe, expect, it } from '@jest/globals';
import {
  countsForFleet,
  type FleetTrouble,
  isAboutProblem,
  keepsWhatItTook,
  mayJoinHold,
  type Problem,
  problemOf,
  sharedProblems,
  tenantsToHold,
} from '../../../src/domain/holds/fleet-trouble.ts';
import type { Hold } from '../../../src/domain/model/hold.ts';
import { aHold, anIncident, type GivenIncident, NOW } from '../../support/builders.ts';

const alert = { action: 'reconnect', at: NOW, conversationId: 'c' } as const;
const since = NOW - 100;
const invalid = { kind: 'fleet', network: 'facebook', condition: 'token_invalid' } as const;

function trouble(tenantId: string, given: Partial<FleetTrouble> = {}): FleetTrouble {
  return { tenantId, network: 'facebook', condition: 'token_invalid', since: NOW, isToTell: true, ...given };
}

describe('An incident may join a hold', () => {
  it.each<[string, GivenIncident, boolean]>([
    ['while it is suspected', {}, true],
    ['when it is certain and no owner was told', { state: 'open' }, true],
    ['while it recovers', { state: 'recovering' }, true],
    ['when its connection was removed', { state: 'closed', closeReason: 'removed' }, true],
    ['not when it recovered', { state: 'closed', closeReason: 'recovered' }, false],
    ['not when it was not confirmed', { state: 'closed', closeReason: 'not_confirmed' }, false],
    ['not when another account took its place', { state: 'closed', closeReason: 'replaced' }, false],
    ['not when its owner was told', { state: 'open', alerting: { lastAlert: alert } }, false],
    ['when a hold has taken it before', { alerting: { heldBy: 'hold-0' } }, true],
    ['not when it was found when monitoring began', { foundAtBaseline: true }, false],
  ])('%s', (_, given, expected) => {
    expect(mayJoinHold(anIncident(given))).toBe(expected);
  });
});

describe('An incident counts among what a fleet shows', () => {
  it.each<[string, GivenIncident, boolean]>([
    ['whether or not its owner was told', { state: 'open', alerting: { lastAlert: alert } }, true],
    ['not when it is over', { state: 'closed', closeReason: 'recovered', alerting: { lastAlert: alert } }, false],
    ['not when a hold has it', { alerting: { heldBy: 'hold-1' } }, false],
    ['when a hold had it that has ended, while it is suspected', { alerting: { heldBy: 'hold-0' } }, true],
    ['when a hold had it that has ended, while it is certain', { state: 'open', alerting: { heldBy: 'hold-0' } }, true],
    ['not while it recovers since then', { state: 'recovering', alerting: { heldBy: 'hold-0' } }, false],
    ['not when it was found when monitoring began', { foundAtBaseline: true }, false],
  ])('%s', (_, given, expected) => {
    expect(countsForFleet(anIncident(given), [aHold()])).toBe(expected);
  });
});

describe('A hold keeps what it took', () => {
  it.each([
    [null, true],
    ['released', true],
    ['discarded', true],
    ['mostly_good_again', false],
    ['held_long_enough', false],
  ] as const)('while it goes on, and after a command: %s', (endReason, expected) => {
    expect(keepsWhatItTook(aHold({ endReason, endedAt: endReason === null ? null : NOW }))).toBe(expected);
  });
});

describe('An incident counts', () => {
  it.each<[string, GivenIncident, Partial<Problem>]>([
    [
      'by the first of its conditions, from its beginning',
      { conditions: ['token_invalid', 'rate_limited'], openedAt: NOW - 1 },
      { condition: 'token_invalid', since: NOW - 1 },
    ],
    [
      'as a removal from its confirmation, whatever was wrong before',
      { closeReason: 'removed', openedAt: NOW - 9, closedAt: NOW },
      { condition: 'removed', since: NOW },
    ],
    ['under no condition when it has none', { conditions: [] }, { condition: null }],
  ])('%s', (_, given, expected) => {
    expect(problemOf(anIncident(given), 'facebook')).toEqual({ network: 'facebook', since: NOW, ...expected });
  });
});

describe('A hold is about a problem', () => {
  it.each<[string, Partial<Hold>, Partial<Problem>, boolean]>([
    ['of its network and condition', {}, {}, true],
    ['that began with it', { since: NOW }, {}, true],
    ['not when the problem is older', { since: NOW + 1 }, {}, false],
    ['not of another network', {}, { network: 'instagram' }, false],
    ['not of another condition', {}, { condition: 'removed' }, false],
    ['not when it is the brake', { cause: { kind: 'brake' } }, {}, false],
    ['not when it is a command', { cause: { kind: 'command' } }, {}, false],
  ])('%s', (_, hold, problem, expected) => {
    expect(isAboutProblem(aHold(hold), trouble('a', problem))).toBe(expected);
  });
});

describe('The problems that tenants share', () => {
  it.each<[string, readonly FleetTrouble[], ReturnType<typeof sharedProblems>]>([
    ['are none where there is no trouble', [], []],
    ['leave out what is older', [trouble('a', { since: since - 1 })], []],
    ['leave out what has no condition', [trouble('a', { condition: null })], []],
    [
      'count a tenant once, since the first of its troubles',
      [trouble('a'), trouble('a', { since })],
      [{ cause: invalid, since, tenants: 1 }],
    ],
    [
      'count removals that nobody waits to hear of',
      [trouble('a'), trouble('b', { isToTell: false })],
      [{ cause: invalid, since: NOW, tenants: 2 }],
    ],
    [
      'are told apart by network and condition',
      [trouble('a'), trouble('b', { network: 'instagram' }), trouble('c', { condition: 'removed' })],
      [
        { cause: invalid, since: NOW, tenants: 1 },
        { cause: { ...invalid, network: 'instagram' }, since: NOW, tenants: 1 },
        { cause: { ...invalid, condition: 'removed' }, since: NOW, tenants: 1 },
      ],
    ],
  ])('%s', (_, troubles, expected) => {
    expect(sharedProblems(troubles, since)).toEqual(expected);
  });
});

describe('The tenants of a hold', () => {
  const troubles = [
    trouble('d'),
    trouble('c', { since: NOW - 1 }),
    trouble('b', { since: NOW - 1 }),
    trouble('d', { since: NOW - 2 }),
    trouble('told', { isToTell: false }),
    trouble('older', { since: since - 1 }),
    trouble('other', { network: 'x' }),
  ];

  it('are each named once, those longest in trouble first, then by id', () => {
    expect(tenantsToHold(troubles, { cause: invalid, since })).toEqual(['d', 'b', 'c']);
  });

  it('are none for a hold by command', () => {
    expect(tenantsToHold(troubles, { cause: { kind: 'command' }, since })).toEqual([]);
  });
});
