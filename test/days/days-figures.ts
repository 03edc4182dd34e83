import { DAY_MS, type Instant, SECOND_MS } from '../../src/domain/model/time.ts';
import { mostWithin } from '../support/request-slots.ts';
import { BROKEN_MS, type Days } from './simulate-days.ts';
import { type Arrival, requestsByDay } from './simulated-upstream.ts';

/** What days were like, of all keys together; the worst of them where they differ. */
export type DaysFigures = Readonly<{
  /** Of whole days, the share of the requests that was sent. */
  usedShare: number;
  mostInASecond: number;
  /** With what was used before. */
  mostInADay: number;
  /** Refused by Constant Contact for one request too many. */
  overLimit: number;
  /** Between two polls of a tenant that was never in doubt, from the first whole day on. */
  medianMs: number;
  worstMs: number;
  /** Most polls of such a tenant, by the fewest of any. */
  fairness: number;
  /** The longest time from the poll that showed a break first to the next one; null where none did. */
  doubtMs: number | null;
}>;

export function figuresOf(days: Days): DaysFigures {
  const { upstreams, limits, usedBefore, from, until, tenants, breaks } = days;
  const all = upstreams.map(({ arrivals }) => arrivals);
  const byTenant = Map.groupBy(all.flat(), ({ tenantId }) => tenantId);
  const calm = tenants.filter(({ id }) => !breaks.has(id)).map(({ id }) => timesOf(byTenant.get(id)));
  const firstDay = Math.floor(from / DAY_MS);
  const wholeDays = Array.from({ length: (until - from) / DAY_MS }, (_, n) => Math.ceil(from / DAY_MS) + n);
  const gaps = calm.flatMap((times) => gapsOf(times.filter((at) => at >= Math.ceil(from / DAY_MS) * DAY_MS)));
  const doubts = [...breaks].flatMap(([id, at]) => doubtOf(timesOf(byTenant.get(id)), at, until) ?? []);
  const counted = all.map(requestsByDay);
  const used = counted.flatMap((byDay) => wholeDays.map((day) => (byDay.get(day) ?? 0) / limits.perDay));
  const counts = calm.map(({ length }) => length);
  return {
    usedShare: used.reduce((sum, share) => sum + share, 0) / used.length,
    mostInASecond: Math.max(...all.map((arrivals) => mostWithin(SECOND_MS, timesOf(arrivals)))),
    mostInADay: Math.max(
      ...counted.flatMap((byDay) => [...byDay].map(([day, sent]) => sent + (day === firstDay ? usedBefore : 0))),
    ),
    overLimit: upstreams.reduce((sum, upstream) => sum + upstream.refused(), 0),
    medianMs: medianOf(gaps),
    worstMs: gaps.reduce((worst, gap) => Math.max(worst, gap), 0),
    fairness: most(counts) / -most(counts.map((count) => -count)),
    doubtMs: doubts.length === 0 ? null : most(doubts),
  };
}

function timesOf(arrivals: readonly Arrival[] = []): readonly Instant[] {
  return arrivals.map(({ at }) => at).toSorted((a, b) => a - b);
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function most(values: readonly number[]): number {
  return values.reduce((greatest, value) => Math.max(greatest, value), Number.NEGATIVE_INFINITY);
}

function gapsOf(times: readonly Instant[]): readonly number[] {
  return times.slice(1).map((at, index) => at - (times[index] ?? at));
}

/** From the poll that showed it first to the one that made it certain; null where no poll came while it was broken. */
function doubtOf(times: readonly Instant[], breaksAt: Instant, until: Instant): number | null {
  const [first, second] = times.filter((at) => at >= breaksAt);
  return first === undefined || first >= breaksAt + BROKEN_MS ? null : (second ?? until) - first;
}
