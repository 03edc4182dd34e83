import { describe, expect, it } from '@jest/globals';
import { canonicalLocale, languageOf } from '../../../src/domain/model/language.ts';

describe('The language of a locale', () => {
  it.each([
    ['en', 'en', 'en'],
    ['EN-us', 'en-US', 'en'],
    ['pt-BR', 'pt-BR', 'pt'],
    ['zh-Hant', 'zh-Hant', null],
    ['klingon', 'klingon', null],
    ['nl', 'nl', null],
    ['en_US', null, null],
    ['english', 'english', null],
    ['', null, null],
  ])('%j is %j, written in %j', (text, canonical, language) => {
    expect([canonicalLocale(text), languageOf(text)]).toEqual([canonical, language]);
  });
});
