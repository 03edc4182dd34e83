import type { Reader } from './reader.ts';

/** What a slow expression is slow with: one of these, again and again. */
const pumps = [
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\0',
  'a',
  'A',
  '1',
  '0,',
  '.',
  '-',
  '_',
  '/',
  '\\',
  '+',
  '*',
  '*,',
  '=',
  ';',
  ':',
  ',',
  '%',
  '"',
  "'",
  '""',
  '<',
  '>',
  '<>',
  '@',
  'a@',
  '(',
  '[',
  '{',
  '}',
  '|',
  '#',
  '&',
  '?',
  '~',
  '`',
  '\ufeff',
  '\u202e',
  'é',
  '\u0301',
  '😀',
  '\ud800',
  'a.',
  'a b',
  '1.',
  ' ;',
  '; ',
  '\n ',
  '\n\n',
  '=\n',
  'x-a: b\n',
  '--=_b0undary\n',
  '5.1.1 ',
  '"a",',
  '{"a":',
  '[[',
  'user ',
  'sender ',
  'password ',
  'bearer ',
  'http://',
  '://',
  '*/1,',
  'JAN',
  '2d,',
  'eyJ',
] as const;

/** Where a text is cut, so that the pump stands behind every kind of beginning. */
const cuts = [0, 0.4, 0.75] as const;
/** Further ones differ little in how they are read. */
const TEXTS = 2;

export type LongText = Readonly<{ pump: string; cut: number; of(length: number): string }>;

/** Texts of the reader's kind that are as long as one wants, and long in a way that is hard to read. */
export function longTextsFor({ corpus }: Reader): readonly LongText[] {
  return corpus.slice(0, TEXTS).flatMap((text) =>
    pumps.flatMap((pump) =>
      cuts.map((cut): LongText => {
        const at = Math.floor(text.length * cut);
        const of = (length: number) =>
          text.slice(0, at) + pump.repeat(Math.ceil(length / pump.length)) + text.slice(at);
        return { pump, cut, of };
      }),
    ),
  );
}
