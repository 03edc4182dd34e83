import type { Action } from '../../domain/model/condition.ts';
import { HOUR_MS, SECOND_MS } from '../../domain/model/time.ts';
import { type WorkerRole, workerRoles } from '../../domain/model/worker.ts';
import { requestsLeft } from '../../domain/polling/requests-today.ts';
import { keptFor, seldom } from '../kept-for.ts';
import type { ConnectionCount, QueueFigures, Stores, WorkQueue } from '../ports.ts';
import { type ApplicationDayPorts, readApplicationDays } from '../read-application-days.ts';
import { readWorkers } from '../read-workers.ts';
import type { WorkerView } from '../views.ts';

/** How all processes together stand, from the rows that they left: the same in each of them. */
export type Figures = Readonly<{
  connections: readonly ConnectionCount[];
  openIncidents: ReadonlyMap<Action, number>;
  /** For how long the tenant that is longest overdue has waited for its poll; 0 when none is. */
  roundLagMs: number;
  mail: Readonly<{ pending: number; held: number; oldestPendingMs: number }>;
  /** Requests that each application has left today, by its name; infinite without a limit. */
  requestsLeft: ReadonlyMap<string, number>;
  /** How many workers that are alive do each kind of work. */
  workers: ReadonlyMap<WorkerRole, number>;
  /** Null without a queue, or while it is away. */
  queue: QueueFigures | null;
}>;

export type FiguresPorts = Pick<Stores, 'monitor' | 'outbox' | 'workers'> &
  ApplicationDayPorts &
  Readonly<{ queue: Pick<WorkQueue, 'figures'> | null }>;

/** However often metrics are asked for, and by whomever. */
const VALID_MS = 5 * SECOND_MS;

/** Reads the figures for whoever asks, from the database once in a few seconds. Rejects with what the store throws. */
export function createFigures(ports: FiguresPorts): () => Promise<Figures> {
  const { clock, monitor } = ports;
  // Counting the connections of a large fleet takes a while: whoever asks meanwhile has the last count.
  const keeping = { freshMs: (tookMs: number) => Math.max(VALID_MS, seldom(tookMs)), oldMs: HOUR_MS };
  const countConnections = keptFor(keeping, clock, () => monitor.connections(clock.now()));
  return keptFor(VALID_MS, clock, () => readFigures(ports, countConnections));
}

async function readFigures(
  ports: FiguresPorts,
  countConnections: () => Promise<Figures['connections']>,
): Promise<Figures> {
  const { clock, monitor, outbox } = ports;
  const keys = await readApplicationDays(ports);
  const now = clock.now();
  const { due } = await monitor.polls(now);
  const { oldestPendingAt } = await monitor.mail(now);
  return {
    roundLagMs: due === null ? 0 : now - due.since,
    mail: { ...(await outbox.counts(null)), oldestPendingMs: now - (oldestPendingAt ?? now) },
    requestsLeft: new Map(keys.map(({ application, today }) => [application.name, requestsLeft(today)])),
    workers: countByRole(await readWorkers(ports)),
    queue: (await ports.queue?.figures()) ?? null,
    openIncidents: await monitor.openIncidents(),
    connections: await countConnections(),
  };
}

function countByRole(workers: readonly WorkerView[]): Figures['workers'] {
  const alive = workers.filter(({ isAlive }) => isAlive);
  return new Map(workerRoles.map((role) => [role, alive.filter(({ roles }) => roles.includes(role)).length]));
}
