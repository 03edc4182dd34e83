import Table from 'cli-table3';
import type { Output } from '../context.ts';
import { paint, type Style } from './paint.ts';
import { plain } from './plain-text.ts';

/** A cell: untrusted text, made safe for the terminal here, and its colour. */
export type Cell = string | Readonly<{ text: string; style: Style }>;

const GAP = '  ';

/** Columns aligned by spaces alone, so that the table can be searched and copied. */
export function table(output: Output, head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [head.map((title): Cell => ({ text: title, style: 'dim' })), ...rows].map((row) => row.map(measured));
  const widths = head.map((_, column) => lines.reduce((most, row) => Math.max(most, row[column]?.width ?? 0), 0));
  return lines
    .map((row) => row.map((cell, column) => padded(output, cell, widths[column] ?? 0)).join(GAP))
    .map((line) => line.trimEnd())
    .join('\n');
}

type Measured = Readonly<{ text: string; style: Style | null; width: number }>;

function measured(cell: Cell): Measured {
  const text = plain(typeof cell === 'string' ? cell : cell.text);
  return { text, style: typeof cell === 'string' ? null : cell.style, width: widthOf(text) };
}

function padded(output: Output, { text, style, width }: Measured, columnWidth: number): string {
  const painted = style === null ? text : paint(output, text, style);
  return painted + ' '.repeat(columnWidth - width);
}

/** Characters that are one column wide in every terminal, as nearly all are. */
const NARROW = /^[\x20-\x7e\u00c0-\u02af]*$/;

/** Columns of a terminal. The library knows how wide the rest is, but lays out long tables in square time. */
function widthOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  const alone = new Table({ style: { 'padding-left': 0, 'padding-right': 0 } });
  alone.push([text]);
  // The library writes the widths that it finds into its options.
  alone.toString();
  return alone.options.colWidths[0] ?? text.length;
}
