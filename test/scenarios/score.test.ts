import { describe, expect, it } from '@jest/globals';
import { ms } from '../support/domain-time.ts';
import { scoreOf } from './score.ts';
import type { ToldKind } from './story.ts';
import type { ToldMail } from './told-mail.ts';

type Line = readonly [when: string, kind: ToldKind, to: string, about: string];
type Row = readonly [title: string, told: readonly Line[], expected: readonly Line[], score: object];

const alert: Line = ['1h17m', 'alert', 'owner', 'reconnect facebook'];
const both: Line = ['1h17m', 'alert', 'owner', 'reconnect facebook, reconnect instagram'];
const at = (when: string, [, kind, to, about]: Line): Line => [when, kind, to, about];
const nothing = { told: 0, missed: 0, false: 0, doubled: 0, late: 0 };

describe('the score of a story', () => {
  it.each<Row>([
    ['nothing told where nothing is expected', [], [], nothing],
    ['what is expected comes', [alert], [alert], { ...nothing, told: 1 }],
    ['it comes up to ten minutes after its time', [at('1h27m', alert)], [alert], { ...nothing, told: 1 }],
    ['it comes before its time, as a hasty policy’s does', [at('1h', alert)], [alert], { ...nothing, told: 1 }],
    ['it comes later than that', [at('1h28m', alert)], [alert], { ...nothing, late: 1 }],
    ['it never comes', [], [alert], { ...nothing, missed: 1 }],
    ['it comes although nothing is expected', [alert], [], { ...nothing, false: 1 }],
    [
      'half a day too early is about something else',
      [alert],
      [at('13h17m', alert)],
      { ...nothing, missed: 1, false: 1 },
    ],
    [
      'it comes to somebody else',
      [['1h17m', 'alert', 'cc', 'reconnect facebook']],
      [alert],
      { ...nothing, missed: 1, false: 1 },
    ],
    [
      'it asks for something else',
      [['1h17m', 'alert', 'owner', 'wait facebook']],
      [alert],
      { ...nothing, missed: 1, false: 1 },
    ],
    [
      'it is about another account',
      [['1h17m', 'alert', 'owner', 'reconnect x']],
      [alert],
      { ...nothing, missed: 1, false: 1 },
    ],
    [
      'it is another kind of mail',
      [['1h17m', 'reminder', 'owner', 'reconnect facebook']],
      [alert],
      { ...nothing, missed: 1, false: 1 },
    ],
    ['it comes twice', [alert, at('1h18m', alert)], [alert], { ...nothing, told: 1, doubled: 1 }],
    [
      'it comes twice because twice is expected',
      [alert, at('1h18m', alert)],
      [alert, at('1h18m', alert)],
      { ...nothing, told: 2 },
    ],
    [
      'two mails say what one was to say',
      [
        ['1h17m', 'alert', 'owner', 'reconnect facebook'],
        ['1h17m', 'alert', 'owner', 'reconnect instagram'],
      ],
      [both],
      { ...nothing, told: 1, doubled: 1 },
    ],
    ['it says only half of what it was to say', [alert], [both], { ...nothing, missed: 1 }],
    ['it says more than it was to say', [both], [alert], { ...nothing, told: 1, false: 1 }],
    [
      'the nearest of two is the one',
      [at('1h', alert), at('5h', alert)],
      [at('5h17m', alert)],
      { ...nothing, told: 1, false: 1 },
    ],
    [
      'an alert after a recovery is no repetition',
      [alert, ['2h', 'recovered', 'owner', 'facebook'], at('3h', alert)],
      [alert, ['2h', 'recovered', 'owner', 'facebook']],
      { ...nothing, told: 2, false: 1 },
    ],
    [
      'what is expected again later is not the first one, late',
      [at('9h17m', alert)],
      [alert, at('9h17m', alert)],
      { ...nothing, told: 1, missed: 1 },
    ],
  ])('%s', (_, told, expected, score) => {
    expect(scoreOf(told.map(mailOf), expected.map(mailOf), ms('10m'))).toEqual(score);
  });
});

function mailOf([when, kind, to, about]: Line): ToldMail {
  return { at: ms(when), kind, to: `${to}@bakery`, about: about.split(', ') };
}
