import type { RequestsToday } from '../ports.ts';
import type { DoctorCheck } from '../views.ts';
import { failed, passed } from './doctor-check.ts';

export type QuotaFindings = Readonly<{
  today: RequestsToday;
  /** What all schedules together ask for. */
  askedPerDay: number;
  /** How many times longer that makes every interval. */
  stretch: number;
}>;

/** Whether requests are left today, and whether the schedules fit into a day at all. */
export function quotaChecks({ today, askedPerDay, stretch }: QuotaFindings): readonly DoctorCheck[] {
  return [todayCheck(today), ...(today.forPolls === null ? [] : [scheduleCheck(today.forPolls, askedPerDay, stretch)])];
}

function todayCheck({ used, limit, forPolls, isExhausted }: RequestsToday): DoctorCheck {
  const name = 'requests today';
  const detail = limit === null ? `${grouped(used)} used, no limit` : `${grouped(used)} of ${grouped(limit)} used`;
  if (isExhausted) {
    return failed(name, `${detail}, and Constant Contact refuses more`, 'They start anew at 00:00 UTC.');
  }
  if (forPolls === null || used < forPolls) return passed(name, detail);
  const rest = limit !== null && used < limit ? '; the rest is kept for re-checks' : '';
  return failed(name, `${detail}, none is left for polls${rest}`, 'They start anew at 00:00 UTC.');
}

function scheduleCheck(forPolls: number, askedPerDay: number, stretch: number): DoctorCheck {
  const name = 'schedules';
  const asked = `they ask for ${grouped(askedPerDay)} requests a day`;
  if (stretch === 1) return passed(name, `${asked}, and ${grouped(forPolls)} are there for polls`);
  return failed(
    name,
    `${asked}, and ${grouped(forPolls)} are there for polls: every interval is ×${Number(stretch.toPrecision(3))} longer`,
    'Poll less often (POLL_SCHEDULE, tenants’ own schedules), or set CONSTANT_CONTACT_REQUESTS_PER_DAY if the key has more.',
  );
}

function grouped(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
