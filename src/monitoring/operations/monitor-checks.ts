import type { DoctorCheck, MonitorProblem, MonitorView } from '../views.ts';
import { failed, passed } from './doctor-check.ts';
import { minuteOf } from './monitor-problem.ts';

type Line = Readonly<{
  name: string;
  parts: readonly MonitorProblem['what'][];
  /** Null: nothing is said where all is well. */
  fine: string | null;
}>;

/** What the doctor looks at by itself (database, quota) is left out. */
const lines: readonly Line[] = [
  { name: 'stored times', parts: ['clock'], fine: 'none lies in the future' },
  { name: 'disk', parts: ['disk'], fine: 'nothing says that the database lacks room' },
  { name: 'rounds', parts: ['rounds'], fine: 'no poll is overdue' },
  { name: 'mail that waits', parts: ['mail'], fine: 'none waits for longer than it should' },
  { name: 'holds', parts: ['hold'], fine: 'no mail is held back' },
  { name: 'permissions', parts: ['grants'], fine: null },
  { name: 'workers', parts: ['workers'], fine: null },
  { name: 'outage', parts: ['outage', 'access'], fine: 'Constant Contact answers, and lets us in' },
];

const canaryLine: Line = { name: 'canary', parts: ['canary'], fine: 'its daily break is told' };

/** Whether the work gets on, from what all processes have stored: one line a part, or one for each of its problems. */
export function monitorChecks({ problems, canary }: MonitorView): readonly DoctorCheck[] {
  const unread = problems.find(({ what }) => what === 'database');
  // Nothing is known of the parts then, good or bad.
  if (unread !== undefined) return [problemLine('state of the monitor', unread)];
  const shown = canary === null ? lines : [...lines, canaryLine];
  return shown.flatMap(({ name, parts, fine }) => {
    const own = problems.filter(({ what }) => parts.includes(what));
    if (own.length > 0) return own.map((problem) => problemLine(name, problem));
    return fine === null ? [] : [passed(name, fine)];
  });
}

function problemLine(name: string, { detail, since, remedy }: MonitorProblem): DoctorCheck {
  return failed(name, `${detail}${sinceText(since)}`, remedy);
}

function sinceText(since: number | null): string {
  return since === null ? '' : ` (since ${minuteOf(since)} UTC)`;
}
