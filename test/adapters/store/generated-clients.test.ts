import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { generateClient } from '../../../prisma/generate.ts';

const committed = join(import.meta.dirname, '../../../src/store/generated');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkwatch-clients-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each(['sqlite', 'postgresql'] as const)('the committed client of %s is that of the model', (database) => {
  const output = join(folder, database);
  generateClient(database, output);
  const files = filesOf(output);
  expect(filesOf(join(committed, database))).toEqual(files);
  const isOutdated = (file: string) =>
    readFileSync(join(output, file), 'utf8') !== readFileSync(join(committed, database, file), 'utf8');
  // When there are any: node prisma/generate.ts
  expect(files.filter(isOutdated)).toEqual([]);
});

function filesOf(client: string): readonly string[] {
  const entries = readdirSync(client, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(client.length))
    .sort();
}
