import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ComposedMail, MessageContent } from '../../../src/domain/model/message-content.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { aContact, aTenant } from '../../support/builders.ts';
import { aLetter, aRecipient, mailerOptions } from '../../support/mail-contents.ts';

let mailer: MailServer;
beforeAll(async () => {
  mailer = await createMailer(mailerOptions());
}, 30_000);

const compose = (given: Partial<MessageContent> = {}): ComposedMail => mailer.compose(aLetter(given));

describe("an owner's alert that nobody of the tenant can be told", () => {
  const recipient = aRecipient({
    contact: null,
    tenant: aTenant({ id: 't-7', locale: 'de', timezone: 'Europe/Berlin' }),
  });
  const mail = () => compose({ recipient, to: 'operator@linkwatch.example' });

  it('reaches the operator, in English, and says whose it is and why it comes', () => {
    const { subject, text, html } = mail();
    expect(subject).toBe("[Jane's Bakery] Reconnect Facebook (Jane's Bakery) to keep posting");
    expect(text).toContain('It comes to you because nobody there can be reached by mail.');
    expect(text).toContain('Since Thursday, January 15, 2026 at 11:00 AM UTC');
    expect(text).toContain('linkwatch tenant update t-7 --owner ADDRESS');
    expect(html).toContain('<html lang="en"');
  });

  it("has none of the owner's personal links, and nothing to unsubscribe from", () => {
    const { headers, text, html } = mail();
    expect(text + html).not.toContain('/o/');
    expect(Object.keys(headers).filter((name) => name.startsWith('List-'))).toEqual([]);
  });

  it('stays in one conversation with what follows it', () => {
    const reminder = compose({ kind: 'reminder', recipient, threadSubject: '[X] Reconnect' });
    expect(reminder.subject).toBe('Re: [X] Reconnect');
  });
});

describe("a tenant's own", () => {
  const own = {
    senderName: 'Zoë "Z" Agency',
    replyTo: 'zoe@agency.example',
    reconnectUrl: 'https://agency.example/go',
  };
  const recipient = aRecipient({ tenant: aTenant(own) });

  it('sender name, address for answers and button take the place of those of all', () => {
    const { headers, text, html } = compose({ recipient });
    expect(headers).toMatchObject({
      From: '"Zoë \\"Z\\" Agency" <alerts@linkwatch.example>',
      'Reply-To': 'zoe@agency.example',
    });
    expect(text).toContain('Reconnect in Constant Contact:\nhttps://agency.example/go\n');
    expect(text).toContain('Questions? Write to zoe@agency.example.');
    expect(text + html).not.toMatch(/app\.constantcontact\.com|help@linkwatch/);
  });

  it('does not change who the message and its conversation belong to', () => {
    expect(compose({ recipient }).messageId).toBe(compose().messageId);
    expect(compose({ recipient }).headers.References).toBe(compose().headers.References);
  });

  it('cannot smuggle a header in', () => {
    const tenant = aTenant({ senderName: 'Jane\r\nBcc: thief@evil.example' });
    expect(compose({ recipient: aRecipient({ tenant }) }).headers.From).toBe(
      '"Jane Bcc: thief@evil.example" <alerts@linkwatch.example>',
    );
  });
});

describe("a contact's language", () => {
  it.each([
    ["his own before the tenant's", 'de', 'fr', 'Facebook muss neu verbunden werden'],
    ["the tenant's where he has none", null, 'fr', 'Il faut reconnecter Facebook'],
    ['English where his is not there yet', 'nl', 'fr', 'Facebook needs to be reconnected'],
  ])('is %s', (_what, contact, tenant, heading) => {
    const recipient = aRecipient({ contact: aContact({ locale: contact }), tenant: aTenant({ locale: tenant }) });
    expect(compose({ recipient }).text).toContain(`${heading}\n`);
  });
});
