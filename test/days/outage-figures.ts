import { MINUTE_MS, SECOND_MS } from '../../src/domain/model/time.ts';
import { mostWithin } from '../support/request-slots.ts';
import type { Days } from './simulate-days.ts';

/** What became of one outage, of the only key. */
export type OutageFigures = Readonly<{
  /** Requests that were sent while it lasted. */
  requestsDuring: number;
  /** From its end to the first answer. */
  secondsToNotice: number;
  /** From its end until no tenant has waited for longer than its interval. */
  minutesToCatchUp: number;
  /** In the hour after it. */
  mostInASecond: number;
  mostInAMinute: number;
}>;

export function outageFiguresOf({ upstreams, setup, from }: Days): OutageFigures {
  const arrivals = upstreams.flatMap((upstream) => upstream.arrivals);
  const [outage] = setup.outages ?? [];
  if (outage === undefined) throw new Error('There was no outage.');
  const begins = from + outage.from * 60 * MINUTE_MS;
  const ends = begins + outage.hours * 60 * MINUTE_MS;
  const after = arrivals.filter(({ at }) => at >= ends && at < ends + 60 * MINUTE_MS);
  const times = after.map(({ at }) => at).toSorted((a, b) => a - b);
  const answered = new Set<string>();
  const caughtUpAt = after.find(({ tenantId }) => answered.add(tenantId).size === setup.tenants)?.at;
  return {
    requestsDuring: arrivals.filter(({ at }) => at >= begins && at < ends).length,
    secondsToNotice: ((after.at(0)?.at ?? Number.POSITIVE_INFINITY) - ends) / SECOND_MS,
    minutesToCatchUp: ((caughtUpAt ?? Number.POSITIVE_INFINITY) - ends) / MINUTE_MS,
    mostInASecond: mostWithin(SECOND_MS, times),
    mostInAMinute: mostWithin(MINUTE_MS, times),
  };
}
