import type { Period, TimeRange } from '../../domain/history.ts';
import { isInTrouble } from '../../domain/model/condition.ts';
import { formatDuration } from '../../words/format-time.ts';
import { conditionText } from '../../words/operator-wording.ts';
import { type Tone, toneOf } from './tenant-rows.ts';

/** What is drawn of a period: where it begins and how wide it is, in hundredths of the range, and its name. */
export type Bar = Readonly<{ x: number; width: number; tone: Tone; title: string }> & Shape;

/** Trouble stands higher than what is well: by shape, not by colour alone. */
type Shape = Readonly<{ y: number; height: number }>;
const shapes: Readonly<Record<Tone, Shape>> = {
  bad: { y: 7, height: 27 },
  warn: { y: 11, height: 20 },
  good: { y: 14, height: 14 },
  unknown: { y: 14, height: 14 },
  gone: { y: 20, height: 3 },
};

/** `marks` are troubles too short to be seen: they are drawn wider than they were, and marked as such. */
export type Bars = Readonly<{ bars: readonly Bar[]; marks: readonly Bar[] }>;

export type PeriodOfPast = Pick<Period, 'from' | 'to' | 'health' | 'conditions'>;

type Drawing = Readonly<{ range: TimeRange; moment(at: number): string }>;

/** The least width that can be seen and pointed at. */
const NARROWEST = 0.4;
/**
 * Short troubles that are no further apart share one mark, so that a picture has few of them, whatever the past was.
 */
const CELL = 0.8;

/**
 * One connection's periods as bars. What is at least as wide as can be seen is drawn as it was. Shorter trouble becomes
 * a mark; anything else that short is drawn as what was before it.
 */
export function barsOf(periods: readonly PeriodOfPast[], drawing: Drawing): Bars {
  const runs: Run[] = [];
  const short: PeriodOfPast[] = [];
  for (const period of periods) {
    const isShort = widthOf(period, drawing.range) < NARROWEST;
    if (isShort && isInTrouble(period.health)) short.push(period);
    const before = runs.at(-1);
    if (before !== undefined && (isShort || isLike(before, period))) {
      runs[runs.length - 1] = { ...before, to: period.to, isMixed: before.isMixed || !isLike(before, period) };
    } else if (!isShort || !isInTrouble(period.health)) {
      runs.push({ ...period, isMixed: false });
    } else {
      runs.push({ ...period, health: 'unobserved', conditions: [], isMixed: true });
    }
  }
  const bars = runs.map((run) => ({
    ...placeOf(run, drawing.range),
    ...lookOf(run),
    title: titleOf(run, drawing),
  }));
  return { bars, marks: marksOf(short, drawing) };
}

function lookOf({ health }: Pick<PeriodOfPast, 'health'>): Pick<Bar, 'tone'> & Shape {
  const tone = toneOf(health);
  return { tone, ...shapes[tone] };
}

/** Periods that are drawn as one; `isMixed`: not all of them are what it is drawn as. */
type Run = PeriodOfPast & Readonly<{ isMixed: boolean }>;

function isLike(a: PeriodOfPast, b: PeriodOfPast): boolean {
  return a.health === b.health && a.conditions.join() === b.conditions.join();
}

function widthOf({ from, to }: TimeRange, range: TimeRange): number {
  return (100 * (to - from)) / (range.to - range.from);
}

function placeOf(period: TimeRange, range: TimeRange): Pick<Bar, 'x' | 'width'> {
  const x = (100 * (period.from - range.from)) / (range.to - range.from);
  return { x: rounded(x), width: rounded(widthOf(period, range)) };
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}

function titleOf(run: Run, { moment }: Drawing): string {
  const text = `${healthText(run)}: ${moment(run.from)} to ${moment(run.to)} (${formatDuration(run.to - run.from)})`;
  return run.isMixed ? `mostly ${text}` : text;
}

export function healthText({ health, conditions }: Pick<PeriodOfPast, 'health' | 'conditions'>): string {
  if (health === 'unobserved') return 'not observed';
  return conditions.length === 0 ? health : `${health}, ${conditionText(conditions)}`;
}

function marksOf(short: readonly PeriodOfPast[], drawing: Drawing): readonly Bar[] {
  const cellOf = (period: PeriodOfPast) => Math.floor(placeOf(period, drawing.range).x / CELL);
  return [...Map.groupBy(short, cellOf).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const worst = group.find(({ health }) => health === 'broken') ?? first;
    const { x } = placeOf(first, drawing.range);
    const title = markTitle(group, worst, drawing);
    return { x: Math.min(x, 100 - NARROWEST), width: NARROWEST, ...lookOf(worst), title };
  });
}

function markTitle(group: readonly PeriodOfPast[], worst: PeriodOfPast, drawing: Drawing): string {
  const [first] = group;
  const lasted = formatDuration(group.reduce((sum, { from, to }) => sum + (to - from), 0));
  if (first === undefined || group.length === 1)
    return `${titleOf({ ...worst, isMixed: false }, drawing)}, drawn wider than it was`;
  return `${group.length} short troubles from ${drawing.moment(first.from)} on, ${lasted} in all, drawn wider than they were`;
}
