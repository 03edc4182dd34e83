import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const WIDTH = 120;
const source = join(import.meta.dirname, '../../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.(?:ts|js)$/.test(path) && !path.startsWith('store/generated/'),
);

function wideComments(text: string): readonly number[] {
  return text
    .split('\n')
    .flatMap((line, index) => (/^\s*(?:\/\*|\*|\/\/)/.test(line) && line.length > WIDTH ? [index + 1] : []));
}

describe('A line of a comment', () => {
  it('is no longer than a line of code, which the formatter breaks', () => {
    expect(files.length).toBeGreaterThan(500);
    const wide = files.flatMap((path) =>
      wideComments(readFileSync(join(source, path), 'utf8')).map((line) => `${path}:${line}`),
    );
    expect(wide).toEqual([]);
  });

  it.each(['/** ', ' * ', '  // '])('would be found behind %p', (mark) => {
    expect(wideComments(`${mark}${'x'.repeat(WIDTH - mark.length)}\n${mark}${'x'.repeat(WIDTH)}`)).toEqual([2]);
  });

  it('may hold a long line of code beside it', () => {
    expect(wideComments(`const text = '${'x'.repeat(WIDTH)}';`)).toEqual([]);
  });
});
