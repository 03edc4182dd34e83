import { describe, expect, it } from '@jest/globals';
import { productSpeaker, speakerOf } from '../../../src/words/brand.ts';

const unnamed = { name: 'Linkwatch', url: null, color: '#1f5a40' };
const group = { ...unnamed, name: 'Bright Group', url: 'https://group.example' };

describe('whoever speaks', () => {
  it.each([
    ['is the tenant’s own sender, without the page of another', 'Agency', group, 'Agency', null, true],
    ['is that sender where no brand is named, too', 'Agency', unnamed, 'Agency', null, true],
    ['is the brand where a tenant has no sender', null, group, 'Bright Group', group.url, true],
    ['is the brand where nothing of the sender can be read', ' \u200b ', group, 'Bright Group', group.url, true],
    ['is the product where nobody is named', null, unnamed, 'Linkwatch', null, false],
    [
      'is the product where nothing of the brand can be read',
      null,
      { ...group, name: '\u200b' },
      'Linkwatch',
      group.url,
      false,
    ],
    ['is cut to what fits into a heading', 'x'.repeat(100), group, `${'x'.repeat(69)}…`, null, true],
  ])('%s', (_, senderName, brand, name, url, isNamed) => {
    expect(speakerOf(senderName, brand)).toEqual({ name, url, isNamed });
  });

  it('is the product to its operator, whom nobody needs to name it', () => {
    expect(productSpeaker).toEqual({ name: 'Linkwatch', url: null, isNamed: false });
  });
});
