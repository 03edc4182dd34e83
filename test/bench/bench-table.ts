import type { Outcome } from './bench-row.ts';

/** The outcomes as the rows of a Markdown table. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const heading = ['figure', 'database', 'ours', 'floor or peer', 'ratio', 'spread', 'must be', 'aim', ''];
  const lines = [heading, heading.map(() => '---'), ...outcomes.map(cellsOf)];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellsOf({ figure, database, ours, floor, floorIs, ratio, spread, bound, unit, holds }: Outcome) {
  const sign = bound?.is === 'at least' ? '>=' : '<=';
  const of = bound?.of === 'ratio' ? ' x' : ` ${unit}`;
  return [
    figure,
    database,
    `${rounded(ours)} ${unit}`,
    floor === null ? '–' : `${floorIs}: ${rounded(floor)} ${unit}`,
    ratio === null ? '–' : rounded(ratio),
    `${rounded(spread[0])}–${rounded(spread[1])}`,
    bound === null ? '–' : `${sign} ${bound.limit}${of}`,
    bound === null ? '–' : `${bound.aim}${of}`,
    holds === null ? '' : holds ? 'holds' : 'missed',
  ];
}

function rounded(value: number): string {
  return Number(value.toPrecision(3)).toString();
}
