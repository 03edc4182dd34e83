import { describe, expect, it } from '@jest/globals';
import { advanceIncident, beginIncident } from '../../../src/domain/detection/advance-incident.ts';
import type { Action } from '../../../src/domain/model/condition.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { AlertSettings } from '../../../src/domain/model/settings.ts';
import type { BadVerdict, Verdict } from '../../../src/domain/model/verdict.ts';
import { type GivenIncident, NOW } from '../../support/builders.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const good: Verdict = { kind: 'good' };
const neutral: Verdict = { kind: 'neutral' };
const removed: Verdict = { kind: 'removed' };
const reconnect = byPolls('reconnect');
const chooseProfile = byPolls('choose_profile');
const unauthorized = byPolls('reauthorize');
const forbidden = byPolls('privileges');
const grantRefused: BadVerdict = { kind: 'bad', action: 'reauthorize', conditions: [], proof: { by: 'fact' } };

function byPolls(action: Action): BadVerdict {
  return { kind: 'bad', action, conditions: [], proof: { by: 'polls' } };
}

function limitedFor(duration: string): BadVerdict {
  const proof = { by: 'duration', forMs: ms(duration), atLeastMs: ms('2h') } as const;
  return { kind: 'bad', action: 'wait', conditions: ['rate_limited'], proof };
}

type Step = readonly [when: string, verdict: Verdict];
type Given = Partial<AlertSettings> & Readonly<{ foundAtBaseline?: boolean }>;
type Steps = readonly [readonly [string, BadVerdict], ...Step[]];

function follow([[when, first], ...rest]: Steps, { foundAtBaseline = false, ...given }: Given = {}): Incident {
  const settings = alertSettings(given);
  const about = { tenantId: 'tenant-1', connectionId: 'connection-1', openedAt: NOW + ms(when), foundAtBaseline };
  const begun = beginIncident({ ...about, newId: () => 'incident-1' }, seen(when, first), settings);
  if (begun === null) throw new Error('a bad poll begins an incident');
  return rest.reduce(
    (incident, [at, verdict]) => advanceIncident(incident, seen(at, verdict), settings).incident,
    begun.incident,
  );
}

function seen(when: string, verdict: Verdict) {
  return { verdict, at: NOW + ms(when), isReplaced: false, past: null };
}

type Row = readonly [sentence: string, steps: Steps, expected: GivenIncident];

const twoBad: Steps = [
  ['0s', reconnect],
  ['15m', reconnect],
];

describe('certain after CONFIRM_POLLS bad polls, RECHECK_AFTER apart', () => {
  it.each<Row>([
    [
      'one bad poll makes a suspect',
      [['0s', reconnect]],
      { state: 'suspected', confirmation: { certainAction: null }, confirmedAt: null },
    ],
    [
      'the second makes it certain',
      twoBad,
      { state: 'open', confirmation: { certainAction: 'reconnect' }, confirmedAt: NOW + ms('15m') },
    ],
    [
      'a second that comes too soon does not',
      [
        ['0s', reconnect],
        ['14m59s', reconnect],
      ],
      { state: 'suspected', confirmation: { bad: { polls: 1, lastCountedAt: NOW } } },
    ],
    [
      'many that come too soon count once, from the first',
      [
        ['0s', reconnect],
        ['5m', reconnect],
        ['10m', reconnect],
        ['15m', reconnect],
      ],
      { state: 'open', confirmation: { bad: { polls: 2, lastCountedAt: NOW + ms('15m') } } },
    ],
    [
      'neutral polls in between neither count nor reset',
      [
        ['0s', reconnect],
        ['15m', neutral],
        ['30m', neutral],
        ['45m', reconnect],
      ],
      { state: 'open', confirmedAt: NOW + ms('45m') },
    ],
    [
      'two different problems make the trouble certain, and the latest is what is told',
      [
        ['0s', reconnect],
        ['15m', chooseProfile],
      ],
      { state: 'open', confirmation: { certainAction: 'choose_profile' } },
    ],
    [
      'a good poll ends the suspicion',
      [
        ['0s', reconnect],
        ['15m', good],
      ],
      { state: 'closed', closeReason: 'not_confirmed', closedAt: NOW + ms('15m') },
    ],
    [
      'its removal ends it',
      [
        ['0s', reconnect],
        ['15m', removed],
      ],
      { state: 'closed', closeReason: 'removed' },
    ],
  ])('%s', (_, steps, expected) => {
    expect(follow(steps)).toMatchObject(expected);
  });

  it('with CONFIRM_POLLS 1 the first bad poll is enough', () => {
    expect(follow([['0s', reconnect]], { confirmPolls: 1 })).toMatchObject({ state: 'open', confirmedAt: NOW });
  });

  it('with CONFIRM_POLLS 3 the second is not', () => {
    const third: Steps = [...twoBad, ['30m', reconnect]];
    expect(follow(twoBad, { confirmPolls: 3 })).toMatchObject({ state: 'suspected' });
    expect(follow(third, { confirmPolls: 3 })).toMatchObject({ state: 'open' });
  });
});

describe('a rate limit is certain by how long it lasts, not by how often it is seen', () => {
  it.each<Row>([
    [
      'however many polls show it',
      [
        ['0s', limitedFor('0s')],
        ['30m', limitedFor('30m')],
        ['1h', limitedFor('1h')],
      ],
      { state: 'suspected', confirmation: { bad: null } },
    ],
    [
      'once it has lasted RATE_LIMIT_AFTER',
      [
        ['0s', limitedFor('0s')],
        ['2h', limitedFor('2h')],
      ],
      { state: 'open', confirmation: { certainAction: 'wait' } },
    ],
    [
      'it is no evidence for a break',
      [
        ['0s', limitedFor('0s')],
        ['15m', reconnect],
      ],
      { state: 'suspected' },
    ],
    [
      'nor does it take away evidence for one',
      [
        ['0s', reconnect],
        ['15m', limitedFor('0s')],
        ['30m', reconnect],
      ],
      { state: 'open', confirmation: { certainAction: 'reconnect' } },
    ],
  ])('%s', (_, steps, expected) => {
    expect(follow(steps)).toMatchObject(expected);
  });
});

describe('our access to the tenant', () => {
  it.each<Row>([
    [
      'a refused grant is certain at once',
      [['0s', grantRefused]],
      { state: 'open', confirmation: { certainAction: 'reauthorize' } },
    ],
    ['one 401 is not', [['0s', unauthorized]], { state: 'suspected' }],
    [
      'two are',
      [
        ['0s', unauthorized],
        ['15m', unauthorized],
      ],
      { state: 'open', confirmation: { certainAction: 'reauthorize' } },
    ],
    [
      'two 403 are',
      [
        ['0s', forbidden],
        ['15m', forbidden],
      ],
      { state: 'open', confirmation: { certainAction: 'privileges' } },
    ],
    [
      'a refused grant settles a suspicion',
      [
        ['0s', forbidden],
        ['1m', grantRefused],
      ],
      { state: 'open', confirmation: { certainAction: 'reauthorize' }, confirmedAt: NOW + ms('1m') },
    ],
  ])('%s', (_, steps, expected) => {
    expect(follow(steps)).toMatchObject(expected);
  });
});

describe('another action is believed only when it is certain itself', () => {
  it.each<Row>([
    [
      'one poll changes what is seen',
      [...twoBad, ['1h', chooseProfile]],
      { state: 'open', action: 'choose_profile', confirmation: { certainAction: 'reconnect' } },
    ],
    [
      'two polls change what is certain',
      [...twoBad, ['1h', chooseProfile], ['1h15m', chooseProfile]],
      { action: 'choose_profile', confirmation: { certainAction: 'choose_profile' } },
    ],
    [
      'back and forth changes nothing',
      [...twoBad, ['1h', chooseProfile], ['2h', reconnect], ['3h', chooseProfile]],
      { confirmation: { certainAction: 'reconnect', sameAction: { polls: 1, lastCountedAt: NOW + ms('3h') } } },
    ],
    [
      'a limit in its place is certain once it lasts',
      [...twoBad, ['1h', limitedFor('0s')], ['2h', limitedFor('1h')]],
      { action: 'wait', confirmation: { certainAction: 'reconnect' } },
    ],
    [
      'and then is',
      [...twoBad, ['1h', limitedFor('0s')], ['3h', limitedFor('2h')]],
      { confirmation: { certainAction: 'wait' } },
    ],
  ])('%s', (_, steps, expected) => {
    expect(follow(steps)).toMatchObject(expected);
  });
});

describe('recovered after RECOVERY_POLLS good polls, RECHECK_AFTER apart', () => {
  it.each<Row>([
    ['the first makes it recovering', [...twoBad, ['1h', good]], { state: 'recovering', closedAt: null }],
    [
      'the second closes it',
      [...twoBad, ['1h', good], ['1h15m', good]],
      { state: 'closed', closeReason: 'recovered', closedAt: NOW + ms('1h15m'), reminders: { nextAt: null } },
    ],
    [
      'a second that comes too soon does not',
      [...twoBad, ['1h', good], ['1h14m59s', good]],
      { state: 'recovering', confirmation: { good: { polls: 1, lastCountedAt: NOW + ms('1h') } } },
    ],
    [
      'neutral polls in between neither count nor reset',
      [...twoBad, ['1h', good], ['2h', neutral], ['3h', neutral], ['4h', good]],
      { state: 'closed', closeReason: 'recovered' },
    ],
    [
      'a bad poll in between is a relapse, and the count begins anew',
      [...twoBad, ['1h', good], ['2h', reconnect], ['3h', good]],
      { state: 'recovering', confirmation: { good: { polls: 1, lastCountedAt: NOW + ms('3h') } } },
    ],
    [
      'a relapse needs no new confirmation',
      [...twoBad, ['1h', good], ['2h', reconnect]],
      { state: 'open', confirmation: { certainAction: 'reconnect', good: null }, confirmedAt: NOW + ms('15m') },
    ],
    ['its removal closes it', [...twoBad, ['1h', good], ['2h', removed]], { closeReason: 'removed' }],
    [
      'what is closed stays closed',
      [
        ['0s', reconnect],
        ['1h', good],
        ['2h', reconnect],
      ],
      { state: 'closed' },
    ],
  ])('%s', (_, steps, expected) => {
    expect(follow(steps)).toMatchObject(expected);
  });

  it('with RECOVERY_POLLS 1 the first good poll closes it', () => {
    expect(follow([...twoBad, ['1h', good]], { recoveryPolls: 1 })).toMatchObject({ closeReason: 'recovered' });
  });
});

describe('found when monitoring began', () => {
  it.each<Row>([
    ['what was broken then, stays that', twoBad, { foundAtBaseline: true }],
    [
      'what was only limited then, stays that while it is limited',
      [
        ['0s', limitedFor('0s')],
        ['2h', limitedFor('2h')],
      ],
      { foundAtBaseline: true, confirmation: { certainAction: 'wait' } },
    ],
    [
      'what was limited then and breaks before that is certain, was not found broken',
      [
        ['0s', limitedFor('0s')],
        ['1h', reconnect],
        ['1h15m', reconnect],
      ],
      { foundAtBaseline: false, confirmation: { certainAction: 'reconnect' } },
    ],
    [
      'what was limited then for long and breaks, was not found broken',
      [
        ['0s', limitedFor('0s')],
        ['2h', limitedFor('2h')],
        ['3h', reconnect],
        ['3h15m', reconnect],
      ],
      { foundAtBaseline: false, confirmation: { certainAction: 'reconnect' } },
    ],
    [
      'which one poll does not prove',
      [
        ['0s', limitedFor('0s')],
        ['2h', limitedFor('2h')],
        ['3h', reconnect],
      ],
      { foundAtBaseline: true, confirmation: { certainAction: 'wait' } },
    ],
  ])('%s', (_, steps, expected) => {
    expect(follow(steps, { foundAtBaseline: true })).toMatchObject(expected);
  });
});

describe('A verdict that nothing is wrong, or that nothing is known,', () => {
  it.each<[string, Verdict]>([
    ['good', good],
    ['neutral', neutral],
  ])('begins no incident: %s', (_, verdict) => {
    const about = { tenantId: 'tenant-1', connectionId: 'connection-1', openedAt: NOW, foundAtBaseline: false };
    const newId = () => {
      throw new Error('no id is used up');
    };
    expect(beginIncident({ ...about, newId }, seen('0s', verdict), alertSettings())).toBeNull();
  });
});

describe('What begins an incident', () => {
  const about = { tenantId: 'tenant-1', connectionId: 'connection-1', openedAt: NOW, foundAtBaseline: false };
  const begun = (verdict: Verdict) =>
    beginIncident({ ...about, newId: () => 'incident-1' }, seen('0s', verdict), alertSettings());
  const fresh = {
    ...about,
    id: 'incident-1',
    acknowledgedAt: null,
    flapping: null,
    alerting: { lastAlert: null, alertsSent: 0, decision: 'awaiting_confirmation', heldBy: null },
    reminders: { used: 0, nextAt: null, snoozedUntil: null },
  };

  it('is a bad poll: what is to be confirmed, and nothing decided yet', () => {
    expect(begun({ ...reconnect, conditions: ['token_invalid'] })).toEqual({
      incident: {
        ...fresh,
        state: 'suspected',
        action: 'reconnect',
        conditions: ['token_invalid'],
        confirmedAt: null,
        closedAt: null,
        closeReason: null,
        confirmation: {
          bad: { polls: 1, lastCountedAt: NOW },
          sameAction: { polls: 1, lastCountedAt: NOW },
          good: null,
          certainAction: null,
        },
      },
      transitions: [],
    });
  });

  it('is a removal: a fact, certain and over at once', () => {
    expect(begun(removed)?.incident).toMatchObject({
      ...fresh,
      state: 'closed',
      closeReason: 'removed',
      closedAt: NOW,
      confirmedAt: NOW,
      alerting: { ...fresh.alerting, decision: 'removed' },
      action: 'none',
      conditions: ['removed'],
      confirmation: { certainAction: 'none', good: null },
    });
  });
});

describe('What was removed', () => {
  it('keeps the problem that was certain before', () => {
    const { incident } = advanceIncident(follow(twoBad), seen('1h', removed), alertSettings());
    expect(incident).toMatchObject({ closeReason: 'removed', action: 'reconnect', conditions: [] });
  });
});

describe('A suspicion', () => {
  it('that the next poll does not confirm counts no good poll: nothing is repaired', () => {
    expect(
      follow([
        ['0s', reconnect],
        ['15m', good],
      ]),
    ).toMatchObject({
      closeReason: 'not_confirmed',
      confirmation: { good: null, bad: { polls: 1 } },
    });
  });
});

describe('A second action', () => {
  it('is confirmed by its own polls alone, and not by those that showed a third one', () => {
    const steps: Steps = [
      ['0s', limitedFor('3h')],
      ['15m', chooseProfile],
      ['30m', reconnect],
    ];
    expect(follow(steps)).toMatchObject({
      action: 'reconnect',
      confirmation: { certainAction: 'wait', sameAction: { polls: 1, lastCountedAt: NOW + ms('30m') } },
    });
  });
});

describe('a problem that is certain', () => {
  const settings = alertSettings();

  it('is no news when it shows the same again, so that nothing of it is stored', () => {
    const certain = follow(twoBad);
    expect(advanceIncident(certain, seen('1h', reconnect), settings).incident).toBe(certain);
  });

  it('is news when another cause has the same remedy', () => {
    const other: BadVerdict = { ...reconnect, conditions: ['scopes_missing'] };
    expect(advanceIncident(follow(twoBad), seen('1h', other), settings).incident).toMatchObject({
      conditions: ['scopes_missing'],
      confirmation: { certainAction: 'reconnect' },
    });
  });
});
