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

/** `{ ...{ a, b }, c }` says `{ a, b, c }` in a way that keeps the formatter from breaking lines. */
function spreadLiterals(text: string): readonly number[] {
  return text.split('\n').flatMap((line, index) => (/\.\.\.\{/.test(line) ? [index + 1] : []));
}

describe('An object', () => {
  it('is written without another one that is spread into it', () => {
    const found = files.flatMap((path) =>
      spreadLiterals(readFileSync(join(source, path), 'utf8')).map((line) => `${path}:${line}`),
    );
    expect(found).toEqual([]);
  });

  it('with one would be found', () => {
    const inner = '{ a: 1 }';
    expect(spreadLiterals(`const one = { b };\nconst two = { ...${inner}, b };\nconst three = { ...one };`)).toEqual([
      2,
    ]);
  });
});

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
