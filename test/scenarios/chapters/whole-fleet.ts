import { broken, fails, fine, mailIs, polledByHand, scopeless, shows } from '../happenings.ts';
import type { Chapter, ExpectedMail, Step, TenantOfStory } from '../story.ts';

const twelve: readonly string[] = Array.from(
  { length: 12 },
  (_, index) => `shop-${String(index + 1).padStart(2, '0')}`,
);
const tenants: readonly TenantOfStory[] = twelve.map((name) => ({ name }));
const [first = '', second = ''] = twelve;
const well: Step = ['0s', shows({ facebook: fine, instagram: fine })];
const works = shows({ facebook: fine, instagram: fine });
const breaks = shows({ facebook: broken, instagram: fine });
const operator = (when: string, about: string): ExpectedMail => [when, 'operator', 'operator', about];
const alertTo =
  (when: string) =>
  (shop: string): ExpectedMail => [...([when, 'alert', `owner@${shop}`, 'reconnect facebook'] as const)];

export const wholeFleet: Chapter = {
  title: 'The whole fleet at once',
  stories: [
    {
      name: 'Facebook has a bad forty minutes',
      why: 'So many at once is the network’s doing: no owner hears of it, the operator when it began and ended.',
      rules: [8],
      pains: [1, 2, 3],
      tenants,
      script: [well, ['30m', breaks], ['1h10m', works]],
      until: '1d',
      mail: [operator('1h', 'hold_began'), operator('1h15m', 'hold_ended')],
    },
    {
      name: 'Facebook fails for everybody, and one of them is really broken',
      why: 'When the others are good again, what is still true by a fresh poll is told: one owner.',
      rules: [8],
      pains: [1, 3, 4],
      tenants,
      script: [well, ['30m', breaks], ['3h10m', works], ['3h10m', breaks, first]],
      until: '1d',
      mail: [operator('1h', 'hold_began'), operator('4h', 'hold_ended'), alertTo('4h')(first)],
    },
    {
      name: 'It lasts longer than FLEET_HOLD',
      why: 'After six hours owners are told what is still true, whoever’s fault it is.',
      rules: [8],
      pains: [3, 4],
      tenants,
      script: [well, ['30m', breaks]],
      until: '12h',
      mail: [operator('1h', 'hold_began'), operator('7h', 'hold_ended'), ...twelve.map(alertTo('7h'))],
    },
    {
      name: 'The operator releases the hold',
      why: 'A person knows more: what is still true by a fresh poll is sent.',
      rules: [8],
      pains: [3, 4],
      tenants,
      script: [well, ['30m', breaks], ['2h30m', mailIs('release'), first]],
      until: '6h',
      mail: [operator('1h', 'hold_began'), operator('2h30m', 'hold_ended'), ...twelve.map(alertTo('2h31m'))],
    },
    {
      name: 'Another account of one of them breaks during the hold',
      why: 'The hold is about Facebook: other problems go out.',
      rules: [8],
      pains: [3, 4],
      tenants,
      script: [
        well,
        ['30m', breaks],
        ['1h30m', shows({ facebook: broken, instagram: scopeless }), second],
        ['3h10m', works],
        ['3h10m', shows({ facebook: fine, instagram: scopeless }), second],
      ],
      until: '1d',
      mail: [
        operator('1h', 'hold_began'),
        ['2h17m', 'alert', `owner@${second}`, 'reconnect instagram'],
        operator('4h', 'hold_ended'),
      ],
    },
    {
      name: 'Nine of twelve break in the same hour',
      why: 'Below FLEET_MIN there is no fleet to speak of: nine owners are told.',
      rules: [8],
      pains: [4],
      tenants,
      script: [well, ['30m', breaks, ...twelve.slice(0, 9)]],
      until: '1d',
      mail: twelve.slice(0, 9).map(alertTo('1h17m')),
    },
    {
      name: 'Twelve of sixty break in the same hour',
      why: 'Below FLEET_SHARE it is twelve problems, not one: twelve owners are told.',
      rules: [8],
      pains: [4],
      tenants: [...tenants, ...Array.from({ length: 48 }, (_, index) => ({ name: `other-${index}` }))],
      script: [well, ['30m', breaks, ...twelve]],
      until: '4h',
      mail: twelve.map(alertTo('1h17m')),
    },
    {
      name: 'Twelve new accounts come with a broken Facebook',
      why: 'What is found at the beginning did not break together: all are told.',
      rules: [3, 8],
      pains: [4],
      tenants,
      script: [['0s', breaks]],
      until: '1d',
      mail: twelve.map(alertTo('17m')),
    },
    {
      name: 'Constant Contact answers everybody with 401',
      why: 'So many at once is our own fault, or theirs: nobody is asked to authorise anything.',
      rules: [8],
      pains: [1, 2, 3, 8],
      tenants,
      script: [well, ['30m', fails('unauthorized')], ['2h25m', works]],
      until: '1d',
      mail: [operator('1h', 'hold_began'), operator('3h', 'hold_ended')],
    },
    {
      name: 'Every grant is refused at once',
      why: 'The same with invalid_grant, which else acts at once: no tenant changes its state.',
      rules: [8],
      pains: [1, 3, 8],
      tenants,
      script: [well, ['30m', fails('invalid_grant')], ['2h25m', works]],
      until: '1d',
      mail: [operator('1h', 'hold_began'), operator('3h', 'hold_ended')],
    },
    {
      name: 'Five owners have been told within the hour, and MAIL_BRAKE is 5',
      why: 'What comes on top waits for the operator, who is told once, and releases it.',
      rules: [9],
      pains: [3],
      settings: { MAIL_BRAKE: '5' },
      tenants,
      script: [
        well,
        ['30m', breaks, ...twelve.slice(0, 5)],
        ['1h5m', breaks, ...twelve.slice(5, 8)],
        ['1h5m', polledByHand, ...twelve.slice(5, 8)],
        ['3h30m', mailIs('release'), first],
      ],
      until: '1d',
      mail: [
        ...twelve.slice(0, 5).map(alertTo('1h17m')),
        operator('1h22m', 'brake'),
        ...twelve.slice(5, 8).map(alertTo('3h31m')),
      ],
    },
    {
      name: 'The operator throws away what the brake held',
      why: 'Discarded is discarded; what was told goes on as usual.',
      rules: [9],
      pains: [3],
      settings: { MAIL_BRAKE: '5' },
      tenants,
      script: [
        well,
        ['30m', breaks, ...twelve.slice(0, 5)],
        ['1h5m', breaks, ...twelve.slice(5, 8)],
        ['1h5m', polledByHand, ...twelve.slice(5, 8)],
        ['3h30m', mailIs('discard'), first],
      ],
      until: '1d',
      mail: [...twelve.slice(0, 5).map(alertTo('1h17m')), operator('1h22m', 'brake')],
    },
  ],
};
