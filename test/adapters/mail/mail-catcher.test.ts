import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import type { CaughtMail } from '../../../src/sandbox/caught-mail.ts';
import { type MailCatcher, startMailCatcher } from '../../../src/sandbox/mail-catcher.ts';
import { aLetter, aProblem, mailerOptions } from '../../support/mail-contents.ts';

let catcher: MailCatcher;
let mailer: MailServer;
const seen: CaughtMail[] = [];
const operators = new Set<string>();

beforeAll(async () => {
  catcher = await startMailCatcher({
    onMail: (mail) => seen.push(mail),
    readerOf: ({ to }) => (to.some((address) => operators.has(address)) ? 'operator' : 'owner'),
  });
  mailer = await createMailer(mailerOptions({ smtpUrl: catcher.smtpUrl }));
});
afterAll(async () => {
  mailer.close();
  await catcher.close();
});

async function catchOne(displayName = "Jane's Bakery"): Promise<CaughtMail> {
  await mailer.send(mailer.compose(aLetter({ problems: [aProblem({ displayName })] })));
  const mail = seen.at(-1);
  if (mail === undefined) throw new Error('no mail was caught');
  return mail;
}

async function textAt(url: string): Promise<string> {
  return await (await fetch(url)).text();
}

describe('the mail catcher of the demo', () => {
  it('says that there is nothing while there is nothing', async () => {
    await expect(textAt(catcher.webUrl)).resolves.toContain('None yet.');
  });

  it('tells of each mail, and shows it as its reader sees it, as text and as it was sent', async () => {
    const mail = await catchOne();
    expect(mail).toMatchObject({
      to: ['jane@bakery.example'],
      subject: "Reconnect Facebook (Jane's Bakery) to keep posting",
    });
    const page = await textAt(catcher.mailUrl(mail));
    expect(page).toContain('jane@bakery.example <span class="reader owner">owner</span>');
    expect(page.match(/<iframe [^>]*src="\/mails\/1\/html"/g)).toHaveLength(2);
    await expect(textAt(`${catcher.mailUrl(mail)}/html`)).resolves.toContain('<h1');
    await expect(textAt(`${catcher.mailUrl(mail)}/text`)).resolves.toContain('What to do:\n1. Sign in');
    await expect(textAt(`${catcher.mailUrl(mail)}/source`)).resolves.toContain(
      '\r\nAuto-Submitted: auto-generated\r\n',
    );
  });

  it('lists what it caught, and no subject becomes part of the page', async () => {
    await catchOne('<script>alert(1)</script>');
    const list = await textAt(catcher.webUrl);
    expect(list).toContain('&lt;script&gt;');
    expect(list).not.toContain('<script');
    expect(list).toContain('<a href="/mails/1">');
  });

  it('tells the operator’s mail from the owners’', async () => {
    operators.add('jane@bakery.example');
    const mail = await catchOne();
    expect(await textAt(catcher.mailUrl(mail))).toContain('<span class="reader operator">operator</span>');
    operators.clear();
  });

  it.each(['/mails/7', '/mails/x', '/mails/1/head', '/favicon.ico', '//', '/../etc/passwd'])(
    'has nothing at %s',
    async (path) => {
      expect((await fetch(catcher.webUrl + path)).status).toBe(404);
    },
  );

  it('lets no mail run a script or load anything', async () => {
    const mail = await catchOne();
    const { headers } = await fetch(`${catcher.mailUrl(mail)}/html`);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
    );
  });

  it('says when its port is taken', async () => {
    const smtpPort = Number(new URL(catcher.smtpUrl).port);
    await expect(startMailCatcher({ smtpPort })).rejects.toThrow('EADDRINUSE');
  });
});
