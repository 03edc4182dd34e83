import { describe, expect, it } from '@jest/globals';
import { preferredLanguage } from '../../../src/http/preferred-language.ts';

describe('the language of a reader of whom only the browser is known', () => {
  it.each([
    ['fr', 'fr'],
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr-CA'],
    ['en;q=0.5, de;q=0.9', 'de'],
    ['sv, nl;q=0.9, es-MX;q=0.7, en;q=0.3', 'es-MX'],
    ['PT-br', 'PT-br'],
    ['de ; q=0.4 , pt', 'pt'],
    ['de;q=0, fr;q=0.1', 'fr'],
    ['sv, nl', null],
    ['*', null],
    ['', null],
    [undefined, null],
    ['nonsense!;;;=,', null],
    ['de;q=much', null],
  ])('of %j is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
