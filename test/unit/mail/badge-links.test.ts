import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { type BadgeSignature, createBadgeLinks } from '../../../src/mail/badge-links.ts';
import { createFormTokens } from '../../../src/mail/form-tokens.ts';
import { NOW } from '../../support/builders.ts';

const [key, otherKey] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const publicUrl = 'https://watch.example.com/linkwatch';
const links = createBadgeLinks({ publicUrl, linkKeys: [key] });

function partsOf(url: string): BadgeSignature {
  const { pathname, searchParams } = new URL(url);
  const [, tenantId = ''] = /tenants\/([^/]+)\/badge\.svg$/.exec(pathname) ?? [];
  return {
    tenantId: decodeURIComponent(tenantId),
    expires: searchParams.get('expires') ?? '',
    signature: searchParams.get('signature') ?? '',
  };
}

const signed = partsOf(links.urlFor('bakery', NOW));

describe("a badge's address", () => {
  it('is below the public address, and the same for the same moment', () => {
    const url = links.urlFor('bakery', NOW);
    expect(url).toMatch(
      /^https:\/\/watch\.example\.com\/linkwatch\/api\/v1\/tenants\/bakery\/badge\.svg\?expires=\d+&/,
    );
    expect(links.urlFor('bakery', NOW)).toBe(url);
  });

  it('works for a week', () => {
    expect(links.check(signed, NOW)).toBe('valid');
    expect(links.check(signed, NOW + 7 * DAY_MS - 1)).toBe('valid');
    expect(links.check(signed, NOW + 7 * DAY_MS)).toBe('expired');
  });

  it('holds whatever id a tenant has', () => {
    expect(links.check(partsOf(links.urlFor('../a b?c#d', NOW)), NOW)).toBe('valid');
  });

  const form = { tenantId: 'bakery', contactId: '', action: '' };
  const [expires = '', signature = ''] = createFormTokens({ linkKeys: [key] })
    .sign(form, NOW)
    .split('.');
  it.each<[string, Partial<BadgeSignature>]>([
    ["another tenant's", { tenantId: 'mill' }],
    ['another end', { expires: String(Number(signed.expires) + 1) }],
    ['an end that is no number', { expires: 'never' }],
    ['another spelling of the same end', { expires: `${signed.expires}.0` }],
    ['no signature', { signature: '' }],
    ['a longer signature', { signature: `${signed.signature}A` }],
    ["a form's signature", { expires, signature }],
  ])('is refused with %s', (_, changed) => {
    expect(links.check({ ...signed, ...changed }, NOW)).toBe('invalid');
  });

  it('works while its key is one of the keys', () => {
    const rotated = createBadgeLinks({ publicUrl, linkKeys: [otherKey, key] });
    expect(rotated.check(signed, NOW)).toBe('valid');
    expect(createBadgeLinks({ publicUrl, linkKeys: [otherKey] }).check(signed, NOW)).toBe('invalid');
  });
});
