import { authorisedAgain, broken, fails, failsOnce, fine, shows } from '../happenings.ts';
import type { Chapter, ExpectedMail, Step } from '../story.ts';

const well: Step = ['0s', shows({ facebook: fine })];
const breaks: Step = ['30m', shows({ facebook: broken })];
const told: ExpectedMail = ['1h17m', 'alert', 'owner', 'reconnect facebook'];
const askedForGrant: ExpectedMail = ['1h2m', 'reauthorize', 'owner', 'reauthorize our access'];

const numbered = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
const imported = numbered('imported', 12);
const known = numbered('known', 4);

export const ourAccess: Chapter = {
  title: 'Our access to the account',
  stories: [
    {
      name: 'Jane withdraws our permission, and gives it again three days later',
      why: 'A dead grant is certain at once; the owner alone is asked, reminded, and thanked. Facebook is not mentioned.',
      rules: [4, 6],
      pains: [1, 4, 8],
      tenants: [{ name: 'bakery', people: ['owner', 'cc'] }],
      script: [well, ['30m', fails('invalid_grant')], ['3d', authorisedAgain({ facebook: fine })]],
      until: '9d',
      mail: [
        askedForGrant,
        ['2d1h2m', 'reminder', 'owner', 'reauthorize our access'],
        ['3d17m', 'recovered', 'owner', 'our access'],
      ],
    },
    {
      name: 'One request is answered with 401',
      why: 'A new access token helps, so there is nothing to tell.',
      rules: [1],
      pains: [1, 8],
      whole: true,
      script: [well, ['30m', failsOnce('unauthorized')]],
      until: '1d',
      mail: [],
    },
    {
      name: 'A whole poll is answered with 401, the next one is fine',
      why: 'A 401 needs a second poll, as everything does that may be a hiccup.',
      rules: [1],
      pains: [1, 8],
      whole: true,
      script: [well, ['30m', fails('unauthorized')], ['1h5m', shows({ facebook: fine })]],
      until: '1d',
      mail: [],
    },
    {
      name: 'Every poll is answered with 401',
      why: 'Then the permission is gone, whatever the token endpoint says.',
      rules: [1],
      pains: [4, 8],
      whole: true,
      script: [well, ['30m', fails('unauthorized')]],
      until: '1d',
      mail: [['1h17m', 'reauthorize', 'owner', 'reauthorize our access']],
    },
    {
      name: 'Jane’s user loses a privilege: 403',
      why: 'Something else must be changed than with a dead grant, and the mail says which.',
      rules: [1, 6],
      pains: [4],
      whole: true,
      script: [well, ['30m', fails('forbidden')], ['5h50m', shows({ facebook: fine })]],
      until: '1d',
      mail: [
        ['1h17m', 'access_denied', 'owner', 'privileges our access'],
        ['6h17m', 'recovered', 'owner', 'our access'],
      ],
    },
    {
      name: 'First a privilege is missing, then the grant is dead',
      why: 'Worse, and another instruction.',
      rules: [5],
      pains: [4],
      whole: true,
      script: [well, ['30m', fails('forbidden')], ['1d30m', fails('invalid_grant')]],
      until: '2d',
      mail: [
        ['1h17m', 'access_denied', 'owner', 'privileges our access'],
        ['1d1h2m', 'reauthorize', 'owner', 'reauthorize our access'],
      ],
    },
    {
      name: 'The account is added with a token that never worked',
      why: 'Jane has never given us anything that could be lost: the operator has made a mistake, and hears of it once.',
      rules: [1],
      pains: [1, 8],
      script: [
        ['0s', fails('invalid_grant')],
        ['3d', authorisedAgain({ facebook: fine })],
      ],
      until: '9d',
      mail: [['2m', 'operator', 'operator', 'never_worked']],
    },
    {
      name: 'A new account is refused with 403 from the first poll on',
      why: 'The same; and once a poll was good, a privilege that is lost is Jane’s to give back.',
      rules: [1, 6],
      pains: [1, 4],
      script: [
        ['0s', fails('forbidden')],
        ['5h50m', shows({ facebook: fine })],
        ['8h30m', fails('forbidden')],
      ],
      until: '1d',
      mail: [
        ['17m', 'operator', 'operator', 'never_worked'],
        ['9h17m', 'access_denied', 'owner', 'privileges our access'],
      ],
    },
    {
      name: 'Twelve accounts are imported with dead tokens, beside four that work',
      why: 'One mail names them; they say nothing of the fleet, so a real loss beside them is told as ever.',
      rules: [8],
      pains: [1, 3, 4],
      tenants: [...imported, ...known].map((name) => ({ name })),
      script: [
        ['0s', shows({ facebook: fine }), ...known],
        ['0s', fails('invalid_grant'), ...imported],
        ['30m', fails('invalid_grant'), 'known-1'],
      ],
      until: '1d',
      mail: [
        ['2m', 'operator', 'operator', 'never_worked'],
        ['1h2m', 'reauthorize', 'owner@known-1', 'reauthorize our access'],
      ],
    },
    {
      name: 'Facebook is broken, and then we lose our access',
      why: 'Two layers, two mails; nobody is reminded of a Facebook that nobody can see.',
      rules: [2, 4],
      pains: [11, 13],
      whole: true,
      script: [well, breaks, ['12h30m', fails('invalid_grant')]],
      until: '4d',
      mail: [
        told,
        ['13h2m', 'reauthorize', 'owner', 'reauthorize our access'],
        // Two days later it is night in New York.
        ['3d', 'reminder', 'owner', 'reauthorize our access'],
      ],
    },
    {
      name: 'Facebook breaks while we have no access',
      why: 'What nobody saw is told as soon as it is seen twice.',
      rules: [1],
      pains: [4, 11],
      whole: true,
      script: [well, ['30m', fails('invalid_grant')], ['1d', authorisedAgain({ facebook: broken })]],
      until: '2d',
      mail: [
        askedForGrant,
        ['1d18m', 'recovered', 'owner', 'our access'],
        ['1d18m', 'alert', 'owner', 'reconnect facebook'],
      ],
    },
    {
      name: 'Facebook is broken and is repaired while we have no access',
      why: 'Both ends are told, each as what it is.',
      rules: [6],
      pains: [9, 15],
      script: [well, breaks, ['12h30m', fails('invalid_grant')], ['1d', authorisedAgain({ facebook: fine })]],
      until: '2d',
      mail: [
        told,
        ['13h2m', 'reauthorize', 'owner', 'reauthorize our access'],
        ['1d18m', 'recovered', 'owner', 'our access'],
        ['1d18m', 'recovered', 'owner', 'facebook'],
      ],
    },
    {
      name: 'Jane gives the permission again at once',
      why: 'The mail that waits for its group is not sent when it is no longer true.',
      rules: [2],
      pains: [9],
      settings: { GROUP_WAIT: '30m' },
      script: [well, ['30m', fails('invalid_grant')], ['1h5m', authorisedAgain({ facebook: fine })]],
      until: '1d',
      mail: [],
    },
  ],
};
