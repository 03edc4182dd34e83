import { beforeAll, describe, expect, it } from '@jest/globals';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { aTenant } from '../../support/builders.ts';
import { aLetter, aProblem, aRecipient, mailerOptions } from '../../support/mail-contents.ts';

let mailer: MailServer;
beforeAll(async () => {
  mailer = await createMailer(mailerOptions());
});

const kinds = ['alert', 'reminder', 'recovered'] as const;

function named(name: string, kind: (typeof kinds)[number] = 'alert') {
  const recipient = aRecipient({ tenant: aTenant({ name }), alsoTo: [`${name}@evil.example`] });
  const problems = [aProblem({ displayName: name, network: name, accountId: name })];
  return mailer.compose(aLetter({ kind, recipient, problems, to: `jane@bakery.example${name}` }));
}

const hostile = [
  ['a script', '<script>alert(1)</script>'],
  ['the end of an attribute', '"><img src=x onerror=alert(1)>'],
  ['a template tag', '<%= process.env.ENCRYPTION_KEY %>'],
  ['a conditional comment', '--><!--[if mso]><b>'],
  ['a placeholder', '{tenant}{network}'],
  ['a further header', 'Jane\r\nBcc: thief@evil.example\r\n\r\n<b>hello'],
  ['the reversal of what follows', 'Jane \u202Etxet'],
  ['three hundred letters', 'W'.repeat(300)],
  ['emoji', '👩‍👩‍👧‍👦🥐'.repeat(40)],
  ['Arabic', 'مخبز جين (فيسبوك)'],
] as const;

describe.each(kinds)('in the mail %s', (kind) => {
  it.each(hostile)('a name with %s stays a name', (_what, name) => {
    const { html, subject, text, to, headers } = named(name, kind);
    expect(html).not.toMatch(/<script|<img|<b>|<%/i);
    expect(subject).not.toMatch(/[\p{Cc}\u202A-\u202E]/u);
    expect(text).not.toMatch(/^Bcc:/m);
    expect(to).not.toMatch(/\p{Cc}/u);
    expect(Object.values(headers).join()).not.toMatch(/[\p{Cc}]/u);
    expect(Array.from(subject).length).toBeLessThan(kind === 'alert' ? 900 : 950);
  });
});

describe('a link in a name', () => {
  const LINKED = /[a-z]:\/\/evil|[\p{L}\p{N}]\.[\p{L}\p{N}]*(evil|example)/iu;

  it.each([
    'https://evil.example/login',
    'www.evil.example',
    'Jane (evil.example)',
    'jane@evil.example',
    'mailto:a@evil.example',
  ])('%s is none in the subject, the text or the HTML', (name) => {
    const recipient = aRecipient({ tenant: aTenant({ name }) });
    for (const problem of [{ displayName: name }, { displayName: null, accountId: name }, { network: name }]) {
      for (const kind of kinds) {
        const { subject, text, html } = mailer.compose(aLetter({ kind, recipient, problems: [aProblem(problem)] }));
        for (const shown of [subject, text, html]) {
          expect(shown.replaceAll(/(watch|linkwatch|bakery)\.example/g, '')).not.toMatch(LINKED);
        }
      }
    }
  });
});

describe('a name', () => {
  it('stands in the HTML as it is written', () => {
    expect(named('<b>Jane</b> & "Co"').html).toContain('&lt;b&gt;Jane&lt;/b&gt; &amp; &quot;Co&quot;');
  });

  it('stands in the plain text as it is written', () => {
    expect(named('<b>Jane</b> & "Co"').text).toContain('<b>Jane</b> & "Co"');
  });

  it('of 300 letters is cut, in the subject too', () => {
    expect(named('W'.repeat(300)).subject.length).toBeLessThan(200);
  });

  it('of emoji is cut between two of them', () => {
    const { subject } = named('👩‍👩‍👧‍👦'.repeat(100));
    expect(subject).toContain(`${'👩‍👩‍👧‍👦'.repeat(69)}…`);
  });

  it('from right to left does not reorder the subject around it', () => {
    expect(named('مخبز جين').subject).toContain('(\u2068مخبز جين\u2069)');
  });

  it('that is missing is replaced by the account number', () => {
    const problems = [aProblem({ displayName: ' \u200B ', accountId: '42' })];
    expect(mailer.compose(aLetter({ problems })).subject).toBe('Reconnect Facebook (account 42) to keep posting');
  });
});
