import { describe, expect, it } from '@jest/globals';
import { isAskedEarly, joinHold } from '../../../src/domain/holds/join-hold.ts';
import type { Hold, HoldCause } from '../../../src/domain/model/hold.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import { aConnection, aHold, anIncident, aSnapshot, type GivenIncident, NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';

describe('An incident joins the hold about the same problem', () => {
  const removed: HoldCause = { kind: 'fleet', network: 'facebook', condition: 'removed' };
  const gone = { state: 'closed', closeReason: 'removed', closedAt: NOW, openedAt: NOW - ms('3d') } as const;
  it.each<[string, GivenIncident, Partial<Hold>, string | null]>([
    ['when it is suspected', {}, {}, 'hold-1'],
    ['when it is certain', { state: 'open' }, {}, 'hold-1'],
    ['when it is about to be repaired', { state: 'recovering' }, {}, 'hold-1'],
    [
      'when the first of its conditions is that of the hold',
      { conditions: ['token_invalid', 'rate_limited'] },
      {},
      'hold-1',
    ],
    ['not when another of its conditions is', { conditions: ['rate_limited', 'token_invalid'] }, {}, null],
    [
      'not when the hold is about another network',
      {},
      { cause: { kind: 'fleet', network: 'x', condition: 'token_invalid' } },
      null,
    ],
    ['when it began with the first of the hold’s suspects', { openedAt: NOW - ms('1h') }, {}, 'hold-1'],
    ['not when it began before them', { openedAt: NOW - ms('1h') - 1 }, {}, null],
    [
      'not when an owner was told of it',
      { alerting: { lastAlert: { action: 'reconnect', at: NOW, conversationId: 'c' } } },
      {},
      null,
    ],
    ['not when it was found when monitoring began', { foundAtBaseline: true }, {}, null],
    ['when the hold that took it before has ended', { alerting: { heldBy: 'hold-0' } }, {}, 'hold-1'],
    [
      'when the hold that took it before has ended, and it began while the accounts took turns to show the problem',
      { openedAt: NOW - ms('2h'), alerting: { heldBy: 'hold-0' } },
      {},
      'hold-1',
    ],
    [
      'not when it began more than an hour before the hold’s first suspect, although a hold that has ended took it',
      { openedAt: NOW - ms('2h') - 1, alerting: { heldBy: 'hold-0' } },
      {},
      'hold-0',
    ],
    [
      'when its connection was removed, a hold that has ended took it, and the accounts took turns',
      { ...gone, closedAt: NOW - ms('2h'), alerting: { heldBy: 'hold-0' } },
      { cause: removed },
      'hold-1',
    ],
    ['not when it is over', { state: 'closed', closeReason: 'recovered', closedAt: NOW }, {}, null],
    ['when its connection was removed, by the time at which that was certain', gone, { cause: removed }, 'hold-1'],
    ['not by the condition it had before its connection was removed', gone, {}, null],
    ['not when the hold is the brake', {}, { cause: { kind: 'brake' } }, null],
  ])('%s', (_, incident, hold, expected) => {
    const connection = aConnection({ period: aSnapshot({ from: anIncident(incident).openedAt }) });
    expect(joinHold(anIncident(incident), connection, [aHold(hold)]).alerting.heldBy).toBe(expected);
  });

  it('not while another hold has it', () => {
    const held = anIncident({ alerting: { heldBy: 'hold-0' } });
    const holds = [aHold(), aHold({ id: 'hold-0', cause: { kind: 'restored' } })];
    expect(joinHold(held, aConnection(), holds)).toBe(held);
  });

  describe('that showed something else before', () => {
    const lastAlert = { action: 'choose_profile', at: NOW - ms('1d'), conversationId: 'c' } as const;
    const { alerting: untold } = anIncident();
    const worse = anIncident({ openedAt: NOW - ms('2d'), alerting: { lastAlert } });
    it.each<[string, Partial<Incident>, number, string | null]>([
      ['when it got worse with the hold’s suspects', {}, NOW, 'hold-1'],
      ['when it was polled before the first of them', {}, NOW - ms('2h'), 'hold-1'],
      ['not when it had got worse before that', {}, NOW - ms('2h') - 1, null],
      [
        'when it got worse within the hour before them, and a hold that has ended took it',
        { alerting: { ...untold, heldBy: 'hold-0' } },
        NOW - ms('2h'),
        'hold-1',
      ],
      [
        'not when it got worse before that hour, although a hold that has ended took it',
        { alerting: { ...untold, heldBy: 'hold-0' } },
        NOW - ms('2h') - 1,
        'hold-0',
      ],
      ['nor when it was untold and got worse before that', { alerting: untold }, NOW - ms('2h') - 1, null],
      ['when it was untold and got worse with them', { alerting: untold }, NOW, 'hold-1'],
      ['not when it asks for what the owner was told', { action: 'choose_profile' }, NOW, null],
      ['not when it asks for less', { action: 'wait' }, NOW, null],
    ])('%s', (_, incident, from, expected) => {
      const connection = aConnection({ period: aSnapshot({ from }) });
      expect(joinHold({ ...worse, ...incident }, connection, [aHold()]).alerting.heldBy).toBe(expected);
    });
  });
});

describe('A tenant in doubt is polled early', () => {
  const hold = aHold({ sample: ['tenant-1'] });
  it.each<[string, GivenIncident, readonly Hold[], boolean]>([
    ['when its incident is not held', {}, [hold], true],
    ['when it is in the sample of the hold', { alerting: { heldBy: 'hold-1' } }, [hold], true],
    [
      'not when its incident is held and it is not in the sample',
      { alerting: { heldBy: 'hold-1' }, tenantId: 'tenant-2' },
      [hold],
      false,
    ],
    ['when the hold is over', { alerting: { heldBy: 'hold-1' }, tenantId: 'tenant-2' }, [], true],
  ])('%s', (_, incident, holds, expected) => {
    expect(isAskedEarly(anIncident(incident), holds)).toBe(expected);
  });
});
