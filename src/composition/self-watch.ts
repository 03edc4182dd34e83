import { errorText } from '../domain/model/error-text.ts';
import { MINUTE_MS, SECOND_MS } from '../domain/model/time.ts';
import type { WorkerRole } from '../domain/model/worker.ts';
import type { RoundTally } from '../monitoring/application.ts';
import type { Served } from '../monitoring/create-application.ts';
import { inTime } from '../monitoring/in-time.ts';
import { keptFor } from '../monitoring/kept-for.ts';
import type { DaemonFacts } from '../monitoring/operations/monitor-problems.ts';
import type { Clock, Heartbeat, Log } from '../monitoring/ports.ts';
import type { MonitorProblem, MonitorView } from '../monitoring/views.ts';

/** Anyone may probe, and each look asks the database: an answer serves all who ask within this time. */
const VALID_MS = 2 * SECOND_MS;
/** The readiness check answers within this time, whatever hangs. */
const ANSWER_MS = 3 * SECOND_MS;
/** Without a round that the dead-man's switch is to hear of, we look this often. */
const IDLE_LOOK_MS = MINUTE_MS;

/** Far more than any request, mail or statement is waited for. */
const STUCK_MS = 15 * MINUTE_MS;

/** What comes round each second. */
type Watched = keyof DaemonFacts['idleMs'];

type SelfWatchParts = Pick<Served, 'readMonitor' | 'includeDaemon'> &
  Readonly<{
    /** The kinds of work that this worker does. */
    roles: readonly WorkerRole[];
    adapters: Readonly<{ clock: Clock; heartbeat: Heartbeat | null; log: Log; openMailer(): Promise<unknown> }>;
  }>;

export type SelfWatch = ReturnType<typeof createSelfWatch>;

/**
 * The daemon's watch over itself, for `/readyz`, the dead-man's switch and the log: what its own rounds have come to,
 * together with what the database tells of all processes.
 */
export function createSelfWatch({ roles, readMonitor, includeDaemon, adapters }: SelfWatchParts) {
  const { clock, heartbeat, log, openMailer } = adapters;
  const startedAt = clock.now();
  const logProblems = createProblemLog(log);
  const lastMovedAt = { round: startedAt, mail: startedAt };
  let lastLookAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;
  let errors = 0;
  let brokenOff: DaemonFacts['brokenOff'] = { round: null, mail: null };
  let templateError: unknown = null;

  const moved = (work: Watched) => {
    lastMovedAt[work] = clock.now();
  };
  const idle = () => {
    const now = clock.now();
    const since = (role: WorkerRole, at: number) => (roles.includes(role) ? now - at : 0);
    return { round: since('poll', lastMovedAt.round), mail: since('mail', lastMovedAt.mail) };
  };
  /** Without its templates no mail can be composed. Each look tries again to load them. */
  const loadTemplates = async (): Promise<void> => {
    if (!roles.includes('mail')) return;
    templateError = await openMailer().then(
      () => null,
      (error: unknown) => error,
    );
  };
  includeDaemon(() => ({ startedAt, idleMs: idle(), errors, brokenOff, hasTemplates: templateError === null }));
  const read = async () => {
    await loadTemplates();
    const view = await readMonitor();
    logProblems(view.problems, templateError);
    return view;
  };
  const monitor = keptFor(VALID_MS, clock, read);
  const look = async () => {
    lastLookAt = clock.now();
    if (criticalOf(await monitor()).length === 0) await heartbeat?.();
  };
  const isLookDue = (hasPolled: boolean) => {
    if (hasPolled && heartbeat !== null) return true;
    const sinceLook = clock.now() - lastLookAt;
    return sinceLook >= IDLE_LOOK_MS || sinceLook < 0;
  };

  return {
    moved,
    monitor,
    loadTemplates,
    /** Runs one piece of work of the timetable, and remembers whether it came to its end. */
    async follow(name: string, work: () => Promise<void>): Promise<void> {
      const watched = name === 'round' || name === 'mail' ? name : null;
      if (watched === null) return await work();
      moved(watched);
      try {
        await work();
        brokenOff = { ...brokenOff, [watched]: null };
      } catch (error) {
        brokenOff = { ...brokenOff, [watched]: reasonOf(error) };
        throw error;
      } finally {
        moved(watched);
      }
    },
    /** Looks, and tells the dead-man's switch, while the next round begins. */
    afterRound({ polled, errors: failed }: RoundTally): void {
      moved('round');
      // An idle tick does not undo the errors of the last round that polled.
      if (polled + failed > 0) errors = failed;
      if (looking !== null || !isLookDue(polled > 0)) return;
      looking = look().finally(() => {
        looking = null;
      });
    },
    /** Resolves when no look after a round is under way. */
    settled: async () => void (await looking),
    /**
     * Whether the timetable is still kept. What hangs for so long has outlasted every wait: only a new process helps.
     */
    isAlive(): boolean {
      const { round, mail } = idle();
      return Math.max(round, mail) <= STUCK_MS;
    },
    /** Not ready while the monitor cannot do its job. */
    async readiness() {
      const view = await inTime(monitor(), ANSWER_MS, clock).catch(() => null);
      if (view === null) {
        const database = `it has not answered within ${ANSWER_MS / SECOND_MS} s`;
        return { ready: false, checks: { ...checksOf(roles, 'unknown'), database } };
      }
      const critical = criticalOf(view).filter(({ what }) => concerns(what, roles));
      const troubles = Object.fromEntries(critical.toReversed().map(({ what, detail }) => [what, detail]));
      return { ready: critical.length === 0, checks: { ...checksOf(roles, 'ok'), ...troubles } };
    },
  };
}

/** Whose work a problem keeps from being done; the others are everybody's. */
const ROLE_OF: Readonly<Partial<Record<MonitorProblem['what'], WorkerRole>>> = {
  rounds: 'poll',
  access: 'poll',
  outage: 'poll',
  mail: 'mail',
};

/** A worker can do its own work while another kind of work, which others do, cannot be done. */
function concerns(what: MonitorProblem['what'], roles: readonly WorkerRole[]): boolean {
  const role = ROLE_OF[what];
  return role === undefined || roles.includes(role);
}

function checksOf(roles: readonly WorkerRole[], word: string): Readonly<Record<string, string>> {
  const parts = (['database', 'rounds', 'mail'] as const).filter((part) => concerns(part, roles));
  return Object.fromEntries(parts.map((part) => [part, word]));
}

/** The last line of Prisma's message is the reason; the others name the method that was called. */
function reasonOf(error: unknown): string {
  const lines = errorText(error).trim().split('\n');
  return lines.at(-1) ?? '';
}

function criticalOf({ problems }: MonitorView): readonly MonitorProblem[] {
  return problems.filter(({ severity }) => severity === 'critical');
}

/** Logs a problem when it begins and when it is over, and not at each look. */
function createProblemLog(log: Log) {
  let open: ReadonlyMap<string, MonitorProblem> = new Map();
  return (problems: readonly MonitorProblem[], templateError: unknown): void => {
    const present = numbered(problems);
    for (const [key, problem] of present) if (!open.has(key)) logProblem(problem, templateError, log);
    for (const [key, { what }] of open) if (!present.has(key)) log.info({ what }, 'a problem of the monitor is over');
    open = present;
  };
}

/** Several problems of one part may be open at once, two holds for example: each has its number among them. */
function numbered(problems: readonly MonitorProblem[]): ReadonlyMap<string, MonitorProblem> {
  const parts = Map.groupBy(problems, ({ what, severity }) => `${what} ${severity}`);
  return new Map([...parts].flatMap(([part, same]) => same.map((problem, n) => [`${part} ${n}`, problem] as const)));
}

function logProblem({ what, severity, detail, remedy }: MonitorProblem, templateError: unknown, log: Log): void {
  const level = severity === 'critical' ? 'error' : 'warn';
  const err = what === 'mail' && templateError !== null ? { err: templateError } : {};
  log[level]({ what, detail, remedy, ...err }, 'the monitor has a problem');
}
