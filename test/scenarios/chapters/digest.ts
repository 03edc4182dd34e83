import {
  broken,
  fails,
  fine,
  mailServerWill,
  shows,
  snoozed,
  unansweredButValid,
  unsubscribes,
} from '../happenings.ts';
import type { Chapter, ExpectedMail, Step, TenantOfStory } from '../story.ts';

const settings = { DIGEST_AT: '08:00', REMIND_AFTER: 'off' };
const well: Step = ['0s', shows({ facebook: fine })];
const breaks: Step = ['30m', shows({ facebook: broken })];
const told: ExpectedMail = ['1h17m', 'alert', 'owner', 'reconnect facebook'];
const four: readonly TenantOfStory[] = ['bakery', 'florist', 'garage', 'hotel'].map((name) => ({ name }));
/** The story begins at 14:00 UTC, so 08:00 comes 18 hours later. */
const digest = (when: string, about: string): ExpectedMail => [when, 'digest', 'operator', about];

/** What a digest is about are the sections that have a line. */
export const digestChapter: Chapter = {
  title: 'The operator’s digest',
  stories: [
    {
      name: 'Nothing is wrong for a week',
      why: 'A digest without a line is not sent.',
      rules: [5],
      pains: [1],
      settings,
      script: [well],
      until: '7d',
      mail: [],
    },
    {
      name: 'Jane has not reacted for three days',
      why: 'Certain for longer than ESCALATE_AFTER, it is in each morning’s digest.',
      rules: [5],
      pains: [4, 13],
      settings,
      script: [well, breaks],
      until: '4d20h',
      mail: [told, digest('3d18h', 'stillBroken'), digest('4d18h', 'stillBroken')],
    },
    {
      name: 'Jane repairs it on the third day',
      why: 'What is over by morning is not in the digest.',
      rules: [5, 6],
      pains: [13],
      settings,
      script: [well, breaks, ['3d5h30m', shows({ facebook: fine })]],
      until: '4d20h',
      mail: [told, ['3d6h17m', 'recovered', 'owner', 'facebook']],
    },
    {
      name: 'It is snoozed, and still broken after three days',
      why: 'A snooze silences reminders to the owner, not the truth to the operator.',
      rules: [5, 10],
      pains: [14],
      settings,
      script: [well, breaks, ['5h', snoozed('30d')]],
      until: '3d20h',
      mail: [told, digest('3d18h', 'stillBroken')],
    },
    {
      name: 'Access is lost overnight',
      why: 'The owner is asked at once, the operator sees it in the morning.',
      rules: [5],
      pains: [4],
      settings,
      tenants: four,
      script: [well, ['30m', fails('invalid_grant'), 'bakery']],
      until: '20h',
      mail: [['1h2m', 'reauthorize', 'owner@bakery', 'reauthorize our access'], digest('18h', 'accessLost')],
    },
    {
      name: 'The polls of one account fail for more than a day',
      why: 'No outage explains it, no owner can help it: a line for the operator.',
      rules: [5],
      pains: [1, 11],
      settings,
      tenants: four,
      script: [well, ['30m', fails('server'), 'hotel']],
      until: '1d20h',
      mail: [digest('1d18h', 'failing')],
    },
    {
      name: 'A network has not answered the check for more than a day',
      why: 'The token was last seen good, so the owner is left alone.',
      rules: [5],
      pains: [1, 11],
      settings,
      script: [well, ['30m', shows({ facebook: unansweredButValid })]],
      until: '1d20h',
      mail: [digest('1d18h', 'checksFailing')],
    },
    {
      name: 'Six hiccups, and a digest in the morning',
      why: 'Suspected again and again without being broken: a line, and no mail to the owner.',
      rules: [7],
      pains: [1, 12],
      settings,
      script: [
        well,
        ...[0, 2, 4, 6, 8, 10].flatMap((hour): Step[] => [
          [`${hour}h30m`, shows({ facebook: broken })],
          [`${hour + 1}h5m`, shows({ facebook: fine })],
        ]),
      ],
      until: '20h',
      mail: [digest('18h', 'unsettled')],
    },
    {
      name: 'The mail to Jane was refused as spam',
      why: 'A mail that failed for good is not hidden from the operator.',
      rules: [11],
      pains: [6, 24],
      settings,
      script: [well, ['10m', mailServerWill('refuse the mail', 'owner')], breaks],
      until: '20h',
      mail: [digest('18h', 'mailFailed')],
    },
    {
      name: 'The agency has unsubscribed',
      why: 'That was its choice, and the owner still hears: nothing for the operator to do.',
      rules: [10],
      pains: [16],
      settings,
      tenants: [{ name: 'bakery', people: ['owner', 'cc'] }],
      script: [well, ['2h', unsubscribes('cc')]],
      until: '20h',
      mail: [],
    },
    {
      name: 'The only owner has unsubscribed',
      why: 'Told once when it happens, and in each morning’s digest while nobody can be reached.',
      rules: [10],
      pains: [16],
      settings,
      script: [well, ['2h', unsubscribes('owner')]],
      until: '20h',
      mail: [['2h', 'operator', 'operator', 'recipient_gone'], digest('18h', 'unreachable')],
    },
  ],
};
