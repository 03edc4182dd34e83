import { describe, expect, it } from '@jest/globals';
import type { Hold } from '../../../src/domain/model/hold.ts';
import {
  type DigestContext,
  digestRules,
  heldSection,
  stillBrokenLine,
} from '../../../src/domain/notification/digest-rules.ts';
import { aConfirmedIncident, aFault, aHold, type GivenIncident, lostAccess, NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';

const context: DigestContext = {
  now: NOW,
  escalateAfterMs: ms('3d'),
  checkFailedAfterMs: ms('1d'),
  faults: [],
  holds: [],
};

describe('The digest’s rules', () => {
  it('leave out paused tenants', () => {
    expect(digestRules(context).tenantStates).toEqual(['active', 'reauthorize', 'access_denied']);
  });

  it.each<[string, Partial<DigestContext>, boolean]>([
    ['name tenants whose polls fail', {}, true],
    ['name no failing tenant during an outage that was told', { faults: [aFault({ confirmedAt: NOW })] }, false],
    ['name failing tenants while our access to the whole fleet is lost', { faults: [lostAccess()] }, true],
    ['name failing tenants while an outage is only suspected', { faults: [aFault()] }, true],
  ])('%s', (_, given, expected) => {
    expect(digestRules({ ...context, ...given }).failing.kinds.includes('server')).toBe(expected);
  });

  it('never name lost access as a failing poll: it has a section of its own', () => {
    const { kinds } = digestRules(context).failing;
    expect(kinds.filter((kind) => ['unauthorized', 'forbidden', 'invalid_grant'].includes(kind))).toEqual([]);
  });

  it('count back from now: ESCALATE_AFTER, CHECK_FAILED_AFTER, a day', () => {
    expect(digestRules(context)).toMatchObject({
      stillBroken: { confirmedUntil: NOW - ms('3d') },
      checksFailing: { sinceUntil: NOW - ms('1d') },
      failing: { sinceUntil: NOW - ms('1d') },
      unsettled: { atLeast: 6, openedFrom: NOW - ms('2d'), closedFrom: NOW - ms('1d') },
      mailFailed: { attemptedFrom: NOW - ms('1d') },
    });
  });
});

describe('The line of what is still broken says', () => {
  const lastAlert = { action: 'reconnect', at: NOW - ms('1d'), conversationId: 'c' } as const;
  it.each<[string, GivenIncident, Partial<ReturnType<typeof stillBrokenLine>>]>([
    ['that its alert came back', { alerting: { lastAlert, decision: 'mail_bounced' } }, { toldAt: null }],
    ['that its alert was discarded', { alerting: { lastAlert, decision: 'discarded' } }, { toldAt: null }],
    ['that nobody could be told', { alerting: { decision: 'no_recipient' } }, { toldAt: null }],
    ['when the owner was told', { alerting: { lastAlert, decision: 'already_told' } }, { toldAt: NOW - ms('1d') }],
    [
      'what was certain, not what is only suspected',
      { action: 'wait', confirmation: { certainAction: 'choose_profile' } },
      { action: 'choose_profile' },
    ],
    ['that nobody reacted', {}, { reaction: 'none' }],
    ['that the operator has seen it', { acknowledgedAt: NOW }, { reaction: 'acknowledged' }],
    [
      'that the owner snoozed it, even when the operator has seen it',
      { acknowledgedAt: NOW, reminders: { snoozedUntil: NOW + 1 } },
      { reaction: 'snoozed' },
    ],
    ['no snooze that has ended', { reminders: { snoozedUntil: NOW } }, { reaction: 'none' }],
  ])('%s', (_, given, expected) => {
    expect(stillBrokenLine(aConfirmedIncident(given), NOW)).toMatchObject(expected);
  });
});

describe('The section of held mail', () => {
  const counts = {
    byFleetHold: new Map([['fleet', 2]]),
    byBrake: 3,
    byRestored: 5,
    byCommand: 4,
    byCommandSince: NOW - 1,
  };
  const command: Hold['cause'] = { kind: 'command' };
  it.each<[string, readonly Hold[], readonly (readonly [string, number, number])[]]>([
    ['has mail held one by one, since the first of it', [], [['command', 4, NOW - 1]]],
    ['has mail held by command once, since its hold began', [aHold({ cause: command })], [['command', 4, NOW]]],
    [
      'has a hold of the fleet that keeps back nothing',
      [aHold({ id: 'a' }), aHold({ cause: command })],
      [
        ['fleet', 0, NOW],
        ['command', 4, NOW],
      ],
    ],
    [
      'has every hold with its mail',
      [
        aHold({ id: 'fleet' }),
        aHold({ cause: { kind: 'brake' } }),
        aHold({ cause: command }),
        aHold({ cause: { kind: 'restored' } }),
      ],
      [
        ['fleet', 2, NOW],
        ['brake', 3, NOW],
        ['command', 4, NOW],
        ['restored', 5, NOW],
      ],
    ],
  ])('%s', (_, holds, expected) => {
    const { items, total } = heldSection(holds, [], counts);
    expect(items.map(({ cause, mails, since }) => [cause.kind, mails, since])).toEqual(expected);
    expect(total).toBe(expected.length);
  });

  it('has lost access between the holds, by when it began, and no other fault', () => {
    const holds = [aHold({ id: 'b' }), aHold({ id: 'd', beganAt: NOW + 1 })];
    const faults = [lostAccess('forbidden', { id: 'c' }), aFault({ id: 'outage', confirmedAt: NOW })];
    const access = { cause: { kind: 'access', failure: 'forbidden' }, since: NOW, mails: 0 };
    expect(heldSection(holds, faults, { ...counts, byCommandSince: null }).items).toEqual([
      { cause: aHold().cause, since: NOW, mails: 0 },
      access,
      { cause: aHold().cause, since: NOW + 1, mails: 0 },
    ]);
  });

  it('is empty when nothing is held', () => {
    const nothing = { byFleetHold: new Map(), byBrake: 0, byRestored: 0, byCommand: 0, byCommandSince: null };
    expect(heldSection([], [], nothing)).toEqual({ items: [], total: 0 });
  });
});
