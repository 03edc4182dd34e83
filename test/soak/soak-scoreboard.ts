import type { Verdict } from './judge-storm.ts';

/** One storm with its verdict, as it is shown. */
export type Judged = Readonly<{
  database: string;
  breaks: number;
  mails: number;
  kills: number;
  outages: number;
  falls: number;
  freedClaims: number;
  verdict: Verdict;
  /** What was wrong besides with the workers themselves. */
  beyond?: readonly string[];
}>;

const faults = ['missed', 'false', 'doubled', 'grantsLost', 'unlisted', 'unasked'] as const;

export function isGood({ verdict, beyond = [] }: Judged): boolean {
  return beyond.length === 0 && faults.every((fault) => verdict[fault].length === 0);
}

/** One row a database. */
export function soakText(judged: readonly Judged[]): string {
  const rows = judged.map((each) => {
    const { told, repeats, ...found } = each.verdict;
    return [
      each.database,
      each.breaks,
      each.kills,
      each.outages,
      each.mails,
      told.length,
      found.missed.length,
      found.false.length,
      found.doubled.length,
      repeats.length,
      found.grantsLost.length,
      found.unlisted.length,
      found.unasked.length,
      secondsOf(middleOf(told)),
      secondsOf(Math.max(0, ...told)),
    ].map(String);
  });
  return aligned([columns, ...rows]);
}

export function faultLines({ database, verdict, beyond = [] }: Judged): readonly string[] {
  const lines = faults.flatMap((fault) => verdict[fault].map((line) => `${database} ${fault}: ${line}`));
  return [...lines, ...beyond.map((line) => `${database}: ${line}`)];
}

const columns = [
  '',
  'breaks',
  'kills',
  'outages',
  'mails',
  'told',
  'missed',
  'false',
  'doubled',
  'repeated',
  'grants lost',
  'unlisted',
  'unasked',
  'median s',
  'longest s',
];

export function soakJson(seed: string, judged: readonly Judged[]): string {
  const databases = judged.map(({ verdict: { told, ...found }, ...each }) => ({
    ...each,
    isGood: isGood({ ...each, verdict: { told, ...found } }),
    told: told.length,
    toldAfterMs: { median: middleOf(told), longest: Math.max(0, ...told) },
    ...found,
  }));
  return JSON.stringify({ seed, databases }, null, 2);
}

function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function secondsOf(ms: number): string {
  return (ms / 1000).toFixed(1);
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')).join('\n');
}
