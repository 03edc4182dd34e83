import type { Reading, Snapshot } from './model/connection.ts';
import { UNKNOWN_STATUS } from './model/connection-status.ts';
import type { Instant } from './model/time.ts';

/** A stretch of a connection's past; unobserved time is a period too. */
export type Period = Reading &
  Readonly<{
    from: Instant;
    to: Instant;
    /** How many polls gave this reading; 0 while unobserved. */
    polls: number;
  }>;

export type TimeRange = Readonly<{ from: Instant; to: Instant }>;

/**
 * The past within a range, without holes. A snapshot lasts until the next one begins, but never longer than its last
 * poll speaks for; the rest is `unobserved`.
 *
 * @param snapshots of one connection, oldest first
 */
export function periodsOf(snapshots: readonly Snapshot[], range: TimeRange): readonly Period[] {
  const periods: Period[] = [];
  let reached = range.from;
  for (const [index, snapshot] of snapshots.entries()) {
    const nextFrom = snapshots[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const from = Math.max(snapshot.from, range.from);
    const to = Math.min(snapshot.to + snapshot.speaksForMs, nextFrom, range.to);
    if (to <= from) continue;
    if (from > reached) periods.push(unobserved(reached, from));
    const { health, conditions, status, polls } = snapshot;
    periods.push({ health, conditions, status, polls, from, to });
    reached = to;
  }
  if (reached < range.to) periods.push(unobserved(reached, range.to));
  return periods;
}

export type Uptime = Readonly<{
  /** healthy / (healthy + waiting by a rate limit + broken); null when that time is nothing. */
  uptime: number | null;
  /** The share of the time asked for that counts as up or as down; null when nothing was asked for. */
  coverage: number | null;
}>;

/** Time not observed, `check_failed` and `removed` count neither as up nor as down. */
export function uptimeOf(periods: readonly Period[], { from, to }: TimeRange): Uptime {
  const upMs = total(periods.filter(({ health }) => health === 'healthy'));
  const downMs = total(periods.filter(isDown));
  const knownMs = upMs + downMs;
  return {
    uptime: knownMs === 0 ? null : upMs / knownMs,
    coverage: to <= from ? null : knownMs / (to - from),
  };
}

function isDown({ health, conditions }: Period): boolean {
  return health === 'broken' || (health === 'waiting' && conditions.includes('rate_limited'));
}

function total(periods: readonly Period[]): number {
  return periods.reduce((sum, { from, to }) => sum + (to - from), 0);
}

function unobserved(from: Instant, to: Instant): Period {
  return { from, to, health: 'unobserved', conditions: [], status: UNKNOWN_STATUS, polls: 0 };
}
