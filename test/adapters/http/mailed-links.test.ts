import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { createConnectLinks } from '../../../src/mail/connect-links.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { createLinks } from '../../../src/mail/links.ts';
import { previewContent } from '../../../src/mail/preview-contents.ts';
import { ownerPreviewKinds, previewKinds } from '../../../src/monitoring/mailing/preview-kinds.ts';
import { aContact, aTenant, NOW } from '../../support/builders.ts';
import { aLetter, mailerOptions } from '../../support/mail-contents.ts';
import { noConnecting, type OwnerServer, startOwnerServer } from './owner-server.ts';

const RECONNECT_URL = 'https://app.constantcontact.com';
const { linkKeys } = mailerOptions();
let now = NOW;
let owner: OwnerServer;
let mailer: MailServer;

beforeAll(async () => {
  owner = await startOwnerServer({
    verifyLink: (token) => createLinks({ publicUrl: owner.url, linkKeys }).verify(token, now),
    connect: {
      connecting: {
        ...noConnecting,
        invitation: async () => ({ isUsed: false, tenant: aTenant(), contact: aContact() }),
      },
      verifyConnectLink: (token) => createConnectLinks({ publicUrl: owner.url, linkKeys }).verify(token, now),
    },
  });
  mailer = await createMailer(mailerOptions({ publicUrl: owner.url, reconnectUrl: RECONNECT_URL }));
});
afterAll(async () => {
  await owner.server.close();
});

function unsubscribeUrl(): string {
  return mailer.compose(aLetter()).headers['List-Unsubscribe']?.slice(1, -1) ?? '';
}

/** Every address in the HTML, the plain text and the headers, but for those of mail. */
function addressesIn({ html, text, headers }: ReturnType<MailServer['compose']>): readonly string[] {
  const everything = [html.replaceAll(/<!doctype.*?<body/gis, ''), text, Object.values(headers).join('\n')].join('\n');
  return [...new Set(everything.match(/https?:\/\/[^\s"'<>]+/g) ?? [])];
}

describe.each(previewKinds)('the mail %s', (kind) => {
  const isOwners = (ownerPreviewKinds as readonly string[]).includes(kind);
  it('leads nowhere but to Constant Contact and to pages that answer, and opening them changes nothing', async () => {
    const addresses = addressesIn(mailer.compose(previewContent(kind, { at: NOW })));
    const ours = addresses.filter((address) => address !== RECONNECT_URL);
    expect(ours.filter((address) => !address.startsWith(owner.url))).toEqual([]);
    for (const address of ours) {
      expect((await fetch(address)).status).toBe(200);
      expect((await fetch(address, { method: 'HEAD' })).status).toBe(200);
    }
    expect(owner.granted).toEqual([]);
    // An invitation comes before there is anything to see, or to be reminded of.
    const fewest = kind === 'invitation' ? 3 : 4;
    expect(ours.length).toBeGreaterThanOrEqual(isOwners ? fewest : 0);
    expect(ours.length).toBeLessThanOrEqual(isOwners ? 7 : 0);
  });
});

describe('the List-Unsubscribe header', () => {
  it('unsubscribes its reader when a mail program posts to it', async () => {
    const response = await fetch(unsubscribeUrl(), {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    });
    expect(response.status).toBe(200);
    expect(owner.granted).toEqual([
      {
        viewer: { kind: 'contact', tenantId: 'tenant-1', contactId: 'contact-1' },
        wish: { kind: 'leave', as: 'unsubscribed' },
      },
    ]);
  });

  it('stops working when the mail is two months old, and says so', async () => {
    now = NOW + 61 * DAY_MS;
    const response = await fetch(unsubscribeUrl());
    expect(response.status).toBe(410);
    await expect(response.text()).resolves.toContain('This link has expired');
  });
});
