import { describe, it } from '@jest/globals';
import { cc, owner } from '../../support/domain-contacts.ts';
import {
  authorisedAgain,
  broken,
  contactBecomes,
  fine,
  mailServerWill,
  profileless,
  shows,
  tenantBecomes,
} from '../../support/domain-happenings.ts';
import type { Script } from '../../support/domain-story.ts';
import { check, facebookBreaks, facebookTold, type Row, well } from '../../support/domain-story-table.ts';

describe('mail that does not arrive', () => {
  const down = (until: string): Script => [
    well,
    ['10m', mailServerWill('defer')],
    ['30m', shows({ facebook: broken })],
    [until, mailServerWill('accept')],
  ];
  it.each<Row>([
    [
      'the server is down for a day',
      { script: down('1d'), until: '2d' },
      ['1d20m30s first_alert to owner: reconnect facebook'],
    ],
    ['for longer than MAIL_RETRY_FOR', { script: down('4d'), until: '30d' }, []],
    [
      'it was repaired in the meantime: neither alert nor thanks',
      {
        script: [...down('12h').slice(0, 3), ['12h', shows({ facebook: fine })], ['1d', mailServerWill('accept')]],
        until: '2d',
      },
      [],
    ],
    [
      'we crash right after it was accepted: the mail is repeated',
      { script: [...facebookBreaks, ['1h', mailServerWill('accept_but_we_crash')]], until: '1d' },
      [facebookTold, '1h17m30s first_alert to owner: reconnect facebook'],
    ],
    [
      'we crash before: it is sent after all',
      { script: [...facebookBreaks, ['1h', mailServerWill('hear_nothing_as_we_crash')]], until: '1d' },
      ['1h17m30s first_alert to owner: reconnect facebook'],
    ],
    [
      'the address is refused twice: no third try, and the cc hears alone',
      {
        contacts: [owner, cc],
        script: [
          ['0s', shows({ facebook: fine, instagram: fine, linkedin: fine })],
          ['10m', mailServerWill('know_no_such_address', 'owner')],
          ['30m', shows({ facebook: broken, instagram: fine, linkedin: fine })],
          ['2h30m', shows({ facebook: broken, instagram: broken, linkedin: fine })],
          ['4h', mailServerWill('accept')],
          ['4h30m', shows({ facebook: broken, instagram: broken, linkedin: broken })],
        ],
        until: '1d',
      },
      [
        '1h17m first_alert to cc: reconnect facebook',
        '3h17m first_alert to cc: reconnect instagram',
        '5h17m first_alert to cc: reconnect linkedin',
      ],
    ],
    [
      'an owner who misses an alert and then a worse one is told the worse one alone',
      {
        contacts: [owner, cc],
        script: [
          well,
          ['10m', mailServerWill('defer', 'owner')],
          ['30m', shows({ facebook: profileless })],
          ['5h30m', shows({ facebook: broken })],
          ['12h', mailServerWill('accept')],
        ],
        until: '1d',
      },
      [
        '1h17m first_alert to cc: choose_profile facebook',
        '6h17m worse_action to cc: reconnect facebook',
        '12h20m30s first_alert to owner: reconnect facebook',
      ],
    ],
    [
      'a mail that was told nowhere is not thanked for',
      {
        script: [...facebookBreaks, ['1h', mailServerWill('refuse')], ['1d', shows({ facebook: fine })]],
        until: '2d',
      },
      [],
    ],
    [
      'thanks that come too late, as it is broken again, are not sent',
      {
        script: [
          ...facebookBreaks,
          ['5h', mailServerWill('defer')],
          ['6h', shows({ facebook: fine })],
          ['9h', shows({ facebook: broken })],
          ['1d', mailServerWill('accept')],
        ],
        until: '2d',
      },
      [facebookTold, '1d20m30s first_alert to owner: reconnect facebook'],
    ],
    [
      'an owner who unsubscribed is left alone',
      { script: [...facebookBreaks, ['1h16m', contactBecomes('owner', { state: 'unsubscribed' })]], until: '30d' },
      [],
    ],
    [
      'a paused tenant is left alone, and told when it is resumed',
      {
        script: [
          ...facebookBreaks,
          ['1h16m', tenantBecomes({ state: 'paused', nextPollAt: null })],
          ['1d', authorisedAgain()],
        ],
        until: '1d1h',
      },
      ['1d first_alert to owner: reconnect facebook'],
    ],
  ])('%s', check);
});
