import { describe, expect, it } from '@jest/globals';
import { plainName, unlinkedName } from '../../../src/words/plain-name.ts';

describe('a name somebody else chose', () => {
  it.each([
    ['a line break that would begin a header', 'Jane\r\nBcc: thief@evil.example', 'Jane Bcc: thief@evil.example'],
    ['line and paragraph separators', 'Jane\u2028\u2029Doe', 'Jane Doe'],
    ['null and escape characters', 'Ja\u0000ne\u001b[31m', 'Ja ne [31m'],
    ['a mark that reverses what follows', 'invoice\u202Egnp.exe', 'invoice gnp.exe'],
    ['an isolate that is never closed', '\u2067Jane', 'Jane'],
    ['a zero-width space and a byte order mark', 'Ja\u200Bne\uFEFF', 'Ja ne'],
    ['what is no character, which XML has no place for', 'Ja\uFFFEne\uFFFF', 'Ja ne'],
    ['half of a surrogate pair', 'Jane\uD83D', 'Jane\uFFFD'],
    ['tabs and runs of spaces', '  Jane \t\u00A0 Doe ', 'Jane Doe'],
  ])('loses %s', (_what, name, plain) => {
    expect(plainName(name, 70)).toBe(plain);
  });

  it.each([[null], [''], ['   '], ['\u200B\u202E\r\n']])('is no name when nothing readable is left of %j', (name) => {
    expect(plainName(name, 70)).toBeNull();
  });

  it('keeps emoji whole, however many characters they are made of', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(plainName(family.repeat(5), 3)).toBe(`${family}${family}…`);
    expect(plainName(`${family} Bakery 🥐`, 70)).toBe(`${family} Bakery 🥐`);
  });

  it('is cut when it is long', () => {
    expect(plainName('x'.repeat(300), 70)).toBe(`${'x'.repeat(69)}…`);
    expect(plainName('x'.repeat(70), 70)).toBe('x'.repeat(70));
  });

  it('is cut when a few letters of it are thousands of marks, and stays whole characters', () => {
    const zalgo = `e${'\u0301'.repeat(5000)}`;
    expect(plainName(zalgo.repeat(3), 70)?.length).toBeLessThanOrEqual(71);
    expect(plainName(`ab${zalgo}`, 70)).toBe('ab…');
    expect(plainName('🍞\u200D'.repeat(5000), 3)?.isWellFormed()).toBe(true);
  });

  it('is kept apart from the words around it when it is written from right to left', () => {
    expect(plainName('مخبز جين', 70)).toBe('\u2068مخبز جين\u2069');
    expect(plainName('בית', 70)).toBe('\u2068בית\u2069');
  });
});

describe('a name from upstream holds nothing that a mail program makes a link of', () => {
  it.each([
    ['Win at https://evil.example/a?b=1 now', 'Win at \u2026 now'],
    ['HTTPS://EVIL.EXAMPLE', null],
    ['https://evil.example', null],
    ['(see http://evil.example)', '(see \u2026'],
    ['ftp://a.example hxxp://b.example', null],
    ['evil.example', 'evil. example'],
    ['www.evil.example/path', 'www. evil. example/path'],
    ['jane@evil.example', 'jane@evil. example'],
    ['mailto:jane@evil.example', null],
    ['tel:+4930123', null],
    ['javascript:alert(1)', null],
    ['https:evil.example', null],
    ['//evil.example', '//evil. example'],
    ['evil\u3002example \uff45vil\uff0eexample', 'evil\u3002 example \uff45vil\uff0e example'],
    ['b\u00fccher.example', 'b\u00fccher. example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva. example'],
    ['evil\u200b.example ev\u00adil.example', 'evil .example ev il. example'],
    ['evil.\u200dexample', 'evil.\u200dexample'],
    ['\u05d1\u05d9\u05ea.example', '\u2068\u05d1\u05d9\u05ea. example\u2069'],
  ])('%j is %j', (name, expected) => {
    expect(unlinkedName(name, 70)).toBe(expected);
  });

  it.each([
    "Jane's Bakery",
    'Studio 2.0',
    'Verein e.V.',
    'U.S.A. Travel',
    'Dr. M\u00fcller',
    'Tel: 030 123',
    '@janesbakery',
    'Wait... what',
    '24/7',
    'C++ & Co.',
    '\ud83e\udd50',
    'a:b',
    'ratio 1:2',
  ])('%s stays as it is', (name) => {
    expect(unlinkedName(name, 70)).toBe(name);
  });

  it('is measured after that', () => {
    expect(unlinkedName('a.bb'.repeat(100), 10)).toBe('a. bba. b\u2026');
  });
});
