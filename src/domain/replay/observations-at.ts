import type { Connection, ObservedConnection, Snapshot } from '../model/connection.ts';
import { failureOf, type PollResult } from '../model/poll.ts';
import type { RecordedPoll, TenantPast } from '../model/tenant-past.ts';
import type { Instant } from '../model/time.ts';

/** All that polls showed for a while: the same list of connections, in the same snapshots. */
export type Observations = Readonly<{ snapshots: readonly Snapshot[]; isHealthy: boolean; until: Instant }>;

/** Gives what a moment's poll showed, moments in order; the same object while nothing changes. */
export function observationsReader({ snapshots }: Pick<TenantPast, 'snapshots'>): (at: Instant) => Observations {
  let latest: Observations | null = null;
  return (at) => {
    latest = latest !== null && at <= latest.until ? latest : observationsAt(at, snapshots);
    return latest;
  };
}

function observationsAt(at: Instant, snapshots: readonly Snapshot[]): Observations {
  const seen = snapshots.filter(({ from, to }) => from <= at && at <= to);
  const nextFrom = snapshots.reduce((next, { from }) => (from > at ? Math.min(next, from) : next), Infinity);
  return {
    // A removed connection's period says that it was not listed.
    snapshots: seen.filter(({ health }) => health !== 'removed'),
    isHealthy: seen.every(({ health }) => health === 'healthy' || health === 'removed'),
    until: Math.min(nextFrom - 1, ...seen.map(({ to }) => to)),
  };
}

/**
 * The snapshots of the connections that a poll listed. A snapshot goes on when one poll misses its connection. The poll
 * says how many were missing; the snapshots that lack most polls of their time are taken for the missing ones.
 */
export function listedInPoll(
  poll: RecordedPoll,
  { snapshots }: Observations,
  { polls }: Pick<TenantPast, 'polls'>,
): readonly Snapshot[] {
  const missing = snapshots.length - (poll.listed ?? snapshots.length);
  if (missing <= 0) return snapshots;
  const suspects = snapshots.map((snapshot) => ({ snapshot, missedBy: pollsWithin(snapshot, polls) - snapshot.polls }));
  const absent = suspects.toSorted((a, b) => b.missedBy - a.missedBy).slice(0, missing);
  return snapshots.filter((snapshot) => !absent.some((suspect) => suspect.snapshot === snapshot));
}

function pollsWithin({ from, to }: Snapshot, polls: readonly RecordedPoll[]): number {
  return polls.filter(({ at, outcome }) => at >= from && at <= to && outcome !== 'failed').length;
}

/** The poll's answer once more. A snapshot's status is that of its first poll, which the others equalled. */
export function resultOf(poll: RecordedPoll, shown: readonly Snapshot[], { connections }: TenantPast): PollResult {
  if (poll.outcome === 'failed') {
    return { outcome: 'failed', failure: failureOf(poll.failureKind ?? 'connection', '') };
  }
  const listed = shown.flatMap((snapshot) => {
    const connection = connections.find(({ id }) => id === snapshot.connectionId);
    return connection === undefined ? [] : [entryOf(connection, snapshot)];
  });
  const pages = poll.pages === undefined ? {} : { pages: poll.pages };
  return { outcome: 'observed', connections: listed, isPartial: poll.outcome === 'partial', ...pages };
}

function entryOf(connection: Connection, { status }: Snapshot): ObservedConnection {
  const { network, accountId, displayName, username } = connection;
  return { network, accountId, displayName, username, status };
}

/**
 * The interval a poll was planned with: what its snapshot says when it was that snapshot's last poll; in between, no
 * less than what kept the snapshot going until the next poll.
 */
export function intervalAt(
  { at, nextAt }: Readonly<{ at: Instant; nextAt: Instant }>,
  shown: readonly Snapshot[],
  usualMs: number,
): number {
  const ended = shown.find(({ to }) => to === at);
  if (ended !== undefined) return ended.speaksForMs / 2;
  if (shown.length === 0) return usualMs;
  return Math.max((nextAt - at) / 2, ...shown.map(({ speaksForMs }) => speaksForMs / 2));
}
