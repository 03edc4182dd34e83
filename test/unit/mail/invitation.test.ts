import { beforeAll, describe, expect, it } from '@jest/globals';
import { languages } from '../../../src/domain/model/language.ts';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { createConnectLinks } from '../../../src/mail/connect-links.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { createLinks } from '../../../src/mail/links.ts';
import { wordsFor } from '../../../src/words/words.ts';
import { aContact, aTenant, NOW } from '../../support/builders.ts';
import { aLetter, anAccessProblem, aRecipient, mailerOptions } from '../../support/mail-contents.ts';

const holder = { tenantId: 'tenant-1', contactId: 'contact-1' };
const [key, otherKey] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const options = { publicUrl: 'https://watch.example/linkwatch', linkKeys: [key] as const };
const links = createConnectLinks({ ...options, linkKeys: [key] });

function tokenOf(link: string): string {
  return new URL(link).searchParams.get('token') ?? '';
}

describe('a link to connect an account', () => {
  const link = links.linkFor(holder, 'invitation', NOW);

  it('leads to the page, and says for whom and since when it is', async () => {
    expect(link).toMatch(/^https:\/\/watch\.example\/linkwatch\/connect\?token=[\w.-]+$/);
    expect(await links.verify(tokenOf(link), NOW)).toEqual({ kind: 'valid', ...holder, signedAt: NOW });
  });

  it.each([
    ['invitation', 7],
    ['reauthorize', 30],
  ] as const)('of an %s works for %d days', async (kind, days) => {
    const token = tokenOf(links.linkFor(holder, kind, NOW));
    expect((await links.verify(token, NOW + days * DAY_MS - 1000)).kind).toBe('valid');
    expect((await links.verify(token, NOW + days * DAY_MS)).kind).toBe('expired');
  });

  it('works with an older key, and with no other', async () => {
    const rotated = createConnectLinks({ ...options, linkKeys: [otherKey, key] });
    expect((await rotated.verify(tokenOf(link), NOW)).kind).toBe('valid');
    const other = createConnectLinks({ ...options, linkKeys: [otherKey] });
    expect((await other.verify(tokenOf(link), NOW)).kind).toBe('invalid');
  });

  it('is no link to an owner’s page, nor one of those a link to connect', async () => {
    const pages = createLinks({ ...options, linkKeys: [key] });
    expect((await pages.verify(tokenOf(link), NOW)).kind).toBe('invalid');
    const page = pages.ownerLinks(holder, NOW).page.split('/').at(-1) ?? '';
    expect((await links.verify(page, NOW)).kind).toBe('invalid');
  });
});

describe('what a browser keeps for us', () => {
  const kept = links.seal({ step: 'sent', state: 's' }, NOW + 1000);

  it('comes back as it was, for as long as it is good', () => {
    expect(links.unseal(kept, NOW)).toMatchObject({ step: 'sent', state: 's' });
    expect(links.unseal(kept, NOW + 1000)).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['something else', 'x.y'],
    ['other content', `${Buffer.from('{"expiresAt":9e15}').toString('base64url')}.${kept.split('.')[1]}`],
    ['a link', tokenOf(links.linkFor(holder, 'invitation', NOW))],
    ['half of it', kept.slice(0, -5)],
  ])('is not taken for what it was when it is %s', (_, text) => {
    expect(links.unseal(text, NOW)).toBeNull();
  });
});

describe('an invitation', () => {
  let mailer: MailServer;
  beforeAll(async () => {
    mailer = await createMailer(mailerOptions());
  });

  const letterTo = (tenant: Parameters<typeof aTenant>[0]) =>
    aLetter({
      kind: 'invitation',
      reason: 'invited',
      problems: [],
      recipient: aRecipient({ tenant: aTenant(tenant), alsoTo: [] }),
    });

  it.each(languages)('says in %s what is asked, and where', (locale) => {
    const { subject, text, html } = mailer.compose(letterTo({ locale }));
    const { say } = wordsFor(locale);
    expect(subject).toBe(say('subject.invitation', { tenant: "Jane's Bakery" }).replaceAll('\u00A0', ' '));
    for (const key of ['how', 'scope', 'closing', 'why'] as const) {
      expect(text.replaceAll(/\s+/g, ' ')).toContain(say(`invitation.${key}`).replaceAll(/\s+/g, ' '));
    }
    expect(text).toMatch(/\/connect\?token=[\w.-]+/);
    expect(html).toContain(say('invitation.button'));
    expect(`${subject}${text}`).not.toMatch(/\{\w+\}/);
  });

  it('calls an account that nobody has named by no address', () => {
    const unnamed = aRecipient({ tenant: { ...aTenant(), name: null } });
    const { subject } = mailer.compose({ ...letterTo({}), recipient: unnamed });
    expect(subject).toBe(wordsFor('en').say('subject.invitation', { tenant: 'your account' }));
    expect(subject).not.toContain(aContact().email);
  });

  it('is what the mail about a withdrawn permission has a button for, and no other mail', () => {
    const lost = mailer.compose(aLetter({ kind: 'reauthorize', problems: [anAccessProblem()] }));
    expect(lost.text).toMatch(/Renew the permission:?\s+http\S+\/connect\?token=/);
    expect(lost.text).not.toContain('mailto:');
    const reminder = aLetter({ kind: 'reminder', problems: [anAccessProblem()] });
    expect(mailer.compose(reminder).text).toContain('/connect?token=');
    const denied = aLetter({ kind: 'access_denied', problems: [anAccessProblem({ action: 'privileges' })] });
    expect(mailer.compose(denied).text).not.toContain('/connect?token=');
    expect(mailer.compose(aLetter()).text).not.toContain('/connect?token=');
  });
});
