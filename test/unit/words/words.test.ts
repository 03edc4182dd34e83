import { describe, expect, it } from '@jest/globals';
import { wordsFor } from '../../../src/words/words.ts';

describe('the words of a mail', () => {
  it.each([
    ['en', 'en', 'en-US'],
    ['en-GB', 'en', 'en-GB'],
    ['en_GB', 'en', 'en-US'],
    ['de', 'de', 'de-DE'],
    ['de-AT', 'de', 'de-AT'],
    ['fr-CA', 'fr', 'fr-CA'],
    ['es', 'es', 'es'],
    ['es-419', 'es', 'es-419'],
    ['pt-br', 'pt', 'pt-BR'],
    ['pt', 'pt', 'pt-BR'],
    ['nl-BE', 'en', 'en-US'],
    ['zh-Hant-TW', 'en', 'en-US'],
    ['toString', 'en', 'en-US'],
    ['', 'en', 'en-US'],
    ['not a locale!', 'en', 'en-US'],
  ])('for %j are in %s, with the dates of %s', (locale, language, dates) => {
    expect(wordsFor(locale)).toMatchObject({ language, locale: dates });
  });

  it('choose the plural by the count', () => {
    const { say } = wordsFor('en');
    expect(say('subject.several', { count: 1, tenant: 'Bakery' })).toBe('1 social account of Bakery needs you');
    expect(say('subject.several', { count: 2, tenant: 'Bakery' })).toBe('2 social accounts of Bakery need you');
  });

  it.each([
    ['fr', 0, '0 compte de réseaux sociaux (B) a besoin de vous'],
    ['fr', 1_000_000, '1000000 comptes de réseaux sociaux (B) ont besoin de vous'],
    ['pt-PT', 2, '2 contas de redes sociais de B precisam de você'],
    ['de', 1, '1 Social-Media-Konto von B benötigt Ihre Hilfe'],
    ['es', 1, '1 cuenta de redes sociales de B requiere su atención'],
  ])('choose it as %s does for %d', (locale, count, said) => {
    expect(wordsFor(locale).say('subject.several', { count, tenant: 'B' })).toBe(said);
  });

  it('keep French marks on the line of the word before them', () => {
    const { say } = wordsFor('fr');
    expect(say('subject.reminder', { subject: '« a : b »' })).toBe('Rappel\u00A0: « a : b »');
    expect(say('recovered.intro', { tenant: 'B' })).toContain('«\u00A0B\u00A0»');
  });

  it('fill a value in as it is, whatever it looks like', () => {
    expect(wordsFor('en').say('subject.reminder', { subject: '{tenant} $& $1' })).toBe('Reminder: {tenant} $& $1');
  });
});
