import { healths } from '../../domain/model/condition.ts';
import type { ConnectionHistory, TenantHistory } from '../../monitoring/views.ts';
import { percentage } from '../../words/format-share.ts';
import { formatDuration } from '../../words/format-time.ts';
import { type Look, moment, momentText } from './frame.ts';
import { type Bars, barsOf, healthText, type PeriodOfPast } from './history-picture.ts';
import { type ChosenRange, rangeChoices, type Tick, ticksOf } from './history-range.ts';
import { accountText } from './names.ts';
import { type Tone, toneOf } from './tenant-rows.ts';

/** Connections that are drawn, and lines of all their tables: the page stays small, whatever the past was. */
const MOST_CONNECTIONS = 25;
const MOST_LINES = 100;

type Line = Readonly<{ tone: Tone; health: string; from: string; to: string; lasted: string }>;

export type HistoryView = Readonly<{
  choices: readonly Readonly<{ value: string; isChosen: boolean }>[];
  fromDay: string;
  toDay: string;
  csv: string;
  ticks: readonly (Tick & Readonly<{ x: number }>)[];
  rows: readonly (Bars & Readonly<{ name: string; figures: string; lines: readonly Line[]; moreLines: number }>)[];
  moreRows: number;
}>;

/** The past of all of a tenant's connections on one time axis, those in trouble now first. */
export function historyView(
  history: TenantHistory,
  { range, look, csv }: Readonly<{ range: ChosenRange; look: Look; csv: string }>,
): HistoryView {
  const drawing = { range, moment: (at: number) => momentText(at, look.zone) };
  const ordered = history.connections.toSorted((a, b) => urgency(a) - urgency(b));
  const xOf = (at: number) => Math.round((100_000 * (at - range.from)) / (range.to - range.from)) / 1000;
  const shown = ordered.slice(0, MOST_CONNECTIONS);
  const linesOfEach = Math.max(4, Math.floor(MOST_LINES / Math.max(1, shown.length)));
  return {
    choices: rangeChoices.map((value) => ({ value, isChosen: value === range.choice })),
    fromDay: range.fromDay,
    toDay: range.toDay,
    csv,
    ticks: ticksOf(range, look.zone).map((tick) => ({ ...tick, x: xOf(tick.at) })),
    rows: shown.map((connection) => ({
      name: accountText(connection),
      figures: figuresOf(connection),
      ...barsOf(connection.periods, drawing),
      lines: connection.periods
        .toReversed()
        .slice(0, linesOfEach)
        .map((period) => lineOf(period, look)),
      moreLines: Math.max(0, connection.periods.length - linesOfEach),
    })),
    moreRows: ordered.length - shown.length,
  };
}

function urgency({ periods }: ConnectionHistory): number {
  const latest = periods.at(-1);
  return latest === undefined ? healths.length : healths.indexOf(latest.health);
}

function figuresOf({ uptime, coverage }: ConnectionHistory): string {
  if (uptime === null) return 'not observed';
  const seen = coverage !== null && coverage < 1 ? `, ${percentage(coverage)} observed` : '';
  return `${percentage(uptime)} healthy${seen}`;
}

function lineOf(period: PeriodOfPast, look: Look): Line {
  return {
    tone: toneOf(period.health),
    health: healthText(period),
    from: moment(period.from, look),
    to: moment(period.to, look),
    lasted: formatDuration(period.to - period.from),
  };
}
