import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');

const files = ['docker', 'docs', 'prisma', 'src', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `/${folder}/${path}`),
);

/** Names in backticks that look like a file or folder of the project; a `…` stands for any part of a name. */
function documentedPaths(document: string): readonly string[] {
  const text = readFileSync(join(root, document), 'utf8');
  const names = [...text.matchAll(/`([\w…/-]+(?:\.(?:contract\.)?ts|\.test\.ts|\.md|\/))`/g)].map(
    ([, name = '']) => name,
  );
  return [...new Set(names)].filter((name) => !name.startsWith('node_modules'));
}

function exists(name: string): boolean {
  const [before = '', after = ''] = name.replace(/\/$/, '').split('…');
  return files.some(
    (path) => path.endsWith(after) && path.includes(`/${before}`) && (after !== '' || path.endsWith(before)),
  );
}

describe('A path in the documentation', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/glossary.md'];
  it.each(documents)('of %s is there in the tree', (document) => {
    expect(documentedPaths(document).filter((name) => !exists(name))).toEqual([]);
  });

  it('is found in the documents at all', () => {
    expect(documentedPaths('docs/architecture.md').length).toBeGreaterThan(30);
  });
});
