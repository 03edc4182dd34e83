import { beforeAll, describe, expect, it } from '@jest/globals';
import { languages } from '../../../src/domain/model/language.ts';
import type { ComposedMail, MessageContent } from '../../../src/domain/model/message-content.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { aBrand, aContact, aTenant } from '../../support/builders.ts';
import { aLetter, anAccessProblem, anOperatorLetter, aRecipient, mailerOptions } from '../../support/mail-contents.ts';
import { everyOwnerLetter } from '../../support/mail-every-message.ts';

const brand = aBrand({ name: 'Bright Group', url: 'https://group.example', color: '#ffe000' });

const { mailFrom } = mailerOptions();

let mailer: MailServer;
/** Of a deployment with a brand. */
let branded: MailServer;
beforeAll(async () => {
  mailer = await createMailer(mailerOptions());
  branded = await createMailer(mailerOptions({ brand, mailFrom: { ...mailFrom, name: 'Linkwatch' } }));
});

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

  it.each(languages)('name is the only one that its readers see: %s', (locale) => {
    for (const letter of everyOwnerLetter(locale)) {
      const tenant = aTenant({ ...own, senderName: 'Agency Bright', locale });
      const { contact, alsoTo } = letter.recipient ?? aRecipient();
      const { subject, text, html, headers } = branded.compose({ ...letter, recipient: { contact, alsoTo, tenant } });
      expect(subject + text + html + Object.values(headers).join()).not.toMatch(
        /Linkwatch(?!\.example)|Bright Group|group\.example/,
      );
      expect(text).toContain('\n-- \nAgency Bright\n\n');
      expect(headers['List-Id']).toBe('"Agency Bright" <social-accounts.linkwatch.example>');
      expect(headers.From).toBe('"Agency Bright" <alerts@linkwatch.example>');
    }
  });

  it('name is the same in From and in the mail, however long it is', () => {
    const { headers, text } = compose({ recipient: aRecipient({ tenant: aTenant({ senderName: 'Z'.repeat(150) }) }) });
    const name = `${'Z'.repeat(69)}…`;
    expect(text).toContain(`\n-- \n${name}\n`);
    expect(headers.From).toBe(`"${name}" <alerts@linkwatch.example>`);
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

describe('a brand', () => {
  it.each(languages)('speaks in every mail to owners, and nobody else does: %s', (locale) => {
    for (const { recipient, ...letter } of everyOwnerLetter(locale)) {
      const { contact, alsoTo, tenant } = recipient ?? aRecipient();
      const ours = { contact, alsoTo, tenant: { ...tenant, senderName: null } };
      const { subject, text, html, headers } = branded.compose(aLetter({ ...letter, recipient: ours }));
      expect(subject + text + html + Object.values(headers).join()).not.toMatch(/Linkwatch(?!\.example)/);
      expect(text).toContain('\n-- \nBright Group\nhttps://group.example\n\n');
      expect(html).toContain('<a href="https://group.example"');
      expect(headers['List-Id']).toBe('"Bright Group" <social-accounts.linkwatch.example>');
      expect(headers.From).toBe('"Bright Group" <alerts@linkwatch.example>');
    }
  });

  it('colours the button, with text on it that can be read', () => {
    const { html } = branded.compose(aLetter());
    expect(html).toContain('bgcolor="#ffe000"');
    expect(html).toMatch(/<a href="https:\/\/app\.constantcontact\.com"[^>]*;color:#000000;/);
  });

  it('that nobody has named is the product, which claims to be nobody else', () => {
    const { text } = mailer.compose(aLetter());
    expect(text).toContain('\n-- \nLinkwatch\n');
    expect(text).toContain("Whoever set that up for Jane's Bakery gave us this address");
  });

  it('says who named the reader', () => {
    expect(branded.compose(aLetter()).text).toContain(
      "Bright Group looks after the social accounts of Jane's Bakery and gave us this address, because you are named as",
    );
  });

  it('does not speak to the operator', () => {
    const { text, headers } = branded.compose(anOperatorLetter());
    expect(text).toContain('\n-- \nLinkwatch\n');
    expect(headers.From).toBe('"Linkwatch" <alerts@linkwatch.example>');
  });

  it.each([
    ['Zoë (Z), Inc.', '=?UTF-8?B?Wm/DqyAoWiksIEluYy4=?='],
    ['ü'.repeat(22), `=?UTF-8?B?${'w7zDvMO8'.repeat(7)}?= =?UTF-8?B?w7w=?=`],
    ['Bright, "Z" & Co.', '"Bright, \\"Z\\" & Co."'],
  ])(
    'called %s stands in List-Id as a phrase',
    async (name, phrase) => {
      const { headers } = (await createMailer(mailerOptions({ brand: aBrand({ name }) }))).compose(aLetter());
      expect(headers['List-Id']).toBe(`${phrase} <social-accounts.linkwatch.example>`);
    },
    30_000,
  );
});

describe("the operator's address", () => {
  it('is shown to no owner: questions go to the address for answers, or back to the sender', () => {
    const problems = [anAccessProblem()];
    expect(compose({ kind: 'reauthorize', problems }).text).toMatch(/write to alerts@linkwatch\.example\./i);
  });
});
