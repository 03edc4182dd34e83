import { stringify } from 'csv-stringify/sync';
import { withoutSteering } from './steering.ts';

/** A spreadsheet would run a text that begins like this as a formula; an apostrophe in front makes it text. */
const FORMULA = /^'*\s*[=+\-@\t\r]/;

export type CsvValue = string | number | null;

/** Spreadsheets take a file for UTF-8 that begins with it, and else for whatever the machine is used to. */
export const BYTE_ORDER_MARK = '\ufeff';

export function toCsv(columns: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [csvLines([columns]), csvLines(rows)].filter((lines) => lines !== '').join('\n');
}

/** Lines without a header, and without a line break at the end. */
export function csvLines(rows: readonly (readonly CsvValue[])[]): string {
  const cells = rows.map((row) => row.map((value) => (typeof value === 'string' ? guarded(value) : value)));
  return stringify(cells).replace(/\n$/, '');
}

/** Without what could steer a terminal; a cell keeps its own spaces and line breaks. */
function plainCell(text: string): string {
  return withoutSteering(text.replaceAll(/[^\P{Cc}\r\n\t]+/gu, ''));
}

function guarded(text: string): string {
  const cell = plainCell(text);
  return isFormula(cell) ? `'${cell}` : cell;
}

/** Full-width and small forms count as well: a spreadsheet in an East Asian language takes `\uff1d` for `=`. */
function isFormula(text: string): boolean {
  return FORMULA.test(text.normalize('NFKC'));
}

/** What `toCsv` was given: takes the apostrophe off again. */
export function unguarded(text: string): string {
  return text.startsWith("'") && isFormula(text) ? text.slice(1) : text;
}
