import { stringify } from 'csv-stringify/sync';

/** A spreadsheet would run a text that begins like this as a formula; an apostrophe in front makes it text. */
const FORMULA = /^'*[=+\-@\t\r]/;

export type CsvValue = string | number | null;

export function toCsv(columns: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  const cells = rows.map((row) => row.map((value) => (typeof value === 'string' ? guarded(value) : value)));
  return stringify([[...columns], ...cells]).replace(/\n$/, '');
}

function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** What `toCsv` was given: takes the apostrophe off again. */
export function unguarded(text: string): string {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
}
