import { describe, expect, it } from '@jest/globals';
import { wordsFor } from '../../../src/mail/words.ts';

describe('the words of a mail', () => {
  it.each([
    ['en', 'en', 'en-US'],
    ['en-GB', 'en', 'en-GB'],
    ['en_GB', 'en', 'en-US'],
    ['de-DE', 'en', 'en-US'],
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

  it('fill a value in as it is, whatever it looks like', () => {
    expect(wordsFor('en').say('subject.reminder', { subject: '{tenant} $& $1' })).toBe('Reminder: {tenant} $& $1');
  });
});
