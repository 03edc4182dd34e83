import { broken, fine, limited, profileless, scopeless, shows, tokenless } from '../happenings.ts';
import type { Chapter, ExpectedMail, Step } from '../story.ts';

const well: Step = ['0s', shows({ facebook: fine })];
const breaks: Step = ['30m', shows({ facebook: broken })];
const told: ExpectedMail = ['1h17m', 'alert', 'owner', 'reconnect facebook'];

export const whatIsWrong: Chapter = {
  title: 'What is wrong, and what helps',
  stories: [
    {
      name: 'Jane takes a permission away in the settings of Facebook',
      why: 'Lost scopes are broken although the token lives: reconnect, granting every permission.',
      rules: [1],
      pains: [10],
      whole: true,
      script: [well, ['30m', shows({ facebook: scopeless })], ['4h30m', shows({ facebook: fine })]],
      until: '1d',
      mail: [told, ['5h17m', 'recovered', 'owner', 'facebook']],
    },
    {
      name: 'The page was unticked when Jane reconnected',
      why: 'Without a page there is nothing to post to; what helps is choosing one, not reconnecting.',
      rules: [1],
      pains: [10],
      whole: true,
      script: [well, ['30m', shows({ facebook: profileless })]],
      until: '1d',
      mail: [['1h17m', 'alert', 'owner', 'choose_profile facebook']],
    },
    {
      name: 'The account has no token at all any more',
      why: 'A missing token asks for the same as an invalid one.',
      rules: [1],
      pains: [4, 10],
      whole: true,
      script: [well, ['30m', shows({ facebook: tokenless })]],
      until: '1d',
      mail: [told],
    },
    {
      name: 'Everything is wrong with Facebook at once',
      why: 'The deepest cause hides what follows from it: one account, one instruction.',
      rules: [1, 5],
      pains: [3],
      whole: true,
      script: [well, ['30m', shows({ facebook: { ...tokenless, ...broken, ...scopeless, ...profileless } })]],
      until: '1d',
      mail: [told],
    },
    {
      name: 'First the token, then the permissions, then the token again',
      why: 'Another cause with the same remedy is no news.',
      rules: [5],
      pains: [7, 9],
      whole: true,
      script: [
        well,
        breaks,
        ['4h30m', shows({ facebook: scopeless })],
        ['8h30m', shows({ facebook: tokenless })],
        ['12h30m', shows({ facebook: broken })],
      ],
      until: '1d',
      mail: [told],
    },
    {
      name: 'Jane reconnects, and forgets to choose the page',
      why: 'She did as she was told, and something else is missing now: that is a new instruction.',
      rules: [5],
      pains: [9, 10],
      whole: true,
      script: [well, breaks, ['4h30m', shows({ facebook: profileless })], ['8h30m', shows({ facebook: fine })]],
      until: '1d',
      mail: [told, ['5h17m', 'alert', 'owner', 'choose_profile facebook'], ['9h17m', 'recovered', 'owner', 'facebook']],
    },
    {
      name: 'The page is missing, and then the token dies as well',
      why: 'A worse action is a new alert, with reminders on its own clock.',
      rules: [4, 5],
      pains: [10, 13],
      whole: true,
      script: [well, ['30m', shows({ facebook: profileless })], ['1d30m', shows({ facebook: broken })]],
      until: '4d',
      mail: [
        ['1h17m', 'alert', 'owner', 'choose_profile facebook'],
        ['1d1h17m', 'alert', 'owner', 'reconnect facebook'],
        ['3d1h17m', 'reminder', 'owner', 'reconnect facebook'],
      ],
    },
    {
      name: 'A rate limit turns into a dead token, and back into a rate limit',
      why: 'Worse is told, lesser is silent, and the whole story ends with one thank-you.',
      rules: [1, 5, 6],
      pains: [7],
      script: [
        well,
        ['30m', shows({ facebook: limited })],
        ['5h30m', shows({ facebook: broken })],
        ['9h30m', shows({ facebook: limited })],
        ['14h30m', shows({ facebook: fine })],
      ],
      until: '1d',
      mail: [
        ['3h2m', 'alert', 'owner', 'wait facebook'],
        ['6h17m', 'alert', 'owner', 'reconnect facebook'],
        ['15h17m', 'recovered', 'owner', 'facebook'],
      ],
    },
  ],
};
