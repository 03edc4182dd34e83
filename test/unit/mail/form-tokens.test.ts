import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { createFormTokens } from '../../../src/mail/form-tokens.ts';
import { createLinks } from '../../../src/mail/links.ts';
import { NOW } from '../../support/builders.ts';

const form = { tenantId: 'tenant-1', contactId: 'contact-1', action: 'snooze' };
const [key, other] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
const forms = createFormTokens({ linkKeys: [key, other] });
const token = forms.sign(form, NOW);

describe("a form's token", () => {
  it('is good for that form, for a day', () => {
    expect(forms.verify(token, form, NOW)).toBe(true);
    expect(forms.verify(token, form, NOW + DAY_MS - 1)).toBe(true);
    expect(forms.verify(token, form, NOW + DAY_MS)).toBe(false);
  });

  it.each([
    ['another tenant', { tenantId: 'tenant-2' }],
    ['another contact', { contactId: 'contact-2' }],
    ['another action', { action: 'unsubscribe' }],
    ['fields that run into each other alike', { tenantId: 'tenant-1","contact-1', contactId: '' }],
  ])('is not good for %s', (_, given) => {
    expect(forms.verify(token, { ...form, ...given }, NOW)).toBe(false);
  });

  const [expires = '', signature = ''] = token.split('.');
  it.each([
    ['nothing', ''],
    ['no signature', expires],
    ['a later end', `${Number(expires) + 86_400}.${signature}`],
    ['an end that is no number', `soon.${signature}`],
    ['an endless end', `Infinity.${signature}`],
    ['something after it', `${token}.x`],
    ['another way to write the number', `0${token}`],
    ['a link', createLinks({ publicUrl: 'https://x.example', linkKeys: [key] }).ownerLinks(form, NOW).page],
  ])('is not %s', (_, forged) => {
    expect(forms.verify(forged, form, NOW)).toBe(false);
  });

  it('outlives a new key while the old one is still there, and not longer', () => {
    const newKey = new Uint8Array(32).fill(3);
    expect(createFormTokens({ linkKeys: [newKey, key] }).verify(token, form, NOW)).toBe(true);
    expect(createFormTokens({ linkKeys: [newKey] }).verify(token, form, NOW)).toBe(false);
  });
});
