import { describe, expect, it } from '@jest/globals';
import { plainName } from '../../../src/words/plain-name.ts';

describe('a name somebody else chose', () => {
  it.each([
    ['a line break that would begin a header', 'Jane\r\nBcc: thief@evil.example', 'Jane Bcc: thief@evil.example'],
    ['line and paragraph separators', 'Jane\u2028\u2029Doe', 'Jane Doe'],
    ['null and escape characters', 'Ja\u0000ne\u001b[31m', 'Ja ne [31m'],
    ['a mark that reverses what follows', 'invoice\u202Egnp.exe', 'invoice gnp.exe'],
    ['an isolate that is never closed', '\u2067Jane', 'Jane'],
    ['a zero-width space and a byte order mark', 'Ja\u200Bne\uFEFF', 'Ja ne'],
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

  it('is kept apart from the words around it when it is written from right to left', () => {
    expect(plainName('مخبز جين', 70)).toBe('\u2068مخبز جين\u2069');
    expect(plainName('בית', 70)).toBe('\u2068בית\u2069');
  });
});
