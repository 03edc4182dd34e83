import { isUsedUp, type RequestsToday } from '../../domain/polling/requests-today.ts';
import type { DoctorCheck, MonitorView } from '../views.ts';
import { failed, passed } from './doctor-check.ts';

/** Whether requests are left today, and whether the schedules fit into a day at all; null where nobody knows. */
export function quotaChecks(quota: MonitorView['quota']): readonly DoctorCheck[] {
  if (quota === null) return [];
  const { forPolls, askedPerDay, stretch } = quota;
  return [todayCheck(quota), ...(forPolls === null ? [] : [scheduleCheck(forPolls, askedPerDay, stretch)])];
}

function todayCheck(today: RequestsToday): DoctorCheck {
  const name = 'requests today';
  const { used, limit, isExhausted } = today;
  const detail = limit === null ? `${grouped(used)} used, no limit` : `${grouped(used)} of ${grouped(limit)} used`;
  if (!isUsedUp(today)) return passed(name, detail);
  const rest = limit !== null && used < limit ? '; the rest is kept for re-checks' : '';
  const why = isExhausted ? 'and Constant Contact refuses more' : `none is left for polls${rest}`;
  return failed(name, `${detail}, ${why}`, 'They start anew at 00:00 UTC.');
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
