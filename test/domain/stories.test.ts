import { describe, expect, it } from '@jest/globals';
import { cc, owner } from '../support/domain-contacts.ts';
import {
  authorisedAgain,
  broken,
  contactBecomes,
  fails,
  fine,
  limited,
  mailServerWill,
  polledByHand,
  profileless,
  scopeless,
  shows,
  snoozedFor,
  started,
  stopped,
  tenantBecomes,
  tokenless,
  unanswered,
} from '../support/domain-happenings.ts';
import { type Script, type Story, tell } from '../support/domain-simulation.ts';
import { ms } from '../support/domain-time.ts';

/*
 * Whole stories on a virtual clock, from 09:00 on a Monday in New York, polled every hour on the hour. Left: what
 * happens, and when. Right: every mail that a server accepted.
 */
type Row = readonly [title: string, story: Partial<Story> & Pick<Story, 'script' | 'until'>, mail: readonly string[]];

function check(_: string, story: Row[1], mail: Row[2]): void {
  expect(tell(story).mail).toEqual(mail);
}

const well: Script[number] = ['0s', shows({ facebook: fine })];
const facebookBreaks: Script = [well, ['30m', shows({ facebook: broken })]];
const facebookTold = '1h17m first_alert to owner: reconnect facebook';

describe('a break and its repair', () => {
  it.each<Row>([
    ['nothing happens', { script: [well], until: '30d' }, []],
    [
      'a break is confirmed after 15 minutes and told 2 minutes later',
      { script: facebookBreaks, until: '1d' },
      [facebookTold],
    ],
    ['one bad poll is a hiccup', { script: [...facebookBreaks, ['1h5m', shows({ facebook: fine })]], until: '1d' }, []],
    [
      'the repair is confirmed and thanked for',
      { script: [...facebookBreaks, ['1d30m', shows({ facebook: fine })]], until: '30d' },
      [facebookTold, '1d1h17m recovered to owner: reconnect facebook'],
    ],
    [
      'one good poll is a hiccup, too',
      {
        script: [...facebookBreaks, ['1d30m', shows({ facebook: fine })], ['1d1h5m', shows({ facebook: broken })]],
        until: '2d',
      },
      [facebookTold],
    ],
    [
      'a break that heals before it is told is told to nobody, and its repair neither',
      {
        settings: { groupWaitMs: ms('1h') },
        script: [...facebookBreaks, ['1h16m', shows({ facebook: fine })], ['1h20m', polledByHand()]],
        until: '1d',
      },
      [],
    ],
    [
      'it breaks again after it was repaired: a new story',
      {
        script: [...facebookBreaks, ['3h30m', shows({ facebook: fine })], ['9h30m', shows({ facebook: broken })]],
        until: '1d',
      },
      [facebookTold, '4h17m recovered to owner: reconnect facebook', '10h17m first_alert to owner: reconnect facebook'],
    ],
    [
      'it was removed instead of repaired',
      { script: [...facebookBreaks, ['1d30m', shows({})]], until: '30d' },
      [facebookTold],
    ],
    [
      'it was replaced by another account',
      {
        script: [
          ...facebookBreaks,
          ['1d30m', shows({ facebook: broken, 'facebook:2': fine })],
          ['2d', shows({ 'facebook:2': fine })],
        ],
        until: '30d',
      },
      [facebookTold],
    ],
    [
      'a limit that lasts is told, and not reminded of',
      { script: [well, ['30m', shows({ facebook: limited })]], until: '10d' },
      ['3h2m first_alert to owner: wait facebook'],
    ],
    [
      'a limit that passes within two hours is not',
      { script: [well, ['30m', shows({ facebook: limited })], ['2h50m', shows({ facebook: fine })]], until: '1d' },
      [],
    ],
    [
      'a network that does not answer for a day is believed to have refused the token',
      { script: [well, ['30m', shows({ facebook: unanswered })]], until: '2d' },
      ['1d1h17m first_alert to owner: reconnect facebook'],
    ],
    [
      'a tenant whose only poll after a week still shows it broken is told, a week late',
      { script: [...facebookBreaks, ['1h5m', stopped()], ['7d', started()]], until: '7d3h' },
      ['7d2m first_alert to owner: reconnect facebook'],
    ],
  ])('%s', check);
});

describe('grouping', () => {
  const two = (one: object, other: object) => shows({ facebook: one, instagram: other });
  it.each<Row>([
    [
      'what breaks together is told together',
      {
        script: [
          ['0s', two(fine, fine)],
          ['30m', two(broken, tokenless)],
        ],
        until: '1d',
      },
      ['1h17m first_alert to owner: reconnect facebook, reconnect instagram'],
    ],
    [
      'a sibling that is a suspect is waited for, RECHECK_AFTER at most',
      {
        script: [
          ['0s', two(fine, fine)],
          ['30m', two(broken, fine)],
          ['1h10m', two(broken, broken)],
        ],
        until: '1d',
      },
      ['1h30m first_alert to owner: reconnect facebook, reconnect instagram'],
    ],
    [
      'a sibling that breaks later is told by itself',
      {
        script: [
          ['0s', two(fine, fine)],
          ['30m', two(broken, fine)],
          ['1h30m', two(broken, broken)],
        ],
        until: '1d',
      },
      [facebookTold, '2h17m first_alert to owner: reconnect instagram'],
    ],
    [
      'repairs are told together, too',
      {
        script: [
          ['0s', two(fine, fine)],
          ['30m', two(broken, broken)],
          ['5h30m', two(fine, fine)],
        ],
        until: '1d',
      },
      [
        '1h17m first_alert to owner: reconnect facebook, reconnect instagram',
        '6h17m recovered to owner: reconnect facebook, reconnect instagram',
      ],
    ],
    [
      'while the mail server is down, one mail gathers everything',
      {
        script: [
          ['0s', two(fine, fine)],
          ['10m', mailServerWill('defer')],
          ['30m', two(broken, fine)],
          ['5h30m', two(broken, profileless)],
          ['12h', mailServerWill('accept')],
        ],
        until: '1d',
      },
      ['12h20m30s first_alert to owner: reconnect facebook, choose_profile instagram'],
    ],
  ])('%s', check);
});

describe('when monitoring begins', () => {
  it.each<Row>([
    [
      'broken connections are told in one mail, limited ones are not',
      { script: [['0s', shows({ facebook: broken, instagram: scopeless, linkedin: limited })]], until: '1d' },
      ['17m found_at_baseline to owner: reconnect facebook, reconnect instagram'],
    ],
    [
      'with ALERT_ON_BASELINE off they are not told, nor is their repair; what breaks later is',
      {
        settings: { alertOnBaseline: false },
        script: [
          ['0s', shows({ facebook: broken, instagram: fine })],
          ['5h30m', shows({ facebook: fine, instagram: broken })],
        ],
        until: '1d',
      },
      ['6h17m first_alert to owner: reconnect instagram'],
    ],
    [
      'a connection that appears later follows the ordinary rule',
      {
        script: [
          ['0s', shows({})],
          ['30m', shows({ facebook: broken })],
        ],
        until: '1d',
      },
      [facebookTold],
    ],
    [
      'a limit that was there turns into a break',
      {
        settings: { alertOnBaseline: false },
        script: [
          ['0s', shows({ facebook: limited })],
          ['5h30m', shows({ facebook: broken })],
        ],
        until: '1d',
      },
      ['6h17m first_alert to owner: reconnect facebook'],
    ],
  ])('%s', check);
});

describe('reminders', () => {
  const reminders = ['2d1h17m', '7d1h17m', '12d1h17m', '17d1h17m'].map(
    (when) => `${when} reminder_due to owner: reconnect facebook`,
  );
  const last = '22d1h17m last_reminder_due to owner: reconnect facebook';
  it.each<Row>([
    ['five of them, the last says so', { script: facebookBreaks, until: '90d' }, [facebookTold, ...reminders, last]],
    [
      'a cc hears the alert, the last reminder and the recovery',
      {
        contacts: [owner, cc],
        settings: { remindAfterMs: [ms('2d'), ms('7d')] },
        script: [...facebookBreaks, ['8d30m', shows({ facebook: fine })]],
        until: '9d',
      },
      [
        facebookTold,
        '1h17m first_alert to cc: reconnect facebook',
        '2d1h17m reminder_due to owner: reconnect facebook',
        '7d1h17m last_reminder_due to owner: reconnect facebook',
        '7d1h17m last_reminder_due to cc: reconnect facebook',
        '8d1h17m recovered to owner: reconnect facebook',
        '8d1h17m recovered to cc: reconnect facebook',
      ],
    ],
    [
      'a break in the evening is reminded of in the morning',
      { script: [well, ['10h30m', shows({ facebook: broken })]], until: '4d' },
      ['11h17m first_alert to owner: reconnect facebook', '3d reminder_due to owner: reconnect facebook'],
    ],
    [
      'after a stop of ten days the slots that were missed are one, on what a new poll shows',
      { script: [...facebookBreaks, ['1d', stopped()], ['11d2h', started()]], until: '13d' },
      [facebookTold, '11d2h reminder_due to owner: reconnect facebook', reminders[2] ?? ''],
    ],
    [
      'a good poll at the slot suspends it; the relapse resumes it, on the same clock',
      {
        script: [
          ...facebookBreaks,
          ['2d1h10m', shows({ facebook: fine })],
          ['2d1h16m', polledByHand()],
          ['2d1h17m', shows({ facebook: unanswered })],
          ['2d3h30m', shows({ facebook: broken })],
        ],
        until: '8d',
      },
      [facebookTold, '2d3h47m reminder_due to owner: reconnect facebook', reminders[1] ?? ''],
    ],
    [
      'a snoozed one waits for the end of the snooze',
      { script: [...facebookBreaks, ['2d', snoozedFor(ms('2d'))]], until: '5d' },
      [facebookTold, '4d reminder_due to owner: reconnect facebook'],
    ],
    [
      'nobody is reminded of what nobody can see any more',
      { script: [...facebookBreaks, ['1d30m', fails('timeout')]], until: '20d' },
      [facebookTold],
    ],
    [
      'a mail server that was down over two slots makes them one',
      {
        settings: { remindAfterMs: [ms('1d'), ms('2d'), ms('3d')] },
        script: [...facebookBreaks, ['1d', mailServerWill('defer')], ['3d20h', mailServerWill('accept')]],
        until: '20d',
      },
      [facebookTold, '4d last_reminder_due to owner: reconnect facebook'],
    ],
    [
      'a worse action begins its own clock',
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
  ])('%s', check);
});

describe('our access', () => {
  it.each<Row>([
    [
      'a refused grant is told at once, to owners alone, reminded of, and thanked for',
      {
        contacts: [owner, cc],
        script: [well, ['30m', fails('invalid_grant')], ['3d', shows({ facebook: fine })], ['3d', authorisedAgain()]],
        until: '9d',
      },
      [
        '1h2m first_alert to owner: reauthorize account',
        '2d1h2m reminder_due to owner: reauthorize account',
        '3d17m recovered to owner: reauthorize account',
      ],
    ],
    [
      'one 401 is nothing',
      { script: [well, ['30m', fails('unauthorized')], ['1h5m', shows({ facebook: fine })]], until: '1d' },
      [],
    ],
    [
      'a 403 that stays is told',
      { script: [well, ['30m', fails('forbidden')]], until: '1d' },
      ['1h17m first_alert to owner: privileges account'],
    ],
    [
      'a missing privilege, then a dead grant: two instructions',
      { script: [well, ['30m', fails('forbidden')], ['1d30m', fails('invalid_grant')]], until: '2d' },
      ['1h17m first_alert to owner: privileges account', '1d1h2m worse_action to owner: reauthorize account'],
    ],
    [
      'it is never told in one mail with connections',
      { script: [...facebookBreaks, ['1h16m', fails('invalid_grant')], ['1h16m', polledByHand()]], until: '1d' },
      [facebookTold, '1h18m first_alert to owner: reauthorize account'],
    ],
    ['a failing upstream is no matter of an owner', { script: [well, ['30m', fails('server')]], until: '30d' }, []],
    ['nor is our own client id', { script: [well, ['30m', fails('invalid_client')]], until: '30d' }, []],
  ])('%s', check);
});

describe('mail that does not arrive', () => {
  const down = (until: string): Script => [
    well,
    ['10m', mailServerWill('defer')],
    ['30m', shows({ facebook: broken })],
    [until, mailServerWill('accept')],
  ];
  it.each<Row>([
    [
      'the server is down for a day',
      { script: down('1d'), until: '2d' },
      ['1d20m30s first_alert to owner: reconnect facebook'],
    ],
    ['for longer than MAIL_RETRY_FOR', { script: down('4d'), until: '30d' }, []],
    [
      'it was repaired in the meantime: neither alert nor thanks',
      {
        script: [...down('12h').slice(0, 3), ['12h', shows({ facebook: fine })], ['1d', mailServerWill('accept')]],
        until: '2d',
      },
      [],
    ],
    [
      'we crash right after it was accepted: the mail is repeated',
      { script: [...facebookBreaks, ['1h', mailServerWill('accept_but_we_crash')]], until: '1d' },
      [facebookTold, '1h17m30s first_alert to owner: reconnect facebook'],
    ],
    [
      'we crash before: it is sent after all',
      { script: [...facebookBreaks, ['1h', mailServerWill('hear_nothing_as_we_crash')]], until: '1d' },
      ['1h17m30s first_alert to owner: reconnect facebook'],
    ],
    [
      'the address is refused twice: no third try, and the cc hears alone',
      {
        contacts: [owner, cc],
        script: [
          ['0s', shows({ facebook: fine, instagram: fine, linkedin: fine })],
          ['10m', mailServerWill('know_no_such_address', 'owner')],
          ['30m', shows({ facebook: broken, instagram: fine, linkedin: fine })],
          ['2h30m', shows({ facebook: broken, instagram: broken, linkedin: fine })],
          ['4h', mailServerWill('accept')],
          ['4h30m', shows({ facebook: broken, instagram: broken, linkedin: broken })],
        ],
        until: '1d',
      },
      [
        '1h17m first_alert to cc: reconnect facebook',
        '3h17m first_alert to cc: reconnect instagram',
        '5h17m first_alert to cc: reconnect linkedin',
      ],
    ],
    [
      'an owner who misses an alert and then a worse one is told the worse one alone',
      {
        contacts: [owner, cc],
        script: [
          well,
          ['10m', mailServerWill('defer', 'owner')],
          ['30m', shows({ facebook: profileless })],
          ['5h30m', shows({ facebook: broken })],
          ['12h', mailServerWill('accept')],
        ],
        until: '1d',
      },
      [
        '1h17m first_alert to cc: choose_profile facebook',
        '6h17m worse_action to cc: reconnect facebook',
        '12h20m30s first_alert to owner: reconnect facebook',
      ],
    ],
    [
      'a mail that was told nowhere is not thanked for',
      {
        script: [...facebookBreaks, ['1h', mailServerWill('refuse')], ['1d', shows({ facebook: fine })]],
        until: '2d',
      },
      [],
    ],
    [
      'thanks that come too late, as it is broken again, are not sent',
      {
        script: [
          ...facebookBreaks,
          ['5h', mailServerWill('defer')],
          ['6h', shows({ facebook: fine })],
          ['9h', shows({ facebook: broken })],
          ['1d', mailServerWill('accept')],
        ],
        until: '2d',
      },
      [facebookTold, '1d20m30s first_alert to owner: reconnect facebook'],
    ],
    [
      'an owner who unsubscribed is left alone',
      { script: [...facebookBreaks, ['1h16m', contactBecomes('owner', { state: 'unsubscribed' })]], until: '30d' },
      [],
    ],
    [
      'a paused tenant is left alone, and told when it is resumed',
      {
        script: [
          ...facebookBreaks,
          ['1h16m', tenantBecomes({ state: 'paused', nextPollAt: null })],
          ['1d', authorisedAgain()],
        ],
        until: '1d1h',
      },
      ['1d first_alert to owner: reconnect facebook'],
    ],
  ])('%s', check);
});
