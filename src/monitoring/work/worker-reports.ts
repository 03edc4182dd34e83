import { type Instant, SECOND_MS } from '../../domain/model/time.ts';
import { DEAD_AFTER_MS, REPORT_EVERY_MS, type WorkerRole } from '../../domain/model/worker.ts';
import { inTime } from '../in-time.ts';
import type { Log, Stores } from '../ports.ts';
import type { WorkCounter } from './work-done.ts';
import type { WorkerClock } from './worker-clock.ts';

/** A slower answer says too little about the time at which it was given. */
const PROMPT_MS = SECOND_MS;
const END_MS = SECOND_MS;

export type WorkerReportsPorts = Pick<Stores, 'workers'> &
  Readonly<{
    clock: WorkerClock;
    log: Log;
    /** Names this process, in its claims too. */
    holder: string;
    process: Readonly<{ host: string; pid: number; version: string }>;
    workCounter: Pick<WorkCounter, 'unreported' | 'reported'>;
  }>;

/** Reports that this worker is alive, and finds workers that are not. */
export type WorkerReports = Readonly<{
  /** Before any work: its clock agrees with the others' from then on. */
  begin(): Promise<void>;
  report(): Promise<void>;
  /** Nothing is claimed any more. Never rejects. */
  end(): Promise<void>;
}>;

export function createWorkerReports(ports: WorkerReportsPorts, roles: readonly WorkerRole[]): WorkerReports {
  const { workers, clock, log, holder: id, workCounter } = ports;
  let [startedAt, reportedAt]: [Instant, Instant] = [0, 0];
  let aheadMs = 0;

  /** The database's time. */
  async function compareClocks(): Promise<Instant> {
    const askedAt = clock.own();
    const now = await workers.now();
    const tookMs = clock.own() - askedAt;
    if (tookMs >= 0 && tookMs <= PROMPT_MS) {
      aheadMs = askedAt + tookMs / 2 - now;
      clock.compare(aheadMs);
    }
    return now;
  }

  async function say(): Promise<void> {
    const done = workCounter.unreported();
    await workers.report({ id, ...ports.process, roles, startedAt, clockAheadMs: aheadMs, done });
    workCounter.reported(done);
  }

  return {
    async begin() {
      startedAt = await compareClocks();
      reportedAt = startedAt;
      await say();
    },
    async report() {
      const now = await compareClocks();
      const silentMs = now - reportedAt;
      await say();
      reportedAt = now;
      // Frozen with this one, others are about to report as well.
      if (silentMs > 3 * REPORT_EVERY_MS) return;
      for (const { id: workerId, host, pid, version, lastSeenAt } of await workers.removeSilent(DEAD_AFTER_MS)) {
        const fields = { workerId, host, pid, version, lastSeenAt: new Date(lastSeenAt).toISOString() };
        log.warn(fields, 'a worker has said nothing for a minute: others take over what it had claimed');
      }
    },
    async end() {
      // Else others notice by themselves.
      const told = inTime(workers.remove(id), END_MS, clock);
      await told.catch((error: unknown) => log.debug({ err: error }, 'could not report that this worker ends'));
    },
  };
}
