import { describe, it } from '@jest/globals';
import { cc, owner } from '../../support/domain-contacts.ts';
import {
  authorisedAgain,
  broken,
  fails,
  fine,
  mailServerWill,
  polledByHand,
  profileless,
  shows,
  snoozedFor,
  started,
  stopped,
  unanswered,
} from '../../support/domain-happenings.ts';
import { check, facebookBreaks, facebookTold, type Row, well } from '../../support/domain-story-table.ts';
import { ms } from '../../support/domain-time.ts';

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
      'what a late reminder leaves out, as it was well, is reminded of when it is not',
      {
        script: [
          ['0s', shows({ facebook: fine, instagram: fine })],
          ['30m', shows({ facebook: broken, instagram: broken })],
          ['2d', mailServerWill('defer')],
          ['2d1h30m', shows({ facebook: broken, instagram: fine })],
          ['2d2h3m', mailServerWill('accept')],
          ['2d2h14m', shows({ facebook: broken, instagram: unanswered })],
          ['2d4h30m', shows({ facebook: broken, instagram: broken })],
        ],
        until: '8d',
      },
      [
        '1h17m first_alert to owner: reconnect facebook, reconnect instagram',
        '2d2h20m30s reminder_due to owner: reconnect facebook',
        '2d4h50m30s reminder_due to owner: reconnect instagram',
        '7d1h17m reminder_due to owner: reconnect facebook, reconnect instagram',
      ],
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
