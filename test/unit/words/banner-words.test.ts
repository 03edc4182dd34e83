import { describe, expect, it } from '@jest/globals';
import { languages } from '../../../src/domain/model/language.ts';
import type { Banner } from '../../../src/domain/owner/banner.ts';
import { bannerWords } from '../../../src/words/banner-words.ts';
import { everyBanner, limitedOnBanner, aBannerOf as of } from '../../support/banners.ts';
import { aBrand } from '../../support/builders.ts';
import { aConnectionOnPage as broken } from '../../support/owner-pages.ts';

const inEnglish = (banner: Banner) => bannerWords(banner, 'en', aBrand({ name: 'Agency Bright' }));

describe('the words of a banner', () => {
  it.each<[string, Banner, string, string]>([
    [
      'one to reconnect',
      of('needs_you', [broken()]),
      "Reconnect Facebook (Jane's Bakery) to keep posting",
      'Needs you',
    ],
    [
      'one without a page',
      of('needs_you', [broken({ action: 'choose_profile', conditions: ['no_profile'] })]),
      "Choose a page or profile for Facebook (Jane's Bakery) to keep posting",
      'Needs you',
    ],
    [
      'one that lost a page',
      of('needs_you', [broken({ action: 'choose_profile', conditions: ['page_unreachable'] })]),
      "Check the pages of Facebook (Jane's Bakery) to keep posting",
      'Needs you',
    ],
    ['two to repair', of('needs_you', [broken(), broken()]), '2 of your social accounts need you', 'Needs you'],
    [
      'one limited',
      of('limited', [limitedOnBanner]),
      "Facebook (Jane's Bakery) is limiting posts for now: nothing to do",
      'Waiting',
    ],
    [
      'two limited',
      of('limited', [limitedOnBanner, limitedOnBanner]),
      '2 of your social accounts are limited for now',
      'Waiting',
    ],
    [
      'one suspected',
      of('suspected', [broken()]),
      'One of your social accounts may have a problem: we are checking again',
      'Checking again',
    ],
    [
      'two of which nothing is known',
      of('unknown', [broken(), broken()]),
      'We do not know how 2 of your social accounts are doing at the moment',
      'Not checked',
    ],
    [
      'one of which Constant Contact can tell nothing',
      of('unknown', [broken()], { health: 'waiting' }),
      'We do not know how one of your social accounts is doing at the moment',
      'Waiting',
    ],
    ['all well', of('well'), 'All of your social accounts work', 'Works'],
    ['none', of('empty'), 'No social account is connected to Constant Contact', '–'],
    ['none looked at', of('not_yet'), 'Your social accounts have not been checked yet', 'Not checked'],
    ['none watched', of('paused'), 'These social accounts are not being checked at the moment', 'Not checked'],
    [
      'a permission that has ended',
      of('access_lost', [], { action: 'reauthorize' }),
      "Agency Bright needs your permission again for Jane's Bakery",
      'Not checked',
    ],
    [
      'a right that is missing',
      of('access_lost', [], { action: 'privileges' }),
      "Agency Bright can no longer view the social accounts of Jane's Bakery",
      'Not checked',
    ],
  ])('with %s', (_, banner, text, state) => {
    expect(inEnglish(banner)).toMatchObject({ language: 'en', label: 'Your social accounts', text, state });
  });

  it("speaks in the name of the tenant's own sender", () => {
    const banner = of('access_lost', [], { action: 'reauthorize' });
    const named = { ...banner, tenant: { ...banner.tenant, senderName: 'Studio North' } };
    expect(inEnglish(named)).toMatchObject({
      text: "Studio North needs your permission again for Jane's Bakery",
      linkText: 'Open your page at Studio North',
    });
  });

  it.each(languages)('in %s leaves no gap, and says each thing in words of its own', (language) => {
    const spoken = everyBanner.map((banner) => bannerWords(banner, language, aBrand()));
    for (const words of spoken) {
      expect(words.language).toBe(language);
      expect(Object.values(words).join(' ')).not.toMatch(/[{}]|undefined/);
    }
    expect(new Set(spoken.map(({ text }) => text)).size).toBe(everyBanner.length);
  });
});
