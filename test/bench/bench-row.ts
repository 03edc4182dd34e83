import type { DatabaseName } from '../support/store-fixtures.ts';

/** One measurement beside that of its floor or peer in the same run; `floor` is null where there is none. */
export type Sample = Readonly<{ ours: number; floor: number | null }>;

/** What is to hold of a figure, or of its ratio to the floor: machines differ, so the ratio is what counts. */
export type Bound = Readonly<{ of: 'ratio' | 'ours'; is: 'at most' | 'at least'; limit: number; aim: number }>;

export type Figure = Readonly<{
  /** As in the table of docs/performance.md. */
  title: string;
  unit: string;
  /** What stands beside it. */
  floor: string | null;
  bound: Bound | null;
}>;

/** What was prepared to be measured, as often as one likes. */
export type Subject = Readonly<{
  sample(): Promise<Readonly<Record<string, Sample>>>;
  close(): Promise<void>;
}>;

/** One row of the benchmark, or several that one preparation serves. */
export type BenchRow = Readonly<{
  name: string;
  figures: Readonly<Record<string, Figure>>;
  databases: readonly DatabaseName[];
  /** How often it is measured; the median counts. */
  samples: number;
  /** A sample changes what was prepared: each further one is prepared anew. */
  isUsedUp?: boolean;
  prepare(database: DatabaseName): Promise<Subject>;
}>;

/** A figure as it came out. */
export type Outcome = Readonly<{
  row: string;
  figure: string;
  database: DatabaseName;
  unit: string;
  samples: number;
  ours: number;
  floor: number | null;
  floorIs: string | null;
  ratio: number | null;
  /** The least and the greatest of what the bound is about. */
  spread: readonly [number, number];
  bound: Bound | null;
  holds: boolean | null;
}>;

/** The medians of the samples, judged by the bound. */
export function outcomeOf(
  samples: readonly Sample[],
  { row, figure, database }: Readonly<{ row: string; figure: Figure; database: DatabaseName }>,
): Outcome {
  const ours = median(samples.map((sample) => sample.ours));
  const floors = samples.flatMap(({ floor }) => floor ?? []);
  const ratios = samples.flatMap((sample) => (sample.floor === null ? [] : [sample.ours / sample.floor]));
  const judged = figure.bound?.of === 'ours' || ratios.length === 0 ? samples.map((sample) => sample.ours) : ratios;
  return {
    row,
    figure: figure.title,
    database,
    unit: figure.unit,
    samples: samples.length,
    ours,
    floor: floors.length === 0 ? null : median(floors),
    floorIs: figure.floor,
    ratio: ratios.length === 0 ? null : median(ratios),
    spread: [Math.min(...judged), Math.max(...judged)],
    bound: figure.bound,
    holds: figure.bound === null ? null : isWithin(median(judged), figure.bound),
  };
}

function isWithin(value: number, { is, limit }: Bound): boolean {
  return is === 'at most' ? value <= limit : value >= limit;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle] ?? 0, sorted[middle] ?? 0];
  return (low + high) / 2;
}
