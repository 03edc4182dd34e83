import { describe, expect, it } from '@jest/globals';
import { type Language, languages } from '../../../src/domain/model/language.ts';
import { failureOf, type PollFailureKind } from '../../../src/domain/model/poll.ts';
import {
  type ConnectVoice,
  outcomePage,
  refusalPage,
  startPage,
  voiceToInvited,
} from '../../../src/http/connect/connect-words.ts';
import type { ConnectOutcome, FirstLook } from '../../../src/monitoring/application.ts';
import { connectEn } from '../../../src/words/messages/connect/en.ts';
import type { MessageKey } from '../../../src/words/words.ts';
import { aBrand, aContact, aTenant } from '../../support/builders.ts';

const house = { brand: aBrand(), helpAddress: 'help@x.example' };

const looks: readonly FirstLook[] = [
  { poll: 'good', connections: 1, broken: 0 },
  { poll: 'good', connections: 3, broken: 1 },
  { poll: 'failed', failure: failureOf('server', 'details that no owner needs') },
  { poll: 'none' },
];

const asked = { outcome: 'asks', question: 'q', expected: { id: 't', name: 'Mill' } } as const;

const outcomes: readonly ConnectOutcome[] = [
  ...looks.map(
    (look): ConnectOutcome => ({
      outcome: 'connected',
      tenant: { id: 't', name: 'Mill' },
      givenName: 'Mill',
      isNew: false,
      isAccountRead: true,
      look,
    }),
  ),
  { ...asked, found: { name: 'Garage', contactEmail: 'g@garage.example' }, isAnotherTenants: true },
  { ...asked, found: { name: null, contactEmail: null }, isAnotherTenants: false },
  { outcome: 'scopes_missing', scopes: ['campaign_data'] },
  { outcome: 'unnamed' },
  ...(['denied', 'forged', 'expired', 'link_used', 'gone', 'nothing_changed', 'stopped'] as const).map((outcome) => ({
    outcome,
  })),
  { outcome: 'failed', failure: failureOf('server', 'details that no owner needs') },
];

/** The words of the mail are those of its view, which test/unit/mail/invitation.test.ts looks at. */
const inMail = /^(subject\.|invitation\.(heading|how|button|closing|why)|access\.)/;

function everythingSaid(locale: Language) {
  const keys = new Set<MessageKey>();
  const texts: string[] = [];
  const invitation = { isUsed: false, tenant: aTenant({ locale }), contact: aContact() };
  const own = voiceToInvited(invitation, house);
  const voice: ConnectVoice = {
    ...own,
    say: (key, values) => {
      keys.add(key);
      const text = own.say(key, values);
      texts.push(text);
      return text;
    },
  };
  startPage(voice);
  for (const kind of ['expired', 'nowhere', 'used', 'stale'] as const) refusalPage(kind, voice);
  const pages = outcomes.map((outcome) => outcomePage(outcome, voice));
  voice.say('connect.button');
  voice.say('connect.again');
  voice.say('connect.asks.take', { found: 'Garage' });
  voice.say('connect.asks.again');
  return { keys, texts, pages };
}

describe('the words with which an account is connected', () => {
  it('are all used', () => {
    const { keys } = everythingSaid('en');
    const unused = Object.keys(connectEn).filter((key) => !keys.has(key as MessageKey) && !inMail.test(key));
    expect(unused).toEqual([]);
  });

  it.each(languages)('in %s leave no gap to be filled in, and tell no owner of details', (language) => {
    const { texts, pages } = everythingSaid(language);
    for (const text of texts) expect(text).not.toMatch(/\{\w+\}/);
    expect(JSON.stringify(pages)).not.toContain('details that no owner needs');
  });

  it.each<[PollFailureKind, string, number]>([
    ['server', 'Constant Contact did not answer as expected', 502],
    ['timeout', 'Constant Contact did not answer as expected', 502],
    ['invalid_client', 'it is not your doing', 500],
    ['quota_exceeded', 'it is not your doing', 500],
    ['invalid_grant', 'the page was open for too long', 403],
  ])('say of a failure what has happened: %s', (kind, says, status) => {
    const voice = voiceToInvited({ isUsed: false, tenant: aTenant(), contact: aContact() }, house);
    const { heading, lines, ...page } = outcomePage({ outcome: 'failed', failure: failureOf(kind, '') }, voice);
    expect([heading, ...lines].join(' ')).toContain(says);
    expect(page).toMatchObject({ status, ways: ['again'] });
  });

  it('call a tenant by no address', () => {
    const unnamed = { isUsed: false, contact: aContact(), tenant: { ...aTenant(), name: null } };
    const voice = voiceToInvited(unnamed, house);
    expect(startPage(voice).heading).toContain('your account');
    const connected: ConnectOutcome = {
      outcome: 'connected',
      isNew: false,
      isAccountRead: true,
      look: { poll: 'none' },
      tenant: { id: 't', name: 'jane@bakery.example' },
      givenName: null,
    };
    const said = JSON.stringify(outcomePage(connected, voice));
    expect(said).toContain('your account');
    expect(said).not.toContain('jane@');
  });
});
