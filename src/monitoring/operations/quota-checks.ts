import { isRefusedEarly, isUsedUp, type RequestsToday } from '../../domain/polling/requests-today.ts';
import type { DoctorCheck, MonitorView } from '../views.ts';
import { failed, passed } from './doctor-check.ts';
import { REFUSED_EARLY_REMEDY } from './refused-early.ts';

type Applications = MonitorView['applications'];

/** Whether each application has requests left today, and whether its schedules fit into a day at all. */
export function quotaChecks(applications: Applications): readonly DoctorCheck[] {
  return applications.flatMap((application) => checksOf(application, applications.length > 1));
}

function checksOf({ name, quota }: Applications[number], hasSeveral: boolean): readonly DoctorCheck[] {
  const { limit, askedPerDay, stretch } = quota;
  const of = (what: string) => (hasSeveral ? `${what} (${name})` : what);
  return [
    todayCheck(quota, of('requests today')),
    ...(limit === null ? [] : [scheduleCheck(of('schedules'), { limit, askedPerDay, stretch })]),
  ];
}

function todayCheck(today: RequestsToday, name: string): DoctorCheck {
  const { used, limit, isExhausted } = today;
  const detail = limit === null ? `${grouped(used)} used, no limit` : `${grouped(used)} of ${grouped(limit)} used`;
  if (!isUsedUp(today)) return passed(name, detail);
  const rest = limit !== null && used < limit ? '; the rest is kept for re-checks' : '';
  const why = isExhausted ? 'and Constant Contact refuses more' : `none is left for polls${rest}`;
  const remedy = `They start anew at 00:00 UTC.${isRefusedEarly(today) ? ` ${REFUSED_EARLY_REMEDY}` : ''}`;
  return failed(name, `${detail}, ${why}`, remedy);
}

type Day = Readonly<{ limit: number; askedPerDay: number; stretch: number }>;

function scheduleCheck(name: string, { limit, askedPerDay, stretch }: Day): DoctorCheck {
  const asked = `they ask for ${grouped(askedPerDay)} requests a day`;
  if (stretch === 1) return passed(name, `${asked}, and ${grouped(limit)} are there`);
  return failed(
    name,
    `${asked}, and ${grouped(limit)} are there: every interval is ×${Number(stretch.toPrecision(3))} longer`,
    'Poll less often (POLL_SCHEDULE, tenants’ own schedules), or say that the key has more (CONSTANT_CONTACT_REQUESTS_PER_DAY, `linkwatch application update`).',
  );
}

function grouped(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
