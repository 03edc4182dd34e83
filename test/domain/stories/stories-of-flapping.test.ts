import { describe, expect, it } from '@jest/globals';
import { cc, owner } from '../../support/domain-contacts.ts';
import {
  broken,
  fine,
  mailServerWill,
  profileless,
  shows,
  snoozedFor,
  started,
  stopped,
  unanswered,
} from '../../support/domain-happenings.ts';
import { tell } from '../../support/domain-simulation.ts';
import type { Happening, Script } from '../../support/domain-story.ts';
import { check, type Row, well } from '../../support/domain-story-table.ts';

const breaks: Happening = shows({ facebook: broken });
const works: Happening = shows({ facebook: fine });

/* Broken from 0h30m, well from 4h30m and so on: certain 45 minutes after each change. */
const thrice: Script = [well, ['30m', breaks], ['4h30m', works], ['8h30m', breaks]];
const fourTimes: Script = [...thrice, ['12h30m', works]];
const toldThrice = [
  '1h17m first_alert to owner: reconnect facebook',
  '5h17m recovered to owner: reconnect facebook',
  '9h17m first_alert to owner: reconnect facebook',
];

/** So many suspicions, one an hour, none of which is confirmed. */
function suspicions(count: number, from = 0): Script {
  return Array.from({ length: count }, (_, n) => [
    [`${from + n}h30m`, breaks] as const,
    [`${from + n + 1}h5m`, works] as const,
  ]).flat();
}

describe('what breaks and works again by turns', () => {
  it.each<Row>([
    ['is told each time while it does so three times', { script: thrice, until: '1d' }, toldThrice],
    [
      'is told to flap the fourth time, in the place of thanks, and thanked for when it has worked for six hours',
      { script: fourTimes, until: '3d' },
      [...toldThrice, '13h17m flapping to owner: reconnect facebook', '19h2m recovered to owner: reconnect facebook'],
    ],
    [
      'is told to flap when the fourth turn is a break, in the place of the alert; later what is true',
      {
        script: [
          ['0s', breaks],
          ['4h30m', works],
          ['8h30m', breaks],
          ['12h30m', works],
          ['16h30m', breaks],
        ],
        until: '2d',
      },
      [
        '17m found_at_baseline to owner: reconnect facebook',
        '5h17m recovered to owner: reconnect facebook',
        '9h17m first_alert to owner: reconnect facebook',
        '13h17m flapping to owner: reconnect facebook',
        '23h2m settled_broken to owner: reconnect facebook',
      ],
    ],
    [
      'is not flapping when the turns are further apart than FLAP_WINDOW',
      {
        script: [...thrice, ['1d1h30m', works]],
        until: '2d',
      },
      [...toldThrice, '1d2h17m recovered to owner: reconnect facebook'],
    ],
    [
      'is told to owners; whoever copies them hears how it settles',
      {
        contacts: [owner, cc],
        script: [...fourTimes, ['16h30m', breaks]],
        until: '2d',
      },
      [
        '1h17m first_alert to owner: reconnect facebook',
        '1h17m first_alert to cc: reconnect facebook',
        '5h17m recovered to owner: reconnect facebook',
        '5h17m recovered to cc: reconnect facebook',
        '9h17m first_alert to owner: reconnect facebook',
        '9h17m first_alert to cc: reconnect facebook',
        '13h17m flapping to owner: reconnect facebook',
        '23h2m settled_broken to owner: reconnect facebook',
        '23h2m settled_broken to cc: reconnect facebook',
      ],
    ],
    [
      'is told nothing more while it goes on, however often',
      {
        script: [
          ...fourTimes,
          ...Array.from({ length: 20 }, (_, n) => [`${14 + 2 * n}h30m`, n % 2 === 0 ? breaks : works] as const),
        ],
        until: '2d5h',
      },
      [...toldThrice, '13h17m flapping to owner: reconnect facebook'],
    ],
    [
      'settles broken: is told, and reminded of on the new clock',
      { script: [...fourTimes, ['14h30m', breaks]], until: '4d' },
      [
        ...toldThrice,
        '13h17m flapping to owner: reconnect facebook',
        '21h2m settled_broken to owner: reconnect facebook',
        '3d reminder_due to owner: reconnect facebook',
      ],
    ],
    [
      'gets worse meanwhile: not told before it settles',
      {
        script: [...fourTimes, ['14h30m', shows({ facebook: profileless })], ['16h30m', breaks]],
        until: '2d',
      },
      [
        ...toldThrice,
        '13h17m flapping to owner: reconnect facebook',
        '21h2m settled_broken to owner: reconnect facebook',
      ],
    ],
    [
      'is removed meanwhile: that is told, once',
      { script: [...fourTimes, ['14h30m', shows({})]], until: '3d' },
      [...toldThrice, '13h17m flapping to owner: reconnect facebook', '15h32m removed to owner: none facebook'],
    ],
    [
      'is not answered for meanwhile: which neither breaks nor mends the six hours',
      { script: [...fourTimes, ['14h30m', shows({ facebook: unanswered })], ['16h30m', works]], until: '2d' },
      [...toldThrice, '13h17m flapping to owner: reconnect facebook', '19h2m recovered to owner: reconnect facebook'],
    ],
    [
      'was not looked at for hours: the six hours begin anew',
      { script: [...fourTimes, ['14h30m', stopped()], ['18h30m', started()]], until: '2d' },
      [...toldThrice, '13h17m flapping to owner: reconnect facebook', '1d1h2m recovered to owner: reconnect facebook'],
    ],
    [
      'is the same after a restart',
      { script: [...fourTimes, ['14h10m', stopped()], ['14h20m', started()]], until: '2d' },
      [...toldThrice, '13h17m flapping to owner: reconnect facebook', '19h2m recovered to owner: reconnect facebook'],
    ],
    [
      'cannot be told while the mail server is down, and settles meanwhile: what is true is told',
      {
        script: [
          ...thrice,
          ['12h', mailServerWill('defer')],
          ['12h30m', works],
          ['14h30m', breaks],
          ['1d2h', mailServerWill('accept')],
        ],
        until: '2d',
      },
      [...toldThrice, '1d2h5m30s settled_broken to owner: reconnect facebook'],
    ],
    [
      'may begin to flap again after it has settled',
      {
        script: [...fourTimes, ['1d30m', breaks], ['1d4h30m', works], ['1d8h30m', breaks], ['1d12h30m', works]],
        until: '3d',
      },
      [
        ...toldThrice,
        '13h17m flapping to owner: reconnect facebook',
        '19h2m recovered to owner: reconnect facebook',
        '1d1h17m first_alert to owner: reconnect facebook',
        '1d5h17m recovered to owner: reconnect facebook',
        '1d9h17m first_alert to owner: reconnect facebook',
        '1d13h17m flapping to owner: reconnect facebook',
        '1d19h2m recovered to owner: reconnect facebook',
      ],
    ],
    [
      'was snoozed: how it settles is told all the same',
      { script: [...fourTimes, ['13h30m', snoozedFor(1)], ['14h30m', breaks]], until: '2d' },
      [
        ...toldThrice,
        '13h17m flapping to owner: reconnect facebook',
        '21h2m settled_broken to owner: reconnect facebook',
      ],
    ],
  ])('%s', check);
});

describe('what is suspected again and again, and never confirmed', () => {
  it.each<Row>([
    ['is told nobody', { script: [well, ...suspicions(8)], until: '1d' }, []],
    [
      'is told only when it has been broken for six hours, once it is certain within hours of it',
      { script: [well, ...suspicions(6), ['8h30m', breaks]], until: '1d' },
      ['15h2m settled_broken to owner: reconnect facebook'],
    ],
    [
      'is told nobody when it works again before that',
      { script: [well, ...suspicions(6), ['8h30m', breaks], ['12h30m', works]], until: '2d' },
      [],
    ],
    [
      'is told as ever when it breaks later than that',
      { script: [well, ...suspicions(6), ['12h30m', breaks]], until: '1d' },
      ['13h17m first_alert to owner: reconnect facebook'],
    ],
    [
      'is told as ever after five',
      { script: [well, ...suspicions(5), ['8h30m', breaks]], until: '1d' },
      ['9h17m first_alert to owner: reconnect facebook'],
    ],
  ])('%s', check);

  it('is kept with its reason', () => {
    const { decisions } = tell({ script: [well, ...suspicions(6), ['8h30m', breaks]], until: '10h' });
    expect(decisions).toEqual([...Array(6).fill('not_confirmed'), 'unsettled']);
  });
});
