import { broken, fine, shows } from '../happenings.ts';
import type { Chapter, ExpectedMail, Step, TenantOfStory } from '../story.ts';

const well: Step = ['0s', shows({ facebook: fine })];
const breaksAt = (when: string): Step => [when, shows({ facebook: broken })];
const worksAt = (when: string): Step => [when, shows({ facebook: fine })];
const alert = (when: string): ExpectedMail => [when, 'alert', 'owner', 'reconnect facebook'];
const recovered = (when: string): ExpectedMail => [when, 'recovered', 'owner', 'facebook'];
const flapping = (when: string): ExpectedMail => [when, 'flapping', 'owner', 'facebook'];
const copied: readonly TenantOfStory[] = [{ name: 'bakery', people: ['owner', 'cc'] }];

/** Seen in one poll, and taken back by the next. */
const hiccupAt = (hour: number): readonly Step[] => [breaksAt(`${hour}h30m`), worksAt(`${hour + 1}h5m`)];
const hiccupsAt = (...hours: readonly number[]): readonly Step[] => hours.flatMap(hiccupAt);

/** Certain at 1h15m, over at 4h15m, certain at 7h15m: three turns. */
const threeTurns: readonly Step[] = [well, breaksAt('30m'), worksAt('3h30m'), breaksAt('6h30m')];
const threeTold = [alert('1h17m'), recovered('4h17m'), alert('7h17m')];

export const flappingChapter: Chapter = {
  title: 'Accounts that break and work again and again',
  stories: [
    {
      name: 'It breaks twice in a day',
      why: 'Three turns are not flapping: each is told.',
      rules: [1, 6, 7],
      pains: [12],
      script: [...threeTurns, worksAt('2d30m')],
      until: '3d',
      mail: [...threeTold, ['2d1h17m', 'recovered', 'owner', 'facebook']],
    },
    {
      name: 'It breaks and works twice in a day, and then keeps working',
      why: 'The fourth turn is told as coming and going; after six steady hours what is true is told.',
      rules: [7],
      pains: [12],
      script: [...threeTurns, worksAt('9h30m')],
      until: '3d',
      mail: [...threeTold, flapping('10h17m'), recovered('16h2m')],
    },
    {
      name: 'It goes on and on, and stays broken in the end',
      why: 'Silence while it comes and goes; six broken hours settle it, and the owner is asked to reconnect.',
      rules: [7],
      pains: [12, 13],
      script: [...threeTurns, worksAt('9h30m'), breaksAt('11h30m'), worksAt('13h30m'), breaksAt('15h30m')],
      until: '2d',
      mail: [...threeTold, flapping('10h17m'), alert('22h2m')],
    },
    {
      name: 'It goes on and on for two days',
      why: 'No reminder and no alert while nothing holds for six hours.',
      rules: [4, 7],
      pains: [12, 13],
      script: [
        ...threeTurns,
        worksAt('9h30m'),
        ...Array.from({ length: 12 }, (_, turn): Step[] => [
          breaksAt(`${12 + 4 * turn}h30m`),
          worksAt(`${14 + 4 * turn}h30m`),
        ]).flat(),
      ],
      until: '2d12h',
      mail: [...threeTold, flapping('10h17m')],
    },
    {
      name: 'It comes and goes, and an agency is copied',
      why: 'That it comes and goes is for the owner; the settled repair is for all who had an alert.',
      rules: [7],
      pains: [12, 21],
      tenants: copied,
      script: [...threeTurns, worksAt('9h30m')],
      until: '1d',
      mail: [
        ...threeTold,
        ...threeTold.map(([when, kind, , about]): ExpectedMail => [when, kind, 'cc', about]),
        flapping('10h17m'),
        recovered('16h2m'),
        ['16h2m', 'recovered', 'cc', 'facebook'],
      ],
    },
    {
      name: 'The fourth turn comes more than a day after the first',
      why: 'Only what lies within FLAP_WINDOW counts.',
      rules: [7],
      pains: [12],
      script: [...threeTurns, worksAt('1d1h30m')],
      until: '2d',
      mail: [...threeTold, recovered('1d2h17m')],
    },
    {
      name: 'FLAP_CHANGES=20',
      why: 'The operator prefers to hear every turn.',
      rules: [7],
      pains: [12],
      settings: { FLAP_CHANGES: '20' },
      script: [...threeTurns, worksAt('9h30m')],
      until: '1d',
      mail: [...threeTold, recovered('10h17m')],
    },
    {
      name: 'Six hiccups in a day',
      why: 'Suspicions that were never confirmed make no mail; the operator’s digest has a line about them.',
      rules: [1, 7],
      pains: [1, 12],
      script: [well, ...hiccupsAt(0, 2, 4, 6, 8, 10)],
      until: '2d',
      mail: [],
    },
    {
      name: 'Six hiccups, and then it breaks for good',
      why: 'After so many false suspicions it must hold for six hours before the owner is troubled.',
      rules: [7],
      pains: [1, 12],
      script: [well, ...hiccupsAt(0, 2, 4, 6, 8, 10), breaksAt('12h30m')],
      until: '1d',
      mail: [alert('19h2m')],
    },
    {
      name: 'Five hiccups, and then it breaks for good',
      why: 'Five are not six.',
      rules: [1, 7],
      pains: [4, 12],
      script: [well, ...hiccupsAt(0, 2, 4, 6, 8), breaksAt('12h30m')],
      until: '1d',
      mail: [alert('13h17m')],
    },
  ],
};
