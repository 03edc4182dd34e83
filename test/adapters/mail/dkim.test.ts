import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { previewContent } from '../../../src/mail/preview-contents.ts';
import { previewKinds } from '../../../src/monitoring/mailing/preview-kinds.ts';
import { aTenant, NOW } from '../../support/builders.ts';
import { aLetter, aProblem, aRecipient, mailerOptions } from '../../support/mail-contents.ts';
import { type SmtpCatcher, startSmtpCatcher } from '../../support/smtp-catcher.ts';
import { verifyDkim } from '../../support/verify-dkim.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const dkim = {
  domain: 'linkwatch.example',
  selector: 'watch2026',
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};

let catcher: SmtpCatcher;
let mailer: MailServer;
beforeAll(async () => {
  catcher = await startSmtpCatcher();
  mailer = await createMailer(mailerOptions({ smtpUrl: catcher.smtpUrl, dkim }));
});
afterAll(async () => {
  mailer.close();
  await catcher.close();
});

async function sendAndCatch(content = aLetter()): Promise<string> {
  await expect(mailer.send(mailer.compose(content))).resolves.toMatchObject({ outcome: 'accepted' });
  return catcher.mails().at(-1)?.source ?? '';
}

const good = { domain: 'linkwatch.example', selector: 'watch2026', isBodyIntact: true, isSignatureGood: true };

describe('a signed mail', () => {
  it.each(previewKinds)('(%s) arrives with a signature that holds', async (kind) => {
    expect(verifyDkim(await sendAndCatch(previewContent(kind, { at: NOW })), publicKey)).toMatchObject(good);
  });

  it('is signed over what readers and mail programs act upon', async () => {
    const { signedFields } = verifyDkim(await sendAndCatch(), publicKey);
    expect(signedFields).toEqual(
      expect.arrayContaining([
        'from',
        'to',
        'subject',
        'date',
        'message-id',
        'in-reply-to',
        'references',
        'content-type',
        'auto-submitted',
        'list-id',
        'list-unsubscribe',
        'list-unsubscribe-post',
      ]),
    );
  });

  it('holds with names in every script', async () => {
    const tenant = aTenant({ senderName: 'Bäckerei مخبز', replyTo: 'zoë@bäckerei.example' });
    const problems = [aProblem({ displayName: 'Café “Zoë” 🥐' })];
    const source = await sendAndCatch(aLetter({ problems, recipient: aRecipient({ tenant }) }));
    expect(verifyDkim(source, publicKey)).toMatchObject(good);
  });

  it('no longer holds when a link to unsubscribe, the conversation or a word of the text was changed', async () => {
    const source = await sendAndCatch();
    const changed = (from: RegExp, to: string) => verifyDkim(source.replace(from, to), publicKey);
    expect(changed(/List-Unsubscribe: <https/, 'List-Unsubscribe: <http').isSignatureGood).toBe(false);
    expect(changed(/One-Click/, 'Two-Click').isSignatureGood).toBe(false);
    expect(changed(/References: <c/, 'References: <d').isSignatureGood).toBe(false);
    expect(changed(/auto-generated/, 'no').isSignatureGood).toBe(false);
    expect(changed(/(\r\n\r\n[\s\S]*)Facebook/, '$1Fakebook')).toMatchObject({ isBodyIntact: false });
  });

  it('does not hold under another key', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    expect(verifyDkim(await sendAndCatch(), other).isSignatureGood).toBe(false);
  });

  it('does not carry the key', async () => {
    const [line = ''] = dkim.privateKey.split('\n').slice(5, 6);
    expect(await sendAndCatch()).not.toContain(line);
  });
});

describe('a mail without a key', () => {
  it('is not signed', async () => {
    const plain = await createMailer(mailerOptions({ smtpUrl: catcher.smtpUrl }));
    await plain.send(plain.compose(aLetter()));
    plain.close();
    expect(catcher.mails().at(-1)?.source).not.toContain('DKIM-Signature');
  });
});
