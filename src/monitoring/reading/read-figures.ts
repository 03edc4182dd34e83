import type { Action } from '../../domain/model/condition.ts';
import { SECOND_MS } from '../../domain/model/time.ts';
import { keptFor } from '../kept-for.ts';
import type { Clock, ConnectionCount, Stores } from '../ports.ts';

/** How all processes together stand, from the rows that they left: the same in each of them. */
export type Figures = Readonly<{
  connections: readonly ConnectionCount[];
  openIncidents: ReadonlyMap<Action, number>;
  /** For how long the tenant that is longest overdue has waited for its poll; 0 when none is. */
  roundLagMs: number;
  mail: Readonly<{ pending: number; held: number; oldestPendingMs: number }>;
  /** Infinite without a limit. */
  requestsLeft: number;
}>;

export type FiguresPorts = Pick<Stores, 'monitor' | 'outbox' | 'quota'> & Readonly<{ clock: Clock }>;

/** However often metrics are asked for, and by whomever. */
const VALID_MS = 5 * SECOND_MS;
/** Counting the connections of a large fleet takes a while, and takes no more than this share of the time. */
const BUSY_SHARE = 0.05;

/** Reads the figures for whoever asks, from the database once in a few seconds. Rejects with what the store throws. */
export function createFigures(ports: FiguresPorts): () => Promise<Figures> {
  const { clock, monitor } = ports;
  const keepMs = (tookMs: number) => Math.max(VALID_MS, tookMs / BUSY_SHARE);
  const countConnections = keptFor(keepMs, clock, () => monitor.connections(clock.now()));
  return keptFor(VALID_MS, clock, () => readFigures(ports, countConnections));
}

async function readFigures(
  { clock, monitor, outbox, quota }: FiguresPorts,
  countConnections: () => Promise<Figures['connections']>,
): Promise<Figures> {
  const now = clock.now();
  const { due } = await monitor.polls(now);
  const { oldestPendingAt } = await monitor.mail(now);
  return {
    roundLagMs: due === null ? 0 : now - due.since,
    mail: { ...(await outbox.counts(null)), oldestPendingMs: now - (oldestPendingAt ?? now) },
    requestsLeft: await quota.left(now),
    openIncidents: await monitor.openIncidents(),
    connections: await countConnections(),
  };
}
