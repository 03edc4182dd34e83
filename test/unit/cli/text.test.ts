import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plain, plainLines, plural } from '../../../src/cli/text/plain-text.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/model/time.ts';
import { toCsv, unguarded } from '../../../src/words/csv.ts';
import { percentage } from '../../../src/words/format-share.ts';
import { formatDistance, formatDuration, formatMoment } from '../../../src/words/format-time.ts';
import { NOW } from '../../support/builders.ts';

describe('times for a person', () => {
  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [45 * SECOND_MS, '45 s'],
    [90 * SECOND_MS, '1 min 30 s'],
    [2 * HOUR_MS, '2 h'],
    [2 * DAY_MS + 3 * HOUR_MS + 4 * MINUTE_MS, '2 d 3 h'],
    [400 * DAY_MS, '400 d'],
    [DAY_MS + 59 * MINUTE_MS, '1 d'],
  ])('%i ms are %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it.each([
    [NOW, 'now'],
    [NOW - 999, 'now'],
    [NOW - SECOND_MS, '1 s ago'],
    [NOW - 119 * MINUTE_MS, '1 h ago'],
    [NOW + 5 * MINUTE_MS, 'in 5 min'],
    [NOW - 3 * DAY_MS, '3 d ago'],
  ])('%i is %s', (at, text) => {
    expect(formatDistance(at, NOW)).toBe(text);
  });

  it('are absolute and relative together, in UTC', () => {
    expect(formatMoment(NOW - HOUR_MS, NOW)).toBe('2026-01-15 11:00 (1 h ago)');
    expect(formatMoment(null, NOW)).toBe('-');
  });
});

describe('figures', () => {
  it.each([
    [1, '100 %'],
    [0.999999, '99.99 %'],
    [0.75, '75 %'],
    [0.29, '29 %'],
    [0.12345, '12.34 %'],
    [0, '0 %'],
    [null, 'not observed'],
  ])('%s is %s: never rounded up to a perfect one', (share, text) => {
    expect(percentage(share)).toBe(text);
  });

  it('count in words', () => {
    expect([plural(1, 'tenant'), plural(0, 'tenant'), plural(12_345, 'tenant')]).toEqual([
      '1 tenant',
      '0 tenants',
      '12,345 tenants',
    ]);
  });
});

describe('text from elsewhere', () => {
  it('keeps letters, emoji and right-to-left scripts, and loses what steers a terminal', () => {
    expect(plain('Café 👩‍🍳 שלום')).toBe('Café 👩‍🍳 שלום');
    expect(plain('a\u001b[31mb\u0007\u009bc\r\nd\u2028e')).toBe('a [31mb c d e');
    expect(plain('\u202eevil\u2066\u061c')).toBe('evil');
    expect(plainLines('a\u001b[2J\n\u202eb\u009bc')).toBe('a [2J\nb c');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['\uff1dcmd()', "'\uff1dcmd()"],
    ['\uff0b1', "'\uff0b1"],
    ['\uff0d1', "'\uff0d1"],
    ['\uff20SUM(A1)', "'\uff20SUM(A1)"],
    ['\ufe62' + '1', "'\ufe621"],
    [' \u00a0=1', "' \u00a0=1"],
    ['\u200f=1', "'=1"],
    ['\u001b=1', "'=1"],
    ['Caf\u00e9\u001b[31m \u202eevil\u2069', 'Caf\u00e9[31m evil'],
    ['a\u0000b\u0007c\u009bd\u061ce', 'abcde'],
    ['1 = 1', '1 = 1'],
  ])('%j is %j in a cell', (text, cell) => {
    expect(toCsv(['x'], [[text]])).toBe(`x\n${cell}`);
  });

  it('keeps line breaks inside a cell, and numbers as they are', () => {
    expect(toCsv(['x'], [['a\nb'], [-5]])).toBe('x\n"a\nb"\n-5');
  });

  it('never begins like a formula in CSV, and comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."'=+-@a1\t \uff1d\uff0b\uff0d\uff20\ufe66") }), (text) => {
        const [, cell = ''] = toCsv(['x'], [[text]]).split('\n');
        expect(cell).not.toMatch(/^"?\s*[=+\-@\t\uff1d\uff0b\uff0d\uff20\ufe66]/);
        const content = cell.startsWith('"') ? cell.slice(1, -1) : cell;
        expect(unguarded(content)).toBe(text);
      }),
    );
  });
});
