import { broken, fine, hidesPages, shows, showsPages, unansweredButValid } from '../happenings.ts';
import type { Chapter, Step } from '../story.ts';

const bakery = "Jane's Bakery";
const catering = "Jane's Catering";

const well: Step = ['0s', shows({ facebook: fine })];
const allReachable: Step = ['0s', showsPages({ facebook: { accessible: [bakery, catering] } })];
const breaks: Step = ['30m', shows({ facebook: broken })];

export const pages: Chapter = {
  title: 'What the pages of a connection say',
  stories: [
    {
      name: 'Jane loses her role on one page, while the connection looks well',
      why: 'Posts to that page fail, and no status says so: the daily look finds it, a second look confirms it, and each poll asks for it until it is back.',
      rules: [1, 6],
      pains: [10],
      whole: true,
      script: [
        well,
        allReachable,
        ['30m', showsPages({ facebook: { accessible: [bakery], unreachable: [catering] } })],
        ['1d4h30m', showsPages({ facebook: { accessible: [bakery, catering] } })],
      ],
      until: '2d',
      mail: [
        ['1d17m', 'alert', 'owner', 'choose_profile facebook'],
        ['1d5h17m', 'recovered', 'owner', 'facebook'],
      ],
    },
    {
      name: 'A page is out of reach for a moment, just when it is looked at',
      why: 'One look is a suspicion; the second one, RECHECK_AFTER later, does not confirm it.',
      rules: [1],
      pains: [1, 2],
      script: [
        well,
        allReachable,
        ['23h50m', showsPages({ facebook: { accessible: [bakery], unreachable: [catering] } })],
        ['1d10m', showsPages({ facebook: { accessible: [bakery, catering] } })],
      ],
      until: '2d',
      mail: [],
    },
    {
      name: 'The network takes back its word on a token while all pages can be posted to',
      why: 'Two witnesses disagree, so a third poll is waited for, and that one shows that the token lives.',
      rules: [1],
      pains: [1, 2],
      script: [well, allReachable, breaks, ['1h20m', shows({ facebook: fine })]],
      until: '1d',
      mail: [],
    },
    {
      name: 'A token is dead although the pages are said to be accessible',
      why: 'What says otherwise puts the alert off by one poll, and by no more.',
      rules: [1],
      pains: [4],
      whole: true,
      script: [well, allReachable, breaks],
      until: '1d',
      mail: [['1h32m', 'alert', 'owner', 'reconnect facebook']],
    },
    {
      name: 'Nothing is said of the pages of a dead token',
      why: 'The second witness is a help and never a condition: without it everything is as it was.',
      rules: [1],
      pains: [4],
      whole: true,
      script: [well, ['0s', hidesPages('forbidden')], breaks],
      until: '1d',
      mail: [['1h17m', 'alert', 'owner', 'reconnect facebook']],
    },
    {
      name: 'Jane reconnects, and does not tick one of her pages',
      why: 'The connection works again, but not all of it: what she has to do now is another thing than what she did.',
      rules: [5],
      pains: [9, 10],
      whole: true,
      script: [
        well,
        ['30m', shows({ facebook: broken })],
        ['30m', showsPages({ facebook: { unreachable: [bakery, catering] } })],
        ['4h30m', shows({ facebook: fine })],
        ['4h30m', showsPages({ facebook: { accessible: [bakery], unreachable: [catering] } })],
        ['8h30m', showsPages({ facebook: { accessible: [bakery, catering] } })],
      ],
      until: '1d',
      mail: [
        ['1h17m', 'alert', 'owner', 'reconnect facebook'],
        ['5h32m', 'alert', 'owner', 'choose_profile facebook'],
        ['9h17m', 'recovered', 'owner', 'facebook'],
      ],
    },
    {
      name: 'The lost page is taken off the account',
      why: 'Nobody posts to a page that is no longer listed, so nothing is wrong any more.',
      rules: [6],
      pains: [10],
      script: [
        well,
        allReachable,
        ['30m', showsPages({ facebook: { accessible: [bakery], unreachable: [catering] } })],
        ['1d4h30m', showsPages({ facebook: { accessible: [bakery] } })],
      ],
      until: '2d',
      mail: [
        ['1d17m', 'alert', 'owner', 'choose_profile facebook'],
        ['1d5h17m', 'recovered', 'owner', 'facebook'],
      ],
    },
    {
      name: 'Facebook answers one probe with 504 while a page is lost, and then the second witness falls silent',
      why: 'A look at a bad moment takes back nothing that is known of the page: it is lost until a look shows that it is not.',
      rules: [1, 6],
      pains: [2, 10],
      script: [
        well,
        allReachable,
        ['30m', showsPages({ facebook: { accessible: [bakery], unreachable: [catering] } })],
        ['1d1h30m', shows({ facebook: unansweredButValid })],
        ['1d2h30m', shows({ facebook: fine })],
        ['1d2h30m', hidesPages('server')],
        ['1d6h30m', showsPages({ facebook: { accessible: [bakery, catering] } })],
      ],
      until: '2d',
      mail: [
        ['1d17m', 'alert', 'owner', 'choose_profile facebook'],
        ['1d7h17m', 'recovered', 'owner', 'facebook'],
      ],
    },
    {
      name: 'The second witness falls silent after a page was lost',
      why: 'For two days its word still counts. After that nobody knows how the page is, and what nobody knows is neither a repair nor a reason to remind.',
      rules: [4, 6],
      pains: [2],
      script: [
        well,
        allReachable,
        ['30m', showsPages({ facebook: { accessible: [bakery], unreachable: [catering] } })],
        ['1d4h30m', hidesPages('server')],
      ],
      until: '5d',
      mail: [
        ['1d17m', 'alert', 'owner', 'choose_profile facebook'],
        ['3d17m', 'reminder', 'owner', 'choose_profile facebook'],
      ],
    },
  ],
};
