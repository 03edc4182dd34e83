import { createRequire } from 'node:module';
import type stringWidth from 'string-width';
import { graphemesOf } from '../../words/graphemes.ts';
import type { Output } from '../context.ts';
import { paint, type Style } from './paint.ts';
import { plain } from './plain-text.ts';

/** A cell: untrusted text, made safe for the terminal here, and its colour. */
export type Cell = string | Readonly<{ text: string; style: Style }>;

type Rows = readonly (readonly Cell[])[];

const GAP = '  ';
/** A shortened column still tells its cells apart. */
const NARROWEST = 12;

/**
 * A list: columns aligned by spaces alone, so that it can be searched and copied. On a terminal that is too narrow the
 * widest columns are shortened until a line fits; an `ID` never is, because it is there to be copied.
 */
export function table(output: Output, head: readonly string[], rows: Rows): string {
  const lines = measuredLines(head, rows);
  const widths = widthsOf(head, lines);
  return laidOut(output, lines, output.isTerminal ? fitted(head, widths, output.columns) : widths);
}

/** The fields of one thing, each whole, whatever the terminal. */
export function fieldTable(output: Output, head: readonly string[], rows: Rows): string {
  const lines = measuredLines(head, rows);
  return laidOut(output, lines, widthsOf(head, lines));
}

type Measured = Readonly<{ text: string; style: Style | null; width: number }>;
type Lines = readonly (readonly Measured[])[];

function measuredLines(head: readonly string[], rows: Rows): Lines {
  return [head.map((title): Cell => ({ text: title, style: 'dim' })), ...rows].map((row) => row.map(measured));
}

function measured(cell: Cell): Measured {
  const text = plain(typeof cell === 'string' ? cell : cell.text);
  return { text, style: typeof cell === 'string' ? null : cell.style, width: widthOf(text) };
}

function widthsOf(head: readonly string[], lines: Lines): readonly number[] {
  return head.map((_, column) => lines.reduce((most, row) => Math.max(most, row[column]?.width ?? 0), 0));
}

/** Takes from the widest column again and again, as long as one is wider than its title and than `NARROWEST`. */
function fitted(head: readonly string[], widths: readonly number[], columns: number | null): readonly number[] {
  const fitting = [...widths];
  const least = head.map((title) => (title === 'ID' ? Number.POSITIVE_INFINITY : Math.max(title.length, NARROWEST)));
  const total = () => fitting.reduce((sum, width) => sum + width, 0) + GAP.length * (fitting.length - 1);
  while (columns !== null && total() > columns) {
    const spare = fitting.map((width, column) => (width > (least[column] ?? 0) ? width : 0));
    const widest = spare.indexOf(Math.max(...spare));
    if (spare[widest] === 0) break;
    fitting[widest] = (fitting[widest] ?? 0) - 1;
  }
  return fitting;
}

function laidOut(output: Output, lines: Lines, widths: readonly number[]): string {
  return lines
    .map((row) => row.map((cell, column) => padded(output, shortened(cell, widths[column] ?? 0), widths[column] ?? 0)))
    .map((cells) => cells.join(GAP).trimEnd())
    .join('\n');
}

function shortened(cell: Measured, width: number): Measured {
  if (cell.width <= width) return cell;
  let text = '';
  let taken = 0;
  for (const grapheme of graphemesOf(cell.text)) {
    const more = widthOf(grapheme);
    if (taken + more > width - 1) break;
    text += grapheme;
    taken += more;
  }
  return { ...cell, text: `${text}…`, width: taken + 1 };
}

function padded(output: Output, { text, style, width }: Measured, columnWidth: number): string {
  const painted = style === null ? text : paint(output, text, style);
  return painted + ' '.repeat(columnWidth - width);
}

/** Characters that are one column wide in every terminal, as nearly all are. */
const NARROW = /^[\x20-\x7e\u00c0-\u02af]*$/;

/** Columns of a terminal. */
function widthOf(text: string): number {
  return NARROW.test(text) ? text.length : wideWidthOf(text);
}

/**
 * The package is loaded by the first text that needs it: its patterns of emoji take longer to build than most commands
 * need.
 */
function wideWidthOf(text: string): number {
  const loaded: { default: typeof stringWidth } = requirePackage('string-width');
  return loaded.default(text);
}

const requirePackage = createRequire(import.meta.url);
