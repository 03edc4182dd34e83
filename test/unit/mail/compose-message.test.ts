import { beforeAll, describe, expect, it } from '@jest/globals';
import { parseMailbox } from '../../../src/domain/model/email-address.ts';
import { languages } from '../../../src/domain/model/language.ts';
import type { ComposedMail, MessageContent } from '../../../src/domain/model/message-content.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { previewContent } from '../../../src/mail/preview-contents.ts';
import { operatorPreviewKinds, previewKinds } from '../../../src/monitoring/mailing/preview-kinds.ts';
import { aContact, aTenant, NOW } from '../../support/builders.ts';
import {
  aLetter,
  anAccessProblem,
  anOperatorLetter,
  aProblem,
  aRecipient,
  mailerOptions,
} from '../../support/mail-contents.ts';

let mailer: MailServer;
beforeAll(async () => {
  mailer = await createMailer(mailerOptions());
});

const compose = (given: Partial<MessageContent> = {}): ComposedMail => mailer.compose(aLetter(given));
const instagram = { network: 'instagram', displayName: '@janesbakery' };
const noProfile = aProblem({ ...instagram, action: 'choose_profile', conditions: ['no_profile'] });
const limited = aProblem({ network: 'linkedin', action: 'wait', conditions: ['rate_limited'] });

describe('the envelope', () => {
  it('is from the sender where no return path is configured', () => {
    expect(compose().envelopeFrom).toBe('alerts@linkwatch.example');
  });

  it('is from an address that names the mail where one is, but for the operator', async () => {
    const returning = await createMailer(mailerOptions({ returnPath: 'bounces@linkwatch.example' }));
    expect(returning.compose(aLetter()).envelopeFrom).toMatch(
      /^bounces\+notification-1\.[0-9a-f]{16}@linkwatch\.example$/,
    );
    expect(returning.compose(anOperatorLetter()).envelopeFrom).toBe('bounces@linkwatch.example');
    expect(returning.compose(aLetter()).headers.From).toContain('<alerts@linkwatch.example>');
  });
});

describe('the subject', () => {
  it.each<[string, Partial<MessageContent>, string]>([
    ['one to reconnect', {}, "Reconnect Facebook (Jane's Bakery) to keep posting"],
    [
      'one without a page',
      { problems: [noProfile] },
      'Choose a page or profile for Instagram (@janesbakery) to keep posting',
    ],
    ['one that waits', { problems: [limited] }, "LinkedIn (Jane's Bakery) is limiting posts for now: nothing to do"],
    ['several', { problems: [aProblem(), noProfile] }, "2 social accounts of Jane's Bakery need you"],
    [
      'several that wait',
      { problems: [limited, limited] },
      "2 social accounts of Jane's Bakery are limited for now: nothing to do",
    ],
    [
      'one that needs somebody beside one that waits',
      { problems: [limited, noProfile] },
      'Choose a page or profile for Instagram (@janesbakery) to keep posting',
    ],
    [
      'an account without a name',
      { problems: [aProblem({ displayName: null })] },
      'Reconnect Facebook (account 10223344556677889) to keep posting',
    ],
    [
      'a network nobody heard of',
      { problems: [aProblem({ network: 'blue_sky' })] },
      "Reconnect Blue sky (Jane's Bakery) to keep posting",
    ],
    ['a reminder in a thread', { kind: 'reminder', threadSubject: 'Reconnect X' }, 'Re: Reconnect X'],
    ['a reminder without one', { kind: 'reminder' }, "Reminder: Reconnect Facebook (Jane's Bakery) to keep posting"],
    [
      'a recovery in a thread',
      { kind: 'recovered', threadSubject: 'Reconnect X' },
      "Facebook (Jane's Bakery) works again",
    ],
    ['a recovery without one', { kind: 'recovered' }, "Facebook (Jane's Bakery) works again"],
    [
      'several recoveries',
      { kind: 'recovered', problems: [aProblem(), noProfile] },
      "2 social accounts of Jane's Bakery work again",
    ],
    [
      'our access lost',
      { kind: 'reauthorize', problems: [anAccessProblem()] },
      "Linkwatch needs your permission again for Jane's Bakery",
    ],
    [
      'our privileges lost',
      { kind: 'access_denied', problems: [anAccessProblem({ action: 'privileges' })] },
      "Linkwatch can no longer view the social accounts of Jane's Bakery",
    ],
    [
      'our access back',
      { kind: 'recovered', problems: [anAccessProblem()] },
      "Linkwatch can see the social accounts of Jane's Bakery again",
    ],
  ])('of %s', (_what, given, subject) => {
    expect(compose(given).subject).toBe(subject);
  });
});

describe('an alert', () => {
  it('says what is broken, since when, what stops working and what to do', () => {
    const { text, html } = compose({
      at: NOW,
      problems: [aProblem({ since: NOW - 3 * HOUR_MS })],
      recipient: aRecipient({ alsoTo: ['marc@bakery.example', 'lea@bakery.example'] }),
    });
    for (const said of [
      'Facebook no longer accepts the permission that Constant Contact has for this account.',
      'Since Thursday, January 15, 2026 at 4:00 AM Eastern Time (3 hours ago).',
      'Scheduled posts will not be published there until the account is reconnected.',
      'Sign in to Constant Contact the way you always do.',
      'marc@bakery.example and lea@bakery.example',
      'you are named as the person responsible for them',
      'Write to alerts@linkwatch.example',
    ]) {
      expect(text).toContain(said);
      expect(html).toContain(said);
    }
    expect(text).toContain("3. Reconnect Facebook as Jane's Bakery.");
    expect(text).toContain('Reconnect in Constant Contact:\nhttps://app.constantcontact.com\n');
  });

  it('has one button, whatever is broken', () => {
    const { html } = compose({ problems: [aProblem(), noProfile, limited] });
    expect(html.match(/href="https:\/\/app\.constantcontact\.com"/g)).toHaveLength(1);
  });

  it('has neither button nor steps where there is nothing to do, and says so', () => {
    const { html, text } = compose({ problems: [limited] });
    expect(html).not.toContain('app.constantcontact.com');
    expect(text).not.toContain('What to do');
    expect(text).toContain('There is nothing you need to do.');
  });

  it('lists every account with its own problem, and the shared steps once', () => {
    const { text } = compose({ problems: [aProblem(), noProfile] });
    expect(text).toContain("Facebook: Jane's Bakery");
    expect(text).toContain('Instagram: @janesbakery');
    expect(text).toContain('no page or profile has been chosen');
    expect(text.match(/Sign in to Constant Contact/g)).toHaveLength(1);
    expect(text).toContain('4. For Instagram (@janesbakery), choose');
  });

  it.each([
    ['token_missing', 'no longer has permission'],
    ['token_invalid', 'no longer accepts the permission'],
    ['scopes_missing', 'missing some of the permissions'],
  ] as const)('names %s as the cause, also beside a limit and a failed check', (condition, cause) => {
    const { text } = compose({ problems: [aProblem({ conditions: ['rate_limited', 'check_failed', condition] })] });
    expect(text).toContain(cause);
  });

  it('of the baseline says that it was found when monitoring began, and not since when', () => {
    const { text } = compose({ reason: 'found_at_baseline' });
    expect(text).toContain('found this right away');
    expect(text).toContain('Found on Thursday, January 15, 2026');
    expect(text).not.toContain('Since ');
  });

  it('tells a copied-in reader why he gets it', () => {
    const recipient = aRecipient({ contact: aContact({ role: 'cc' }) });
    expect(compose({ recipient }).text).toContain('so that you also hear of problems');
  });

  it('speaks of its account by its number when it has no name', () => {
    expect(compose({ problems: [aProblem({ displayName: null })] }).text).toContain(
      'Reconnect Facebook as account 10223344556677889.',
    );
  });
});

describe('a reminder', () => {
  const twoDays = [aProblem({ since: NOW - 2 * DAY_MS - HOUR_MS }), aProblem({ ...instagram, since: NOW - DAY_MS })];

  it('says "still", and for how long the longest has lasted', () => {
    const { text } = compose({ kind: 'reminder', reason: 'reminder_due', problems: twoDays });
    expect(text).toContain('2 of your social accounts still need you');
    expect(text).toContain('It has been 2 days');
    expect(text).not.toContain('last reminder');
  });

  it('says that it is the last when it is', () => {
    const { text } = compose({ kind: 'reminder', isLastReminder: true });
    expect(text).toContain('This is our last reminder');
  });
});

describe('a recovery', () => {
  it('is short: what works again, and for how long it did not', () => {
    const problems = [aProblem({ since: NOW - 26 * HOUR_MS, until: NOW - 2 * HOUR_MS })];
    const { text, html } = compose({ kind: 'recovered', problems });
    expect(text).toContain('Facebook works again');
    expect(text).toContain('It was down for 24 hours.');
    expect(text).not.toContain('What to do');
    expect(html).not.toContain('app.constantcontact.com');
  });
});

describe('a mail about our own access', () => {
  const mails: [string, Partial<MessageContent>][] = [
    ['reauthorize', { kind: 'reauthorize', problems: [anAccessProblem()] }],
    ['access_denied', { kind: 'access_denied', problems: [anAccessProblem({ action: 'privileges' })] }],
    ['its reminder', { kind: 'reminder', problems: [anAccessProblem()] }],
    ['its last reminder', { kind: 'reminder', isLastReminder: true, problems: [anAccessProblem()] }],
    ['its recovery', { kind: 'recovered', problems: [anAccessProblem({ until: NOW })] }],
  ];

  it.each(mails)('(%s) never says that a connection is broken', (_kind, given) => {
    const { subject, text } = compose(given);
    expect(subject + text).not.toMatch(/broken|reconnect|disconnect|does not work|works again|cannot post|published/i);
  });

  it.each([
    ['de', /verbind|funktionier|veröffentlich|defekt/i],
    ['es', /conect|funciona|publica/i],
    ['fr', /connect|fonctionn|publi/i],
    ['pt', /conect|funciona|public/i],
  ])('never says so in %s either', (locale, forbidden) => {
    const recipient = aRecipient({ tenant: aTenant({ locale }) });
    for (const [, given] of mails) {
      const { subject, text } = compose({ ...given, recipient });
      expect(subject + text.replaceAll(/http\S+/g, '')).not.toMatch(forbidden);
    }
  });

  it.each(mails.slice(0, 4))('(%s) says whom to write to, and for how long it has been so', (_kind, given) => {
    const { text } = compose(given);
    expect(text).toContain('alerts@linkwatch.example');
    expect(text).toContain('60 minutes ago');
    expect(text).not.toContain('mailto:');
  });

  it.each(mails.slice(0, 4))('(%s) has a button for what its reader can do', (kind, given) => {
    const { html } = compose(given);
    const isOwnToRenew = kind !== 'access_denied';
    expect(html.includes('/connect?token=')).toBe(isOwnToRenew);
    expect(html.includes('href="mailto:alerts@linkwatch.example"')).toBe(!isOwnToRenew);
  });

  it('sends its readers to the address for replies when there is one', async () => {
    const replying = await createMailer(
      mailerOptions({ replyTo: { name: 'Support', address: 'support@agency.example' } }),
    );
    const { text, headers } = replying.compose(aLetter({ kind: 'reauthorize', problems: [anAccessProblem()] }));
    expect(text).toContain('support@agency.example');
    expect(text).not.toContain('alerts@linkwatch.example');
    expect(headers['Reply-To']).toBe('"Support" <support@agency.example>');
  });
});

describe('the headers', () => {
  it('name the message, and are those of mail that a machine wrote', () => {
    const { messageId, headers } = compose();
    expect(messageId).toBe('<notification-1@linkwatch.example>');
    expect(headers).toMatchObject({
      From: '"Linkwatch" <alerts@linkwatch.example>',
      Date: 'Thu, 15 Jan 2026 12:00:00 +0000',
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(headers['List-Unsubscribe']).toMatch(/^<https:\/\/watch\.example\.com\/o\/[\w.-]+\/unsubscribe>$/);
    expect(headers).not.toHaveProperty('Reply-To');
  });

  it('put an alert, its reminder and its recovery under one root that was never sent', () => {
    const root = '<conversation-1.conversation@linkwatch.example>';
    for (const kind of ['alert', 'reminder', 'recovered'] as const) {
      expect(compose({ kind }).headers).toMatchObject({ References: root, 'In-Reply-To': root });
    }
    expect(compose({ conversationId: null }).headers).not.toHaveProperty('References');
  });

  it('keep the name that MAIL_FROM gives, and its domain in punycode', async () => {
    const mailFrom = parseMailbox('Bäckerei-Wacht <wacht@bäckerei.example>') ?? { name: '', address: '' };
    const named = await createMailer(mailerOptions({ mailFrom }));
    const { headers, messageId, envelopeFrom } = named.compose(aLetter());
    expect(headers.From).toBe('"Bäckerei-Wacht" <wacht@xn--bckerei-5wa.example>');
    expect(headers.References).toBe('<conversation-1.conversation@xn--bckerei-5wa.example>');
    expect(messageId).toBe('<notification-1@xn--bckerei-5wa.example>');
    expect(envelopeFrom).toBe('wacht@xn--bckerei-5wa.example');
  });
});

const previews = previewKinds.flatMap((kind) => languages.map((language) => [kind, language] as const));

describe.each(previews)('the mail %s in %s', (kind, locale) => {
  const content = previewContent(kind, { at: NOW, locale });

  it('is the same to the byte when it is written again', () => {
    expect(mailer.compose(content)).toEqual(mailer.compose(structuredClone(content)));
  });

  it('leaves no word unfilled', () => {
    const { subject, html, text } = mailer.compose(content);
    expect(subject + text + html.replaceAll(/<style[\s\S]*?<\/style>/g, '')).not.toMatch(
      /\{\w*\}|undefined|null|\[object|NaN|<%/,
    );
  });

  it('has addresses of its own in plain text, each alone on its line, and only plain spaces', () => {
    const { text } = mailer.compose(content);
    for (const url of text.match(/https?:\S*/g) ?? []) expect(text.split('\n')).toContain(url);
    expect(text).not.toMatch(/[^\S \n]/u);
    expect(text).not.toMatch(/<\/?\w+>|&\w+;/);
  });

  it('loads nothing from elsewhere', () => {
    const { html } = mailer.compose(content);
    expect(html).not.toMatch(/<(img|link|script|iframe|form)\b|@import|url\(/i);
  });

  it('says its language and its scheme to a screen reader and to a dark room', () => {
    const { html } = mailer.compose(content);
    const isOperators = (operatorPreviewKinds as readonly string[]).includes(kind);
    expect(html).toContain(`<html lang="${isOperators ? 'en' : locale}"`);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html.match(/<table(?![^>]*role="presentation")/g)).toBeNull();
  });
});

describe("a tenant's place", () => {
  it('decides the time zone and how dates are written', () => {
    const tenant = aTenant({ timezone: 'Europe/London', locale: 'en-GB' });
    const { text } = compose({
      recipient: aRecipient({ tenant }),
      problems: [aProblem({ since: NOW - 25 * MINUTE_MS })],
    });
    expect(text).toContain('15 January 2026 at 11:35 United Kingdom Time');
  });

  it('decides the language, and how its places say their dates', () => {
    const tenant = aTenant({ timezone: 'Europe/Vienna', locale: 'de-AT' });
    const recipient = aRecipient({ tenant, alsoTo: ['a@x.example', 'b@x.example'] });
    const { subject, text, html } = compose({ recipient, problems: [aProblem({ since: NOW - 3 * HOUR_MS })] });
    expect(subject).toBe("Bitte Facebook (Jane's Bakery) neu verbinden, damit Beiträge erscheinen");
    expect(text).toContain('Seit Donnerstag, 15. Jänner 2026 um 10:00, Mitteleuropäische Zeit (vor 3 Stunden).');
    expect(text).toContain("3. Verbinden Sie Facebook als Jane's Bakery neu.");
    expect(text).toContain('Diese E-Mail ging auch an a@x.example und b@x.example.');
    expect(html).toContain('<html lang="de"');
  });

  it('has the no-break spaces of French in the HTML, and plain ones in the text and the subject', () => {
    const recipient = aRecipient({ tenant: aTenant({ locale: 'fr' }) });
    const { subject, text, html } = compose({ kind: 'reminder', recipient });
    expect(subject).toBe("Rappel : Reconnectez Facebook (Jane's Bakery) pour continuer à publier");
    expect(text).toContain("Facebook : Jane's Bakery\n");
    expect(text).toContain("pour « Jane's Bakery ».");
    expect(html).toContain('pour «\u00A0Jane&#39;s Bakery\u00A0».');
  });

  it("leaves the operator's own steps as he wrote them, and says the others in its language", async () => {
    const steps = { facebook: { reconnect: ['Ask Sam about {account}.'] } };
    const advised = await createMailer(mailerOptions({ reconnectSteps: steps }));
    const recipient = aRecipient({ tenant: aTenant({ locale: 'de' }) });
    const { text } = advised.compose(aLetter({ recipient, problems: [aProblem(), noProfile] }));
    expect(text).toContain("Ask Sam about Jane's Bakery.");
    expect(text).toContain('Melden Sie sich wie gewohnt bei Constant Contact an.');
  });

  it('does not keep a mail back when its language or zone is not known', () => {
    const tenant = aTenant({ timezone: 'Mars/Olympus', locale: 'tlh-!!' });
    expect(compose({ recipient: aRecipient({ tenant }) }).text).toContain('11:00 AM UTC');
  });
});

describe('a letter about nothing', () => {
  it('is an error, not an empty mail', () => {
    expect(() => compose({ kind: 'digest' })).toThrow('must carry a report');
    expect(() => compose({ problems: [] })).toThrow('at least one problem');
    expect(() => mailer.compose(anOperatorLetter({ report: null }))).toThrow('must carry a report');
  });
});
