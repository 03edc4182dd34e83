import type { Poll } from '../../src/domain/model/poll.ts';
import type { RecordedPoll, TenantPast } from '../../src/domain/model/tenant-past.ts';
import type { Told } from './domain-story.ts';

/** What an archive would give of a story that was told. */
export function pastOf({ tables, moments }: Pick<Told, 'tables' | 'moments'>): TenantPast {
  const { tenant, contacts, connections, snapshots, incidents, notifications } = tables;
  return {
    tenant,
    contacts,
    connections,
    incidents,
    snapshots: snapshots.toSorted((a, b) => a.from - b.from),
    polls: moments.flatMap(({ update: { poll } }) => (poll === null ? [] : [recordedPoll(poll)])),
    sent: notifications.filter(({ state }) => state === 'sent'),
  };
}

export function recordedPoll({ at, result }: Poll): RecordedPoll {
  if (result.outcome === 'failed') return { at, outcome: 'failed', listed: null, failureKind: result.failure.kind };
  const outcome = result.isPartial ? 'partial' : 'observed';
  const pages = result.pages === undefined ? {} : { pages: result.pages };
  return { at, outcome, listed: result.connections.length, failureKind: null, ...pages };
}
