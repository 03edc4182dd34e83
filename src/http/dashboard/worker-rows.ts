import { SECOND_MS } from '../../domain/model/time.ts';
import type { WorkerView } from '../../monitoring/views.ts';
import { clockText, doneText } from '../../words/worker-words.ts';
import { ago, type Look } from './frame.ts';

/** A clock that is off by less troubles nobody. */
const CLOCK_FINE_MS = 2 * SECOND_MS;

/** The processes that are at work, as a table shows them. */
export function workerRows(workers: readonly WorkerView[], look: Look) {
  return workers.map(({ host, pid, version, roles, startedAt, lastSeenAt, isAlive, clockAheadMs, done }) => ({
    host,
    pid,
    version,
    roles: roles.join(', '),
    done: doneText(done),
    tone: isAlive ? 'good' : 'bad',
    state: isAlive ? 'alive' : 'silent',
    since: ago(startedAt, look),
    seen: ago(lastSeenAt, look),
    clock: clockText(clockAheadMs),
    clockTone: Math.abs(clockAheadMs) <= CLOCK_FINE_MS ? null : 'warn',
  }));
}
