import fc from 'fast-check';
import type { Reader } from './reader.ts';

/** What is hard to read in one place or another. */
const pieces = [
  '\0',
  '\r',
  '\n',
  '\r\n',
  '\t',
  ' ',
  '"',
  "'",
  '`',
  '\\',
  '\\u0000',
  '%00',
  '%',
  '&',
  '<',
  '>',
  '<script>',
  '{{',
  '${',
  '\ufeff',
  '\ufffd',
  '\u202e',
  '\u2028',
  '\ud800',
  '\udfff',
  '😀',
  'é',
  'İ',
  'ß',
  'ﬀ',
  '\u0301\u0301',
  '\u200b',
  'null',
  'true',
  '[]',
  '{}',
  '-0',
  '1e999',
  '9007199254740993',
  '99999999999999999999',
  'NaN',
  '__proto__',
  'constructor',
  '@',
  '<@>',
  '=?utf-8?Q?=00?=',
  '=0D=0A',
  '/../',
  '//',
  '::1',
  '127.0.0.1',
  ';',
  ',',
  '|',
  '=',
  '+',
  '*',
  '#',
  '?',
  ':',
  'L',
  '5#9',
  '0/0',
  '2026-02-30',
  '24:00',
  '99d',
  'JAN',
  'multipart/mixed',
  'boundary="',
  'base64',
  '\n.\n',
] as const;

type Edit =
  | Readonly<{ kind: 'insert'; at: number; text: string }>
  | Readonly<{ kind: 'remove'; at: number; length: number }>
  | Readonly<{ kind: 'repeat'; at: number; length: number; times: number }>
  | Readonly<{ kind: 'flip'; at: number; by: number }>;

const at = fc.double({ min: 0, max: 1, noNaN: true });
const length = fc.integer({ min: 1, max: 20 });
const anyString = fc.string({ unit: 'binary', maxLength: 20 });

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), at, text: fc.oneof(fc.constantFrom(...pieces), anyString) }),
  fc.record({ kind: fc.constant('remove' as const), at, length }),
  fc.record({ kind: fc.constant('repeat' as const), at, length, times: fc.integer({ min: 2, max: 50 }) }),
  fc.record({ kind: fc.constant('flip' as const), at, by: fc.integer({ min: 1, max: 0xffff }) }),
);

/** A real text of the reader's kind with a few faults; now and then any text at all. */
export function anyTextFor({ corpus }: Reader): fc.Arbitrary<string> {
  const faulty = fc
    .record({ text: fc.constantFrom(...corpus), edits: fc.array(anyEdit, { maxLength: 6 }) })
    .map(({ text, edits }) => edits.reduce(edited, text));
  const built = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(''));
  return fc.oneof(
    { weight: 8, arbitrary: faulty },
    { weight: 1, arbitrary: built },
    { weight: 1, arbitrary: anyString },
  );
}

function edited(text: string, edit: Edit): string {
  const place = Math.floor(edit.at * text.length);
  const [before, after] = [text.slice(0, place), text.slice(place)];
  switch (edit.kind) {
    case 'insert':
      return before + edit.text + after;
    case 'remove':
      return before + after.slice(edit.length);
    case 'repeat':
      return before + after.slice(0, edit.length).repeat(edit.times) + after;
    case 'flip':
      return before + String.fromCharCode((after.charCodeAt(0) || 0) ^ edit.by) + after.slice(1);
  }
}
