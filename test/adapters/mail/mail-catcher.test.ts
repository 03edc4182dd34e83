import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { type CaughtMail, type MailCatcher, startMailCatcher } from '../../../src/sandbox/mail-catcher.ts';
import { aLetter, aProblem, mailerOptions } from '../../support/mail-contents.ts';

let catcher: MailCatcher;
let mailer: MailServer;
const seen: CaughtMail[] = [];

beforeAll(async () => {
  catcher = await startMailCatcher({ onMail: (mail) => seen.push(mail) });
  mailer = await createMailer(mailerOptions({ smtpUrl: catcher.smtpUrl }));
}, 30_000);
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
    await expect(textAt(catcher.mailUrl(mail))).resolves.toContain('<h1');
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

  it.each(['/mails/7', '/mails/x', '/mails/1/html', '/favicon.ico', '//', '/../etc/passwd'])(
    'has nothing at %s',
    async (path) => {
      expect((await fetch(catcher.webUrl + path)).status).toBe(404);
    },
  );

  it('lets no mail run a script or load anything', async () => {
    const mail = await catchOne();
    const { headers } = await fetch(catcher.mailUrl(mail));
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; img-src data:$/,
    );
  });

  it('says when its port is taken', async () => {
    const smtpPort = Number(new URL(catcher.smtpUrl).port);
    await expect(startMailCatcher({ smtpPort })).rejects.toThrow('EADDRINUSE');
  });
});
