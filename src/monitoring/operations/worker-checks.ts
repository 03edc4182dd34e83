import { MINUTE_MS, SECOND_MS } from '../../domain/model/time.ts';
import { workerRoles } from '../../domain/model/worker.ts';
import type { DoctorCheck, MonitorProblem, WorkerView } from '../views.ts';
import { passed, unchecked } from './doctor-check.ts';
import { warning } from './monitor-problem.ts';

/** A machine that keeps its time by NTP is never off by this much. */
const CLOCK_OFF_MS = MINUTE_MS;

/** What is wrong with the workers as a whole. Without any, other problems tell what nobody does. */
export function workerProblems(workers: readonly WorkerView[]): readonly MonitorProblem[] {
  const alive = workers.filter(({ isAlive }) => isAlive);
  return [...undoneProblem(alive), ...alive.filter(isClockOff).map(clockProblem)];
}

function undoneProblem(alive: readonly WorkerView[]): readonly MonitorProblem[] {
  const undone = workerRoles.filter((role) => !alive.some(({ roles }) => roles.includes(role)));
  if (alive.length === 0 || undone.length === 0) return [];
  const detail = `no worker does this kind of work: ${undone.join(', ')}`;
  const remedy = `Start one that does: \`linkwatch start --only ${undone.join(',')}\`, or one without --only.`;
  return [warning('workers', null, detail, remedy)];
}

function isClockOff({ clockAheadMs }: WorkerView): boolean {
  return Math.abs(clockAheadMs) > CLOCK_OFF_MS;
}

function clockProblem({ host, pid, clockAheadMs }: WorkerView): MonitorProblem {
  const seconds = Math.round(Math.abs(clockAheadMs) / SECOND_MS);
  const detail = `the clock of the worker on ${host} (process ${pid}) is ${seconds} s ${clockAheadMs > 0 ? 'ahead of' : 'behind'} the database’s`;
  const remedy = 'Let both machines keep their time by NTP.';
  return warning('workers', null, detail, remedy);
}

/** Null where a problem of theirs says more. */
export function workersCheck(workers: readonly WorkerView[], problems: readonly MonitorProblem[]): DoctorCheck | null {
  if (problems.some(({ what }) => what === 'workers')) return null;
  const alive = workers.filter(({ isAlive }) => isAlive);
  if (alive.length === 0) return unchecked('workers', 'none is at work');
  const versions = [...new Set(alive.map(({ version }) => version))];
  const detail = `${alive.length} at work, of version ${versions.join(' and ')}; together they do all there is to do`;
  return passed('workers', detail);
}
