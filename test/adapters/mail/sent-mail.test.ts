import { domainToASCII } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ParsedMail, simpleParser } from 'mailparser';
import { parseMailbox } from '../../../src/domain/model/email-address.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { previewContent } from '../../../src/mail/preview-contents.ts';
import { previewKinds } from '../../../src/monitoring/mailing/preview-kinds.ts';
import { aBrand, NOW } from '../../support/builders.ts';
import { aLetter, aProblem, mailerOptions } from '../../support/mail-contents.ts';
import { type SmtpCatcher, startSmtpCatcher } from '../../support/smtp-catcher.ts';

const PASSWORD = 'hunter2-and-more';
const LINK_KEY = new Uint8Array(32).fill(9);

let catcher: SmtpCatcher;
let mailer: MailServer;

beforeAll(async () => {
  catcher = await startSmtpCatcher({ login: { user: 'linkwatch', password: PASSWORD } });
  mailer = await createMailer(
    mailerOptions({
      smtpUrl: urlOf(catcher),
      linkKeys: [LINK_KEY],
      replyTo: { name: '', address: 'help@agency.example' },
    }),
  );
});
afterAll(async () => {
  mailer.close();
  await catcher.close();
});

function urlOf({ smtpUrl }: SmtpCatcher): string {
  return smtpUrl.replace('//', `//linkwatch:${PASSWORD}@`);
}

async function sendAndCatch(content = aLetter()): Promise<Readonly<{ source: string; parsed: ParsedMail }>> {
  await expect(mailer.send(mailer.compose(content))).resolves.toMatchObject({ outcome: 'accepted' });
  const source = catcher.mails().at(-1)?.source ?? '';
  return { source, parsed: await simpleParser(source) };
}

function headerLines(source: string): readonly string[] {
  return source.slice(0, source.indexOf('\r\n\r\n')).split('\r\n');
}

describe('a mail as it arrives', () => {
  it('keeps List-Unsubscribe on one line, however long its link is', async () => {
    const { source } = await sendAndCatch();
    const lines = headerLines(source);
    expect(lines).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(lines).toContainEqual(
      expect.stringMatching(/^List-Unsubscribe: <https:\/\/watch\.example\.com\/o\/\S+\/unsubscribe>$/),
    );
  });

  it('is what was composed', async () => {
    const content = aLetter({ problems: [aProblem({ displayName: 'Café “Zoë” & Söhne' })] });
    const composed = mailer.compose(content);
    const { parsed } = await sendAndCatch(content);
    expect(parsed.subject).toBe(composed.subject);
    expect(parsed.text?.trim()).toBe(composed.text.trim());
    expect(parsed.html).toBe(composed.html);
    expect(parsed.messageId).toBe(composed.messageId);
    expect(parsed.date).toEqual(new Date(NOW));
    expect(parsed.from?.value).toEqual([{ name: 'Linkwatch', address: 'alerts@linkwatch.example' }]);
    expect(parsed.replyTo?.value).toEqual([{ name: '', address: 'help@agency.example' }]);
    expect(parsed.inReplyTo).toBe('<conversation-1.conversation@linkwatch.example>');
    expect(parsed.references).toBe('<conversation-1.conversation@linkwatch.example>');
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(parsed.headers.get('x-auto-response-suppress')).toBe('All');
  });

  it('has plain text before HTML, and nothing else', async () => {
    const { source, parsed } = await sendAndCatch();
    expect(parsed.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
    expect(source.indexOf('text/plain')).toBeLessThan(source.indexOf('text/html'));
    expect(parsed.attachments).toEqual([]);
  });

  it('goes to its one reader, whatever a name says', async () => {
    const problems = [aProblem({ displayName: 'Jane\r\nBcc: thief@evil.example\r\nX-Evil: 1' })];
    const { parsed } = await sendAndCatch(aLetter({ problems }));
    expect(catcher.mails().at(-1)?.to).toEqual(['jane@bakery.example']);
    expect([...parsed.headers.keys()]).not.toContain('bcc');
    expect([...parsed.headers.keys()]).not.toContain('x-evil');
  });

  it.each([
    '\u05D9\u05E2\u05DC@bakery.example',
    '\u062C\u064A\u0646@bakery.example',
    'jane@\u05DE\u05D0\u05E4\u05D9\u05D9\u05D4.example',
  ])('goes to %s and to nobody else, in whatever script it is', async (to) => {
    const mail = mailer.compose(aLetter({ to }));
    expect(mail.to).toBe(to);
    await expect(mailer.send(mail)).resolves.toMatchObject({ outcome: 'accepted' });
    const [recipient = '', ...others] = catcher.mails().at(-1)?.to ?? [];
    expect({ recipient: asciiDomain(recipient), others }).toEqual({ recipient: asciiDomain(to), others: [] });
  });

  it.each([
    'jane@bakery.example\r\nRCPT TO:<thief@evil.example>',
    'a@x.example, b@y.example',
    'Jane <j@x.example>',
    'jane',
    '',
    'jane\u200F@bakery.example',
    'jane\u200B@bakery.example',
    'jane@bak\u00ADery.example',
    '\u2068\u05D9\u05E2\u05DC@bakery.example\u2069',
    'jane\uD800@bakery.example',
  ])('is not sent at all to %j', async (to) => {
    const before = catcher.mails().length;
    const outcome = await mailer.send(mailer.compose(aLetter({ to })));
    expect(outcome).toEqual({ outcome: 'refused', response: 'Not a mail address', isAddressBad: true });
    expect(catcher.mails()).toHaveLength(before);
  });

  it.each(previewKinds)('(%s) holds no secret', async (kind) => {
    const { source, parsed } = await sendAndCatch(previewContent(kind, { at: NOW }));
    const seen = [source, parsed.text, parsed.html, parsed.subject].join('\n');
    for (const secret of [PASSWORD, Buffer.from(LINK_KEY).toString('base64'), Buffer.from(LINK_KEY).toString('hex')]) {
      expect(seen).not.toContain(secret);
    }
  });

  it.each([
    ['Acme (Support) <a@b.example>', 'Acme (Support)'],
    ['"O\\"Brien \\\\ Sons" <a@b.example>', 'O"Brien \\ Sons'],
    ['Acme, Inc.; Support: a@b <a@b.example>', 'Acme, Inc.; Support: a@b'],
    ['"B\u00e4cker <Fr\u00fch>" <a@b.example>', 'B\u00e4cker <Fr\u00fch>'],
    ["O'Brien <a@b.example>", "O'Brien"],
    ['a@b.example', 'Linkwatch'],
  ])('comes from MAIL_FROM=%s', async (text, name) => {
    const mailFrom = parseMailbox(text) ?? { name: 'cannot be read', address: '' };
    const named = await createMailer(mailerOptions({ smtpUrl: urlOf(catcher), mailFrom, replyTo: mailFrom }));
    await expect(named.send(named.compose(aLetter()))).resolves.toMatchObject({ outcome: 'accepted' });
    named.close();
    const { from, replyTo } = await simpleParser(catcher.mails().at(-1)?.source ?? '');
    expect(from?.value).toEqual([{ name, address: 'a@b.example' }]);
    expect(replyTo?.value).toEqual([{ name: mailFrom.name, address: 'a@b.example' }]);
  });

  it('has nothing beyond ASCII in its headers and envelope when the domain of its sender has', async () => {
    const mailFrom = parseMailbox('B\u00fccher <wacht@b\u00fccher.example>') ?? { name: '', address: '' };
    const abroad = await createMailer(mailerOptions({ smtpUrl: urlOf(catcher), mailFrom, replyTo: mailFrom }));
    await expect(abroad.send(abroad.compose(aLetter()))).resolves.toMatchObject({ outcome: 'accepted' });
    abroad.close();
    const { source = '' } = catcher.mails().at(-1) ?? {};
    const headers = headerLines(source).join('\n');
    expect(headers).toMatch(/^[\p{ASCII}]*$/u);
    for (const name of ['From', 'Reply-To', 'Message-ID', 'References', 'In-Reply-To', 'List-ID']) {
      expect(headers).toMatch(new RegExp(`^${name}: .*xn--bcher-kva\\.example`, 'm'));
    }
    expect(abroad.compose(aLetter()).envelopeFrom).toBe('wacht@xn--bcher-kva.example');
  });

  it('names its list, in whatever letters, and keeps its identifier readable', async () => {
    const brand = aBrand({ name: 'Bäckerei „Zwölf“' });
    const branded = await createMailer(mailerOptions({ smtpUrl: urlOf(catcher), brand }));
    await expect(branded.send(branded.compose(aLetter()))).resolves.toMatchObject({ outcome: 'accepted' });
    branded.close();
    const { source = '' } = catcher.mails().at(-1) ?? {};
    expect(headerLines(source).join('\n')).toMatch(
      /^List-ID: =\?UTF-8\?B\?[\w+/=]+\?= <social-accounts\.linkwatch\.example>$/m,
    );
    const { from } = await simpleParser(source);
    expect(from?.value).toEqual([{ name: 'Bäckerei „Zwölf“', address: 'alerts@linkwatch.example' }]);
  });

  it('is the same message when it is sent again', async () => {
    const first = await sendAndCatch();
    const second = await sendAndCatch();
    expect(second.parsed.messageId).toBe(first.parsed.messageId);
    expect(second.parsed.html).toBe(first.parsed.html);
    expect(second.parsed.date).toEqual(first.parsed.date);
  });
});

/** nodemailer writes a domain beyond ASCII in punycode. */
function asciiDomain(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
}
