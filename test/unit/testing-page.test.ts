import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/testing.md'), 'utf8');

/** A file, and a text that stands in it. */
type Named = Readonly<{ promise: string; file: string; title: string | null }>;

/** What the rows of the promises name: `path`, and perhaps *title*. */
const named = page.split('\n').flatMap((line): readonly Named[] => {
  const [, promise = '', triedBy = ''] = /^\| (.*?) \| (`test\/.*) \|$/.exec(line) ?? [];
  return [...triedBy.matchAll(/`(test\/[^`]+\.ts)`(?: \*([^*]+)\*)?/g)].map(([, file = '', title = null]) => ({
    promise,
    file,
    title,
  }));
});

function read(file: string): string | null {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return null;
  }
}

/** The files that try faults; each of them is there for a promise. */
const faultTests = ['faults', 'fuzz', 'simulation', 'scenarios/chapters'].flatMap((folder) =>
  readdirSync(join(root, 'test', folder))
    .filter((name) => name.endsWith('.test.ts') || folder.endsWith('chapters'))
    .map((name) => `test/${folder}/${name}`),
);

describe('The page of what is promised', () => {
  it('names what tries each promise, and it is there', () => {
    expect(new Set(named.map(({ promise }) => promise)).size).toBeGreaterThan(25);
    const missing = named.filter(
      ({ file, title }) => !(read(file) ?? '').replaceAll(/\s+/g, ' ').includes(title ?? ''),
    );
    expect(missing).toEqual([]);
    expect(named.filter(({ file }) => read(file) === null)).toEqual([]);
  });

  it('leaves out no test that tries faults', () => {
    expect(faultTests.filter((file) => !page.includes(file))).toEqual([]);
  });
});
