import type { TimeRange } from '../history.ts';
import type { RecordedPoll, TenantPast } from '../model/tenant-past.ts';
import type { Instant } from '../model/time.ts';
import {
  beginReplay,
  closeByCommand,
  doWhatIsDue,
  passUntil,
  pollAgain,
  type ReplayedMail,
  type ReplayRules,
  type ReplayRun,
} from './replay-run.ts';

export type TenantReplay = Readonly<{ mail: readonly ReplayedMail[]; polls: number }>;

/**
 * Applies the policy to a tenant's recorded polls, with reminders and mail between them as they come due, on a clock
 * of its own. The times of the polls are history: a wish to ask again sooner cannot change them. Each step is one event
 * of the past: a month has hundreds, and whoever runs the replay has others to serve in between.
 */
export function* replayTenant(
  past: TenantPast,
  range: TimeRange,
  rules: ReplayRules,
): Generator<undefined, TenantReplay, undefined> {
  const run = beginReplay(past, range.from, rules);
  const events = eventsOf(past, range);
  for (const [index, event] of events.entries()) {
    passUntil(run, event.at);
    happen(run, event, events[index + 1]?.at ?? range.to);
    yield;
  }
  passUntil(run, range.to);
  doWhatIsDue(run, range.to);
  return { mail: run.sent, polls: events.filter(({ kind }) => kind === 'poll').length };
}

type PastEvent =
  | Readonly<{ kind: 'poll'; at: Instant; poll: RecordedPoll }>
  | Readonly<{ kind: 'close'; at: Instant; connectionId: string | null }>;

function happen(run: ReplayRun, event: PastEvent, nextAt: Instant): void {
  if (event.kind === 'poll') pollAgain(run, event.poll, nextAt);
  else closeByCommand(run, event.connectionId, event.at);
}

function eventsOf(past: TenantPast, range: TimeRange): readonly PastEvent[] {
  return [...pollsOf(past, range), ...closingsOf(past, range)].toSorted((a, b) => a.at - b.at);
}

/** An answer that a later one overtook contains nothing new. */
function pollsOf({ polls }: TenantPast, { from, to }: TimeRange): readonly PastEvent[] {
  let latest = from - 1;
  return polls.flatMap((poll): readonly PastEvent[] => {
    if (poll.at <= latest || poll.at > to) return [];
    latest = poll.at;
    return [{ kind: 'poll', at: poll.at, poll }];
  });
}

function closingsOf({ incidents }: TenantPast, { from, to }: TimeRange): readonly PastEvent[] {
  return incidents.flatMap(({ closeReason, closedAt, connectionId }): readonly PastEvent[] => {
    if (closeReason !== 'by_command' || closedAt === null || closedAt < from || closedAt > to) return [];
    return [{ kind: 'close', at: closedAt, connectionId }];
  });
}
