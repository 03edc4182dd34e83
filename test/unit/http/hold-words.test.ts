import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import type { Look } from '../../../src/http/dashboard/frame.ts';
import { heldText, holdSentence, holdText, holdTitle } from '../../../src/http/dashboard/hold-words.ts';
import type { HoldView } from '../../../src/monitoring/views.ts';

const now = 20_000 * DAY_MS;
const look = { now, zone: 'UTC', base: '' } as Look;

function hold(kind: HoldView['kind'], network: string | null = null): HoldView {
  return { kind, network, condition: network === null ? null : 'token_invalid', since: now - HOUR_MS, tenants: 3 };
}

describe('A hold on the dashboard', () => {
  it.each<[HoldView, string, string, RegExp]>([
    [
      hold('command'),
      'Mail is held by command',
      'by command',
      /^Somebody held owners’ mail.* <bdi>J&lt;ane<\/bdi> began/,
    ],
    [
      hold('brake'),
      'Too much mail at once: it is held',
      'too much at once',
      /MAIL_BRAKE.*somebody releases it\. Since/,
    ],
    [hold('restored'), 'The database was restored: mail is held', 'since the database was restored', /copy/],
    [
      hold('fleet', 'facebook'),
      'Facebook fails for many tenants at once',
      'for Facebook',
      /accounts of Facebook broke/,
    ],
    [hold('fleet', '<b>'), '<b> fails for many tenants at once', 'for <b>', /accounts of &lt;b&gt; broke/],
  ])('is said by its kind: %j', (given, title, short, sentence) => {
    expect([holdTitle(given), holdText(given)]).toEqual([title, short]);
    expect(holdSentence(given, 'J<ane', look)).toMatch(sentence);
    expect(holdSentence(given, null, look)).not.toContain('began it');
    expect(holdSentence(given, null, look)).toMatch(
      /Since <time [^>]*>[^<]*<\/time> \(<time [^>]*>1 h ago<\/time>\)\./,
    );
  });

  it.each([
    ['held_by_command', /^Somebody held/],
    ['held_brake', /MAIL_BRAKE/],
    ['held_restored', /restored from a copy/],
    ['held_fleet', /a network broke at once/],
    ['problem', null],
    ['held_by_nobody', null],
  ])('is the reason of its mail: %s', (reason, words) => {
    if (words === null) expect(heldText(reason)).toBeNull();
    else expect(heldText(reason)).toMatch(words);
  });
});
