import { expect, it } from '@jest/globals';
import { readTenantFile } from '../../../src/words/tenant-file/tenant-file.ts';

const read = (text: string, mostLines: number) =>
  readTenantFile({ name: 'the body', format: 'csv', text, mostLines }).entries.length;

it('A CSV file of as many lines as are taken is read, blank lines and the first one not counted', () => {
  expect(read('sep=;\nname;owner\n\na;a@x.example\n;\n\nb"c;b@x.example\n', 2)).toBe(2);
});

it('One of more lines is refused before the rest of it is read', () => {
  const tooMany = 'the body has more than 2 lines.';
  expect(() => read('name,owner\na\nb\nc\n', 2)).toThrow(tooMany);
  expect(() => read('name,owner\na\nb"\nc"\n', 2)).toThrow(tooMany);
  // So many faults would be refused in other words.
  expect(() => read(`name,owner\na\nb\nc\n${'d"\n'.repeat(3_000)}`, 2)).toThrow(tooMany);
});
