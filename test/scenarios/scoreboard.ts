import type { Judged } from './judge.ts';
import { addScores, isPerfect, NO_SCORE, type Score } from './score.ts';
import type { Chapter } from './story.ts';

const columns = ['told', 'missed', 'false', 'doubled', 'late'] as const;
type Policy = 'linkwatch' | 'naive';

/** For a reader: each story, each chapter, and the sum. */
export function scoreboardText(judged: readonly Judged[], chapters: readonly Chapter[]): string {
  const rows = [...chapters.map(({ title }) => title), null].flatMap((title) => {
    const within = judged.filter(({ chapter }) => title === null || chapter === title);
    const name = `${title ?? 'In total'} (${within.length})`;
    const row = (label: string, policy: Policy) => [
      label,
      policy,
      ...columns.map((c) => String(total(within, policy)[c])),
    ];
    return within.length === 0 ? [] : [row(name, 'linkwatch'), row('', 'naive')];
  });
  const scores = aligned([['', 'policy', ...columns], ...rows]);
  return [storyLines(judged), scores].join('\n\n');
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const isFigure = (column: number) => column > 1;
  const cell = (text: string, column: number) => {
    const width = widths[column] ?? 0;
    return isFigure(column) ? text.padStart(width) : text.padEnd(width);
  };
  return rows.map((row) => row.map(cell).join('  ')).join('\n');
}

/** One document for programs. */
export function scoreboardJson(judged: readonly Judged[]): string {
  const stories = judged.map(({ story, chapter, isExact, expected, told, linkwatch, naive }) => ({
    chapter,
    name: story.name,
    rules: story.rules,
    pains: story.pains,
    isExact,
    linkwatch,
    naive,
    ...(isExact ? {} : { expected, told }),
  }));
  const totals = { linkwatch: total(judged, 'linkwatch'), naive: total(judged, 'naive') };
  return JSON.stringify({ totals, stories }, null, 2);
}

function total(judged: readonly Judged[], policy: Policy): Score {
  return judged.map((each) => each[policy]).reduce(addScores, NO_SCORE);
}

function storyLines(judged: readonly Judged[]): string {
  return judged.map((each) => `${isRight(each) ? 'ok  ' : 'FAIL'}  ${each.story.name}${differenceOf(each)}`).join('\n');
}

function isRight({ isExact, linkwatch }: Judged): boolean {
  return isExact && isPerfect(linkwatch);
}

function differenceOf({ isExact, expected, told }: Judged): string {
  if (isExact) return '';
  const missing = expected.filter((line) => !told.includes(line)).map((line) => `\n        expected  ${line}`);
  const surplus = told.filter((line) => !expected.includes(line)).map((line) => `\n        told      ${line}`);
  return [...missing, ...surplus].join('');
}
