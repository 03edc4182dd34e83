import Table from 'cli-table3';
import type { Output } from './context.ts';
import { paint, type Style } from './paint.ts';
import { plain } from './plain-text.ts';

/** Text from anywhere, with how it should look; it is made safe for the terminal here. */
export type Cell = string | Readonly<{ text: string; style: Style }>;

const noBorders = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid']
    .concat('mid', 'mid-mid', 'right', 'right-mid', 'middle')
    .map((name) => [name, '']),
);

/** Columns aligned by spaces alone, so that it can be read, searched and copied. */
export function table(output: Output, head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = new Table({
    chars: noBorders,
    head: head.map((title) => paint(output, title, 'dim')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  lines.push(...rows.map((row) => row.map((cell) => cellText(output, cell))));
  return lines.toString().replaceAll(/ +$/gm, '');
}

function cellText(output: Output, cell: Cell): string {
  return typeof cell === 'string' ? plain(cell) : paint(output, plain(cell.text), cell.style);
}
