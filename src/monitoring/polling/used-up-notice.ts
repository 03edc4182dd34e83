import { DAY_MS, type Instant } from '../../domain/model/time.ts';
import type { Log } from '../ports.ts';

/** Warns of tenants that are not asked for lack of requests: once a UTC day, for then it is the same until midnight. */
export function createUsedUpNotice(log: Log): (skipped: number, now: Instant) => void {
  let warnedOn: number | null = null;
  return (skipped, now) => {
    const day = Math.floor(now / DAY_MS);
    if (skipped === 0 || day === warnedOn) return;
    warnedOn = day;
    log.warn({ skipped }, 'the requests of the day are used up: tenants are not asked before 00:00 UTC');
  };
}
