import type { TimeRange } from './history.ts';
import {
  closeByCommand,
  doWhatIsDue,
  openStage,
  passUntil,
  pollAgain,
  type RehearsalRules,
  type RehearsedMail,
  type Stage,
} from './rehearsal-stage.ts';
import type { RecordedPoll, TenantPast } from './tenant-past.ts';
import type { Instant } from './time.ts';

export type Rehearsal = Readonly<{ mail: readonly RehearsedMail[]; polls: number }>;

/**
 * Applies the policy to a tenant's recorded polls, with reminders and mail between them as they come due, on a clock
 * of its own. The times of the polls are history: a wish to ask again sooner cannot change them.
 */
export function rehearse(past: TenantPast, range: TimeRange, rules: RehearsalRules): Rehearsal {
  const stage = openStage(past, range.from, rules);
  const events = eventsOf(past, range);
  for (const [index, event] of events.entries()) {
    passUntil(stage, event.at);
    happen(stage, event, events[index + 1]?.at ?? range.to);
  }
  passUntil(stage, range.to);
  doWhatIsDue(stage, range.to);
  return { mail: stage.sent, polls: events.filter(({ kind }) => kind === 'poll').length };
}

type PastEvent =
  | Readonly<{ kind: 'poll'; at: Instant; poll: RecordedPoll }>
  | Readonly<{ kind: 'close'; at: Instant; connectionId: string | null }>;

function happen(stage: Stage, event: PastEvent, nextAt: Instant): void {
  if (event.kind === 'poll') pollAgain(stage, event.poll, nextAt);
  else closeByCommand(stage, event.connectionId, event.at);
}

function eventsOf(past: TenantPast, range: TimeRange): readonly PastEvent[] {
  return [...pollsOf(past, range), ...closingsOf(past, range)].toSorted((a, b) => a.at - b.at);
}

/** An answer that was overtaken by a later one told nothing new. */
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
