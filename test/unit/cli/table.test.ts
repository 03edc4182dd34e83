import { describe, expect, it } from '@jest/globals';
import { type Cell, table } from '../../../src/cli/text/table.ts';

const plainOutput = { write: () => true, hasColour: false, isTerminal: false, columns: 80, stream: process.stdout };
const head = ['NAME', 'HEALTH', 'ID'];

function lines(rows: readonly (readonly Cell[])[], output = plainOutput): readonly string[] {
  return table(output, head, rows).split('\n');
}

describe('A table', () => {
  it('aligns its columns by spaces alone, none at the end of a line', () => {
    expect(
      lines([
        ["Jane's Bakery", { text: 'broken', style: 'red' }, 'a1'],
        ['Bob', '', ''],
      ]),
    ).toEqual(['NAME           HEALTH  ID', "Jane's Bakery  broken  a1", 'Bob']);
  });

  it.each([
    ['letters with marks', 'Crêperie Noël', 13],
    ['letters twice as wide', '東京カフェ', 10],
    ['pictures', 'Café 🙂', 7],
    ['marks that take no room', 'e\u0301te\u0301', 3],
  ])('knows how wide %s are', (_, name, width) => {
    const [title, row] = lines([[name, 'broken', 'a1']]);
    expect(title?.indexOf('HEALTH')).toBe(Math.max(width, 'NAME'.length) + 2);
    expect(row).toBe(`${name}${' '.repeat(Math.max(0, 'NAME'.length - width))}  broken  a1`);
  });

  it('takes no notice of colour when it aligns', () => {
    const [, first] = lines([['a', { text: 'broken', style: 'red' }, 'x']], { ...plainOutput, hasColour: true });
    expect(first).toBe('a     \u001b[31mbroken\u001b[39m  x');
  });

  it('is its head alone without rows', () => {
    expect(lines([])).toEqual(['NAME  HEALTH  ID']);
  });

  it('of ten times the rows takes about ten times as long', () => {
    const rowsOf = (count: number) =>
      Array.from({ length: count }, (_, n): readonly Cell[] => [
        `Tenant ${n}`,
        { text: 'broken', style: 'red' },
        `${n}`,
      ]);
    const msFor = (count: number) => {
      const rows = rowsOf(count);
      const startedAt = performance.now();
      expect(lines(rows)).toHaveLength(count + 1);
      return performance.now() - startedAt;
    };
    msFor(2000);
    // In square time it would be a hundred.
    expect(msFor(20_000) / msFor(2000)).toBeLessThan(50);
  });
});
