import type { DoctorCheck, MonitorProblem, MonitorView } from '../views.ts';
import { failed, passed } from './doctor-check.ts';

type Line = Readonly<{
  name: string;
  parts: readonly MonitorProblem['what'][];
  fine: (monitor: MonitorView) => string;
}>;

/** What the doctor looks at by itself (database, quota, clock) is left out. */
const lines: readonly Line[] = [
  { name: 'disk', parts: ['disk'], fine: () => 'the database has room to grow' },
  { name: 'rounds', parts: ['rounds'], fine: () => 'no poll is overdue' },
  { name: 'mail that waits', parts: ['mail'], fine: () => 'none waits for longer than it should' },
  { name: 'holds', parts: ['hold'], fine: () => 'no mail is held back' },
  { name: 'outage', parts: ['outage', 'access'], fine: () => 'Constant Contact answers, and lets us in' },
];

/** Whether the work gets on, from what all processes have stored: one line a part, or one for each of its problems. */
export function monitorChecks(monitor: MonitorView): readonly DoctorCheck[] {
  return lines.flatMap(({ name, parts, fine }) => {
    const problems = monitor.problems.filter(({ what }) => parts.includes(what));
    if (problems.length === 0) return [passed(name, fine(monitor))];
    return problems.map(({ detail, since, remedy }) => failed(name, `${detail}${sinceText(since)}`, remedy));
  });
}

function sinceText(since: number | null): string {
  return since === null ? '' : ` (since ${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC)`;
}
