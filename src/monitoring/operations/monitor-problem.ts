import type { Instant } from '../../domain/model/time.ts';
import type { MonitorProblem } from '../views.ts';

type Part = MonitorProblem['what'];

export function critical(what: Part, since: Instant | null, detail: string, remedy: string): MonitorProblem {
  return { what, severity: 'critical', since, detail, remedy };
}

export function warning(what: Part, since: Instant | null, detail: string, remedy: string): MonitorProblem {
  return { what, severity: 'warning', since, detail, remedy };
}

export function tenantsText(count: number): string {
  return count === 1 ? '1 tenant' : `${count.toLocaleString('en-US')} tenants`;
}

/** `2026-11-28 09:30`, in UTC. */
export function minuteOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
