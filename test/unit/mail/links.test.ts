import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { deriveLinkKey } from '../../../src/mail/derive-keys.ts';
import { createLinks } from '../../../src/mail/links.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const holder = { tenantId: 'tenant-1', contactId: 'contact-1' };
const keyOf = (byte: number) => deriveLinkKey(new Uint8Array(32).fill(byte));
const publicUrl = 'https://watch.example.com';

function tokenOf(page: string): string {
  return page.split('/').at(-1) ?? '';
}

describe('a signed link', () => {
  const links = createLinks({ publicUrl, linkKeys: [keyOf(1)] });
  const { page, unsubscribe } = links.ownerLinks(holder, NOW);
  const token = tokenOf(page);

  it('opens for its holder until it expires', async () => {
    await expect(links.verify(token, NOW)).resolves.toEqual({ kind: 'valid', ...holder, isGuest: false });
    await expect(links.verify(token, NOW + 60 * DAY_MS - 1)).resolves.toEqual({
      kind: 'valid',
      ...holder,
      isGuest: false,
    });
    await expect(links.verify(token, NOW + 60 * DAY_MS)).resolves.toEqual({
      kind: 'expired',
      ...holder,
      isGuest: false,
    });
  });

  it('to be passed on is of its own kind, and cannot be turned into the other', async () => {
    const guest = tokenOf(links.ownerLinks(holder, NOW).forward);
    await expect(links.verify(guest, NOW)).resolves.toEqual({ kind: 'valid', ...holder, isGuest: true });
    await expect(links.verify(guest, NOW + 60 * DAY_MS)).resolves.toEqual({
      kind: 'expired',
      ...holder,
      isGuest: true,
    });
    const [head = '', , signed = ''] = guest.split('.');
    const [, claimsOfContact = ''] = token.split('.');
    await expect(links.verify(`${head}.${claimsOfContact}.${signed}`, NOW)).resolves.toEqual({ kind: 'invalid' });
  });

  it('is the same whenever the same letter is written again', () => {
    expect(createLinks({ publicUrl, linkKeys: [keyOf(1)] }).ownerLinks(holder, NOW).page).toBe(page);
  });

  it('keeps the path of the public address', () => {
    const behindPath = createLinks({ publicUrl: 'https://example.com/linkwatch', linkKeys: [keyOf(1)] });
    expect(behindPath.ownerLinks(holder, NOW).page).toBe(`https://example.com/linkwatch/o/${token}`);
    expect(unsubscribe).toBe(`${page}/unsubscribe`);
  });

  it('still opens after a new key was put before the old one', async () => {
    const rotated = createLinks({ publicUrl, linkKeys: [keyOf(2), keyOf(1)] });
    await expect(rotated.verify(token, NOW)).resolves.toMatchObject({ kind: 'valid' });
    await expect(rotated.verify(token, NOW + 61 * DAY_MS)).resolves.toEqual({
      kind: 'expired',
      ...holder,
      isGuest: false,
    });
  });

  it('is invalid under another key, even when it has expired', async () => {
    const others = createLinks({ publicUrl, linkKeys: [keyOf(3)] });
    await expect(others.verify(token, NOW)).resolves.toEqual({ kind: 'invalid' });
    await expect(others.verify(token, NOW + 61 * DAY_MS)).resolves.toEqual({ kind: 'invalid' });
  });

  const [header = '', claims = '', signature = ''] = token.split('.');
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  it.each([
    ['empty', ''],
    ['not a token', 'hello'],
    ['cut short', token.slice(0, -4)],
    ['without a signature', `${header}.${claims}.`],
    ['made out to another contact', `${header}.${encode({ sub: 'contact-2', tid: 'tenant-1' })}.${signature}`],
    ['unsigned by its own word', `${encode({ alg: 'none' })}.${claims}.`],
    ['very long', 'x'.repeat(100_000)],
  ])('is invalid when it is %s', async (_how, forged) => {
    await expect(links.verify(forged, NOW)).resolves.toEqual({ kind: 'invalid' });
  });
});

describe('the key of links', () => {
  it('is 32 bytes that are not the encryption key', () => {
    expect(keyOf(1)).toHaveLength(32);
    expect(keyOf(1)).not.toEqual(new Uint8Array(32).fill(1));
    expect(keyOf(1)).not.toEqual(keyOf(2));
  });
});
