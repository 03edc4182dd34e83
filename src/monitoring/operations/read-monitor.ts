import { canaryMayTakeMs } from '../../domain/canary.ts';
import { errorText } from '../../domain/model/error-text.ts';
import type { Fault } from '../../domain/model/fault.ts';
import type { AlertSettings } from '../../domain/model/settings.ts';
import type { Instant } from '../../domain/model/time.ts';
import { turnSpacingMs } from '../../domain/polling/day-plan.ts';
import { isUsedUp } from '../../domain/polling/requests-today.ts';
import { holdView } from '../hold-view.ts';
import type { CanaryState, Clock, Stores } from '../ports.ts';
import { type ApplicationDay, type ApplicationDayPorts, readApplicationDays } from '../read-application-days.ts';
import { readWorkers } from '../read-workers.ts';
import { UserFacingError } from '../user-facing-error.ts';
import type { MonitorView } from '../views.ts';
import { type DaemonFacts, databaseProblem, type MonitorFacts, monitorProblems } from './monitor-problems.ts';

/** `polledAhead`: tenants that were last polled by a clock that was ahead. */
export type FleetFigures = Pick<MonitorFacts, 'polledAhead' | 'grants' | 'tenants'>;

export type MonitorPorts = Pick<Stores, 'monitor' | 'outbox' | 'faults' | 'holds' | 'quota' | 'workers'> &
  Readonly<{
    clock: Clock;
    settings: AlertSettings;
    hasMailServer: boolean;
    /** The database for a person, without user and password. */
    place: string;
    /** What the disk of the database has left; null where that is another machine's. */
    freeBytes(): Promise<number | null>;
    /** Rejects where nothing can be stored. */
    assertWritable(): Promise<void>;
    /** Null without a canary. Never rejects. */
    readCanary(): Promise<CanaryState | null>;
    /** Figures whose counting reads every tenant. */
    readFleet(): Promise<FleetFigures>;
  }> &
  ApplicationDayPorts;

/**
 * Whether the monitor itself is well: one answer for `status`, `doctor`, `/readyz` and the heartbeat. `daemon` is null
 * outside the daemon. Never rejects: that the database cannot be asked is an answer too.
 */
export async function readMonitor(ports: MonitorPorts, daemon: DaemonFacts | null): Promise<MonitorView> {
  try {
    const facts = await readFacts(ports, daemon);
    return viewOf(facts, ports.place);
  } catch (error) {
    const problem = databaseProblem(errorText(error), error instanceof UserFacingError ? error.hint : null);
    const unknown = { lastRoundAt: null, mail: null, holds: [], outage: null, quota: null, canary: null };
    return { ok: false, problems: [problem], database: ports.place, ...unknown, applications: [] };
  }
}

/** What needs nothing of the rest is asked for at once: a page waits for as few turns of a busy process as can be. */
async function readFacts(ports: MonitorPorts, daemon: DaemonFacts | null): Promise<MonitorFacts> {
  const now = ports.clock.now();
  await ports.assertWritable();
  const [{ keys, polls }, freeBytes, fleet, mail, counts, faults, holds, workers, canary] = await Promise.all([
    readPolls(ports, now),
    ports.freeBytes(),
    ports.readFleet(),
    ports.monitor.mail(now),
    ports.outbox.counts(null),
    ports.faults.open(),
    ports.holds.active(),
    readWorkers(ports),
    ports.readCanary(),
  ]);
  return {
    now,
    daemon,
    hasMailServer: ports.hasMailServer,
    ...fleet,
    freeBytes,
    polls,
    mail: { ...mail, ...counts },
    faults,
    holds,
    keys,
    workers,
    canary,
    turnSpacingMs: Math.max(0, ...keys.map((key) => turnSpacingMs(key.demand.askedPerDay, key.today, now) ?? 0)),
    canaryMayTakeMs: canaryMayTakeMs(ports.settings),
  };
}

/** What polls there are, and the requests that they may cost. */
async function readPolls(ports: MonitorPorts, now: Instant): Promise<Pick<MonitorFacts, 'keys' | 'polls'>> {
  const keys = await readApplicationDays(ports);
  const waiting = keys.filter(({ today }) => isUsedUp(today)).map(({ application }) => application.id);
  return { keys, polls: await ports.monitor.polls(now, waiting) };
}

function viewOf(facts: MonitorFacts, database: string): MonitorView {
  const { pending, held, oldestPendingAt, lastResponse } = facts.mail;
  const problems = monitorProblems(facts);
  const applications = facts.keys.map(applicationView);
  return {
    ok: problems.length === 0,
    problems,
    database,
    lastRoundAt: facts.polls.lastAt,
    mail: { pending, held, oldestPendingAt, lastResponse },
    holds: facts.holds.map(holdView),
    canary: facts.canary && { lastSuccessAt: facts.canary.lastSuccessAt },
    outage: outageOf(facts.faults),
    quota: applications.find(({ id }) => id === null)?.quota ?? null,
    applications,
  };
}

function applicationView({
  application: { id, name },
  today,
  demand,
}: ApplicationDay): MonitorView['applications'][number] {
  return { id, name, quota: { ...today, ...demand } };
}

function outageOf(faults: readonly Fault[]): MonitorView['outage'] {
  for (const { cause, since, confirmedAt } of faults) {
    if (cause.kind === 'upstream' && confirmedAt !== null) return { since, kind: cause.failure };
  }
  return null;
}
