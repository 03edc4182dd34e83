import type { Connection, ConnectionPages } from '../../src/domain/model/connection.ts';
import type { ConnectionStatus } from '../../src/domain/model/connection-status.ts';
import type { Incident } from '../../src/domain/model/incident.ts';
import type { Poll } from '../../src/domain/model/poll.ts';
import type { Tables } from './domain-record.ts';
import type { Moment } from './domain-story.ts';

/** A poll that counted, with what was stored before and after it. */
export type Polled = Readonly<{ poll: Poll; before: Tables; after: Tables }>;

export function pollsOf(moments: readonly Moment[]): readonly Polled[] {
  return moments.flatMap(({ update: { poll, tenant }, before, after }) =>
    poll === null || tenant === null ? [] : [{ poll, before, after }],
  );
}

/** How many good polls in a row, each counted when it is far enough from the last, led up to its end. */
export function goodPollsBefore(incident: Incident, polls: readonly Polled[], apartMs: number): number {
  const until = polls.filter(({ poll }) => incident.closedAt !== null && poll.at <= incident.closedAt);
  const verdicts = until.map(({ poll, after }) => ({ at: poll.at, verdict: plainVerdict(incident, poll, after) }));
  const lastBad = verdicts.findLastIndex(({ verdict }) => verdict === 'bad');
  const good = verdicts.slice(lastBad + 1).filter(({ verdict }) => verdict === 'good');
  return good.reduce(
    (counted, { at }) => (at - counted.last >= apartMs ? { count: counted.count + 1, last: at } : counted),
    { count: 0, last: Number.NEGATIVE_INFINITY },
  ).count;
}

/** Whether a poll surely says nothing about an incident. */
export function isNeutralFor(incident: Incident, poll: Poll, tables: Tables): boolean {
  return plainVerdict(incident, poll, tables) === 'neutral';
}

/** The rules for good, bad and neutral once more, as plainly as possible; `unsure` where a doubt may have ended. */
function plainVerdict(incident: Incident, { result }: Poll, tables: Tables): 'good' | 'bad' | 'neutral' | 'unsure' {
  if (incident.connectionId === null) {
    if (result.outcome === 'observed') return 'good';
    return ['unauthorized', 'forbidden', 'invalid_grant'].includes(result.failure.kind) ? 'bad' : 'neutral';
  }
  if (result.outcome === 'failed') return 'neutral';
  const about = tables.connections.find(({ id }) => id === incident.connectionId);
  const listed = result.connections.find((c) => c.network === about?.network && c.accountId === about.accountId);
  if (listed !== undefined) {
    const verdict = verdictOfStatus(listed.status);
    const look = result.pages?.find((one) => one.network === listed.network && one.accountId === listed.accountId);
    return verdict === 'good' ? verdictOfPages(look, about) : verdict;
  }
  return result.isPartial || about?.absentPolls === 0 ? 'neutral' : 'unsure';
}

/** Of a connection that looks healthy. */
function verdictOfPages(look: ConnectionPages | undefined, about: Connection | undefined): 'good' | 'bad' | 'neutral' {
  if (look === undefined) return about?.unreachablePages?.isCause === true ? 'neutral' : 'good';
  return look.unreachable.named.length + look.unreachable.more > 0 ? 'bad' : 'good';
}

function verdictOfStatus(status: ConnectionStatus): 'good' | 'bad' | 'neutral' | 'unsure' {
  const { hasToken, isActiveUser, rateLimited, tokenHasScopes, tokenIsValid, networkStatus } = status;
  const isUnanswered = networkStatus === 503;
  if (isUnanswered && tokenIsValid === false) return 'unsure';
  if (rateLimited === true || [hasToken, isActiveUser, tokenHasScopes, tokenIsValid].includes(false)) return 'bad';
  return isUnanswered || hasToken === null || tokenIsValid === null ? 'neutral' : 'good';
}
