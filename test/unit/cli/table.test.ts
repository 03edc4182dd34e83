import { describe, expect, it } from '@jest/globals';
import type { Output } from '../../../src/cli/context.ts';
import { type Cell, fieldTable, table } from '../../../src/cli/text/table.ts';

const plainOutput: Output = {
  write: () => true,
  hasColour: false,
  isTerminal: false,
  columns: 80,
  stream: process.stdout,
};
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

  const longRow = ['A business with quite a long name', { text: 'broken', style: 'red' }, 'x1x2x3x4x5x6x7x8'] as const;

  it('fits a terminal by shortening its widest column, and never an id', () => {
    const terminal = { ...plainOutput, isTerminal: true, columns: 44 };
    expect(lines([longRow, ['Bob', '', '']], terminal)).toEqual([
      'NAME                HEALTH  ID',
      'A business with q…  broken  x1x2x3x4x5x6x7x8',
      'Bob',
    ]);
  });

  it('cuts between letters as a reader sees them, whatever their width', () => {
    const terminal = { ...plainOutput, isTerminal: true, columns: 38 };
    const [, row = ''] = lines([['東京カフェ東京カフェ', 'ok', 'x1x2x3x4x5x6x7x8']], terminal);
    expect(row).toBe('東京カフェ…   ok      x1x2x3x4x5x6x7x8');
  });

  it.each([
    ['a file or a pipe', { ...plainOutput, columns: 20 }],
    ['a terminal of unknown width', { ...plainOutput, isTerminal: true, columns: null }],
    ['a terminal that is wide enough', { ...plainOutput, isTerminal: true, columns: 84 }],
  ])('is whole in %s', (_, output) => {
    expect(lines([longRow], output)[1]).toContain('A business with quite a long name');
  });

  it('of one thing is whole in any terminal', () => {
    const terminal = { ...plainOutput, isTerminal: true, columns: 20 };
    expect(fieldTable(terminal, head, [longRow])).toContain('A business with quite a long name');
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
