import { describe, it } from '@jest/globals';
import {
  broken,
  fine,
  limited,
  mailServerWill,
  polledByHand,
  profileless,
  scopeless,
  shows,
  started,
  stopped,
  tokenless,
  unanswered,
} from '../../support/domain-happenings.ts';
import { check, facebookBreaks, facebookTold, type Row, well } from '../../support/domain-story-table.ts';
import { ms } from '../../support/domain-time.ts';

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
      'it was removed instead of repaired: that is said once',
      { script: [...facebookBreaks, ['1d30m', shows({})]], until: '30d' },
      [facebookTold, '1d1h32m removed to owner: none facebook'],
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
