import { describe, expect, it } from '@jest/globals';
import type { Action } from '../../../src/domain/model/condition.ts';
import type { Incident } from '../../../src/domain/model/incident.ts';
import type { CloseReason } from '../../../src/domain/model/reasons.ts';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { decideMail, type MailDecision } from '../../../src/domain/notification/alert-policy.ts';
import { aConfirmedIncident, anIncident, aTenant, aTopic, type GivenIncident, NOW } from '../../support/builders.ts';
import { broken, fails, fine, limited, mailServerWill, profileless, shows } from '../../support/domain-happenings.ts';
import { tell } from '../../support/domain-simulation.ts';
import type { Script, Story } from '../../support/domain-story.ts';

/*
 * When an owner is written to, one sentence a row. `certain` is what CONFIRM_POLLS bad polls have shown (a rate limit:
 * what has lasted RATE_LIMIT_AFTER), `told` what a mail server has accepted an alert about.
 */
const silent = (reason: string) => ({ kind: 'silent', reason });
const alert = (reason: string, action: Action, step = 'alert:1') => ({
  kind: 'alert',
  reason,
  topic: aTopic({ step, action }),
});

function certain(action: Action, given: GivenIncident = {}): Incident {
  return aConfirmedIncident({ action, ...given, confirmation: { certainAction: action, ...given.confirmation } });
}

function alerted(action: Action, thenCertain: Action, given: GivenIncident = {}): Incident {
  return certain(thenCertain, {
    ...given,
    alerting: { lastAlert: { action, at: NOW, conversationId: 'c' }, alertsSent: 1, ...given.alerting },
  });
}

function closed(closeReason: CloseReason): Incident {
  return alerted('reconnect', 'reconnect', { state: 'closed', closeReason, closedAt: NOW });
}

const watched = aTenant({ baselinedAt: NOW - HOUR_MS });
const baselineOn = { alertOnBaseline: true };
const baselineOff = { alertOnBaseline: false };

type Row = readonly [sentence: string, incident: Incident, decision: object, settings?: typeof baselineOn];

function check(_: string, incident: Incident, decision: object, settings = baselineOn): void {
  expect(decideMail(incident, watched, settings)).toEqual(decision as MailDecision);
}

describe('confirm: nobody hears of a suspicion', () => {
  it.each<Row>([
    ['one bad poll tells nobody', anIncident(), silent('awaiting_confirmation')],
    [
      'a suspicion that passed tells nobody',
      anIncident({ state: 'closed', closeReason: 'not_confirmed' }),
      silent('not_confirmed'),
    ],
    ['a certain break is told', certain('reconnect'), alert('first_alert', 'reconnect')],
    ['a missing profile is told', certain('choose_profile'), alert('first_alert', 'choose_profile')],
    ['a rate limit that lasts is told', certain('wait'), alert('first_alert', 'wait')],
    ['a lost grant is told', certain('reauthorize', { connectionId: null }), alert('first_alert', 'reauthorize')],
    ['a missing privilege is told', certain('privileges', { connectionId: null }), alert('first_alert', 'privileges')],
    [
      'what is told is what is certain, not what one later poll shows',
      certain('reconnect', { action: 'choose_profile' }),
      alert('first_alert', 'reconnect'),
    ],
  ])('%s', check);
});

describe('before the first good poll: access that never worked is the operator’s matter', () => {
  const access = (action: Action, given: GivenIncident = {}) => certain(action, { connectionId: null, ...given });
  it.each<Row>([
    ['a refused grant', access('reauthorize'), silent('before_first_good_poll')],
    ['a missing privilege', access('privileges'), silent('before_first_good_poll')],
    ['a suspicion is none yet', anIncident({ connectionId: null }), silent('awaiting_confirmation')],
    [
      'once the operator is told, that stays the reason',
      access('reauthorize', { alerting: { decision: 'operator_told' } }),
      silent('operator_told'),
    ],
    [
      'whoever snoozes it knows of it',
      access('reauthorize', { alerting: { decision: 'snoozed' } }),
      silent('operator_told'),
    ],
    [
      'even where an older Linkwatch told the owner, nothing worse follows',
      alerted('reauthorize', 'privileges', { connectionId: null }),
      silent('before_first_good_poll'),
    ],
    ['a connection is told as ever', certain('reconnect'), alert('first_alert', 'reconnect')],
  ])('%s', (_, incident, decision) => {
    expect(decideMail(incident, aTenant({ baselinedAt: null }), baselineOn)).toEqual(decision as MailDecision);
  });
});

describe('baseline: what was broken before we looked', () => {
  it.each<Row>([
    ['is told as such', certain('reconnect', { foundAtBaseline: true }), alert('found_at_baseline', 'reconnect')],
    [
      'is kept quiet with ALERT_ON_BASELINE off',
      certain('reconnect', { foundAtBaseline: true }),
      silent('baseline_is_silent'),
      baselineOff,
    ],
    ['a rate limit is not told', certain('wait', { foundAtBaseline: true }), silent('waiting_at_baseline')],
    [
      'what breaks later is told even with it off',
      certain('reconnect'),
      alert('first_alert', 'reconnect'),
      baselineOff,
    ],
  ])('%s', check);
});

describe('escalate in severity, not in noise', () => {
  it.each<Row>([
    ['what was told is not told again', alerted('reconnect', 'reconnect'), silent('already_told')],
    [
      'a profile was missing, now the token is',
      alerted('choose_profile', 'reconnect'),
      alert('worse_action', 'reconnect', 'alert:2'),
    ],
    [
      'a limit was told, now a profile is missing',
      alerted('wait', 'choose_profile'),
      alert('worse_action', 'choose_profile', 'alert:2'),
    ],
    [
      'a limit was told, now the token is gone',
      alerted('wait', 'reconnect'),
      alert('worse_action', 'reconnect', 'alert:2'),
    ],
    [
      'reconnected as told, but without a profile: the owner needs another instruction',
      alerted('reconnect', 'choose_profile'),
      alert('profile_missing', 'choose_profile', 'alert:2'),
    ],
    ['it got easier: from reconnect to waiting', alerted('reconnect', 'wait'), silent('lesser_action')],
    ['it got easier: from profile to waiting', alerted('choose_profile', 'wait'), silent('lesser_action')],
    [
      'the worse action must be certain',
      alerted('choose_profile', 'choose_profile', { action: 'reconnect' }),
      silent('already_told'),
    ],
    [
      'it got worse a second time',
      alerted('choose_profile', 'reconnect', { alerting: { alertsSent: 2 } }),
      alert('worse_action', 'reconnect', 'alert:3'),
    ],
    [
      'a privilege was missing, now the grant is dead',
      alerted('privileges', 'reauthorize', { connectionId: null }),
      alert('worse_action', 'reauthorize', 'alert:2'),
    ],
    [
      'authorised again as told, but without the privilege: the owner needs another instruction',
      alerted('reauthorize', 'privileges', { connectionId: null }),
      alert('privileges_missing', 'privileges', 'alert:2'),
    ],
    [
      'it got worse although the owner snoozed it',
      alerted('choose_profile', 'reconnect', { reminders: { snoozedUntil: NOW + 1 } }),
      alert('worse_action', 'reconnect', 'alert:2'),
    ],
    [
      'what was found at the baseline and told gets worse like anything else',
      alerted('choose_profile', 'reconnect', { foundAtBaseline: true }),
      alert('worse_action', 'reconnect', 'alert:2'),
    ],
  ])('%s', check);
});

describe('recover: thanks, once, and only when it was repaired', () => {
  it.each<Row>([
    [
      'the first good poll suspends everything',
      alerted('reconnect', 'reconnect', { state: 'recovering' }),
      silent('suspended_by_good_poll'),
    ],
    [
      'it suspends an alert that was not told yet, too',
      certain('reconnect', { state: 'recovering' }),
      silent('suspended_by_good_poll'),
    ],
    [
      'a relapse is no news',
      alerted('reconnect', 'reconnect', { confirmation: { good: null } }),
      silent('already_told'),
    ],
    [
      'a confirmed repair is told',
      closed('recovered'),
      {
        kind: 'recovered',
        reason: 'recovered',
        topic: aTopic({ step: 'recovered', action: 'reconnect' }),
      },
    ],
    [
      'a removed connection is not thanked for: it is said to be gone, and nothing is asked for',
      closed('removed'),
      { kind: 'removed', reason: 'removed', topic: aTopic({ step: 'removed', action: 'none' }) },
    ],
    ['a replaced one is not', closed('replaced'), silent('replaced')],
    ['one that was closed by command is not', closed('by_command'), silent('by_command')],
  ])('%s', check);
});

/*
 * The same rules as they happen, from 09:00 on a Monday in New York, polled every hour on the hour. Left what
 * Constant Contact shows, and from when; right every mail that reaches somebody.
 */
describe('as it happens', () => {
  const well: Script[number] = ['0s', shows({ facebook: fine })];
  const breaks: Script = [well, ['30m', shows({ facebook: broken })]];
  const firstAlert = '1h17m first_alert to owner: reconnect facebook';
  type Told = readonly [rule: string, story: Story, mail: readonly string[]];
  it.each<Told>([
    [
      'confirm: seen at the next poll, again 15 minutes later, told 2 minutes after that',
      { script: breaks, until: '1d' },
      [firstAlert],
    ],
    [
      'confirm: one bad poll is a hiccup',
      { script: [...breaks, ['1h5m', shows({ facebook: fine })]], until: '1d' },
      [],
    ],
    [
      'confirm: a rate limit is told when it has lasted 2 hours',
      { script: [well, ['30m', shows({ facebook: limited })]], until: '1d' },
      ['3h2m first_alert to owner: wait facebook'],
    ],
    [
      'group: two that break together are one mail',
      {
        script: [
          ['0s', shows({ facebook: fine, instagram: fine })],
          ['30m', shows({ facebook: broken, instagram: profileless })],
        ],
        until: '1d',
      },
      ['1h17m first_alert to owner: reconnect facebook, choose_profile instagram'],
    ],
    [
      'group: a sibling that is a suspect is waited for',
      {
        script: [
          ['0s', shows({ facebook: fine, instagram: fine })],
          ['30m', shows({ facebook: broken, instagram: fine })],
          ['1h10m', shows({ facebook: broken, instagram: broken })],
        ],
        until: '1d',
      },
      ['1h30m first_alert to owner: reconnect facebook, reconnect instagram'],
    ],
    [
      'baseline: what was broken already is told as such, a rate limit is not',
      { script: [['0s', shows({ facebook: broken, instagram: limited })]], until: '1d' },
      ['17m found_at_baseline to owner: reconnect facebook'],
    ],
    [
      'remind: 2, 7, 12, 17 and 22 days after the alert was accepted, and the last says so',
      { script: breaks, until: '60d' },
      [
        firstAlert,
        '2d1h17m reminder_due to owner: reconnect facebook',
        '7d1h17m reminder_due to owner: reconnect facebook',
        '12d1h17m reminder_due to owner: reconnect facebook',
        '17d1h17m reminder_due to owner: reconnect facebook',
        '22d1h17m last_reminder_due to owner: reconnect facebook',
      ],
    ],
    [
      'remind: not in the evening, but at 09:00 the next morning',
      { script: [well, ['10h30m', shows({ facebook: broken })]], until: '4d' },
      ['11h17m first_alert to owner: reconnect facebook', '3d reminder_due to owner: reconnect facebook'],
    ],
    [
      'escalate: something worse is told once it is certain, and is reminded of on its own clock',
      {
        script: [well, ['30m', shows({ facebook: profileless })], ['1d30m', shows({ facebook: broken })]],
        until: '4d',
      },
      [
        '1h17m first_alert to owner: choose_profile facebook',
        '1d1h17m worse_action to owner: reconnect facebook',
        '3d1h17m reminder_due to owner: reconnect facebook',
      ],
    ],
    [
      'recover: two good polls 15 minutes apart, and one mail of thanks',
      { script: [...breaks, ['1d30m', shows({ facebook: fine })]], until: '60d' },
      [firstAlert, '1d1h17m recovered to owner: reconnect facebook'],
    ],
    [
      'recover: one good poll changes nothing, not even the clock of the reminders',
      {
        script: [...breaks, ['1d30m', shows({ facebook: fine })], ['1d1h5m', shows({ facebook: broken })]],
        until: '3d',
      },
      [firstAlert, '2d1h17m reminder_due to owner: reconnect facebook'],
    ],
    [
      'deliver: a mail server that is down delays the mail, and loses none',
      { script: [...breaks, ['1h', mailServerWill('defer')], ['1h30m', mailServerWill('accept')]], until: '1d' },
      ['1h32m30s first_alert to owner: reconnect facebook'],
    ],
    ['upstream failing is no matter of an owner', { script: [well, ['30m', fails('server')]], until: '30d' }, []],
  ])('%s', (_, story, mail) => {
    expect(tell(story).mail).toEqual(mail);
  });
});
