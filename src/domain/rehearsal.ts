import { applyUpdate } from './apply-update.ts';
import { assessPoll } from './assess-poll.ts';
import { claimMail } from './claim.ts';
import { recordAttempt } from './delivery-outcome.ts';
import type { TimeRange } from './history.ts';
import { closeIncident, type Incident } from './incident.ts';
import type { DeliveryOutcome, Letter } from './letter.ts';
import type { Notification } from './notification.ts';
import { recordThen } from './record-then.ts';
import { planReminders } from './reminders.ts';
import type { AlertSettings } from './settings.ts';
import { intervalThen, resultOf, type Showing, showingReader } from './shown-then.ts';
import type { RecordedPoll, TenantPast } from './tenant-past.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from './tenant-record.ts';
import { type Instant, MINUTE_MS } from './time.ts';

/** A mail that the policy sends, with the letter that says all about it. */
export type RehearsedMail = Readonly<{ at: Instant; letter: Letter }>;

export type Rehearsal = Readonly<{ mail: readonly RehearsedMail[]; polls: number }>;

/** Mail is taken at once, and its server never fails. */
const ACCEPTED: DeliveryOutcome = { outcome: 'accepted', response: '' };

/**
 * Applies the policy to a tenant's recorded polls, with reminders and mail between them as they come due, on a clock
 * of its own. The times of the polls are history: a wish to ask again sooner cannot change them. Between two polls it
 * finds what is due once a minute at most, so that no setting makes it look for ever.
 */
export function rehearse(past: TenantPast, { from, to }: TimeRange, settings: AlertSettings): Rehearsal {
  const stage = openStage(past, from, settings);
  const events = eventsOf(past, { from, to });
  for (const [index, event] of events.entries()) {
    stage.lookBefore(event.at);
    if (event.kind === 'poll') stage.poll(event.poll, events[index + 1]?.at ?? to);
    else stage.close(event.connectionId, event.at);
  }
  stage.lookBefore(to);
  stage.look(to);
  return { mail: stage.sent, polls: events.filter(({ kind }) => kind === 'poll').length };
}

type PastEvent =
  | Readonly<{ kind: 'poll'; at: Instant; poll: RecordedPoll }>
  /** Somebody closed what was open about a connection, or about our access. */
  | Readonly<{ kind: 'close'; at: Instant; connectionId: string | null }>;

function eventsOf({ polls, incidents }: TenantPast, { from, to }: TimeRange): readonly PastEvent[] {
  let latest = from - 1;
  const counted = polls.filter(({ at }) => {
    // An answer that was overtaken by a later one told nothing new.
    if (at <= latest || at > to) return false;
    latest = at;
    return true;
  });
  const closed = incidents.flatMap(({ closeReason, closedAt, connectionId }): readonly PastEvent[] => {
    if (closeReason !== 'by_command' || closedAt === null || closedAt < from || closedAt > to) return [];
    return [{ kind: 'close', at: closedAt, connectionId }];
  });
  return [...counted.map((poll): PastEvent => ({ kind: 'poll', at: poll.at, poll })), ...closed].toSorted(
    (a, b) => a.at - b.at,
  );
}

function openStage(past: TenantPast, from: Instant, settings: AlertSettings) {
  let record = recordThen(past, from, settings);
  let lookedAt = from - MINUTE_MS;
  let seen: Showing | null = null;
  let ids = 0;
  const showingAt = showingReader(past);
  const sent: RehearsedMail[] = [];
  const newId = () => {
    ids += 1;
    return `rehearsed-${ids}`;
  };
  const save = (update: Partial<TenantUpdate>) => {
    record = applyUpdate(record, { ...noUpdate(record.tenant.id), ...update });
  };

  const deliver = (id: string, now: Instant) => {
    const claim = claimMail(record, id, now, settings);
    save(claim.update);
    const [claimed] = claim.update.notifications;
    if (claim.letter === null || claimed === undefined) return;
    sent.push({ at: now, letter: claim.letter });
    const mail = { messageId: id, subject: claim.letter.kind };
    save(recordAttempt(claimed, { now, mail, outcome: ACCEPTED }, record, settings));
  };
  const look = (now: Instant) => {
    if (nextDueAt(record) > now) return;
    lookedAt = now;
    if (record.incidents.some(({ remindAt }) => remindAt !== null && remindAt <= now)) {
      save(planReminders(record, { now, settings, newId }));
    }
    for (const { id } of record.notifications.filter((mail) => isPending(mail) && mail.dueAt <= now)) deliver(id, now);
  };

  return {
    sent,
    look,
    lookBefore: (end: Instant) => {
      for (;;) {
        const at = Math.max(nextDueAt(record), lookedAt + MINUTE_MS);
        if (at >= end) return;
        look(at);
      }
    },
    poll: (poll: RecordedPoll, nextAt: Instant) => {
      const showing = showingAt(poll.at);
      // A poll of a healthy tenant that shows what the one before it showed says nothing to any policy.
      if (poll.outcome === 'observed' && showing === seen && showing.isHealthy && isCalm(record)) return;
      seen = poll.outcome === 'observed' ? showing : null;
      const intervalMs = intervalThen(poll.at, nextAt, showing.snapshots, past.tenant.intervalMs);
      const planRegularPoll = (_tenant: unknown, at: Instant) => ({ nextPollAt: at + intervalMs, intervalMs });
      const result = resultOf(poll, showing.snapshots, past);
      const asked = { tenantId: past.tenant.id, at: poll.at, durationMs: 0, result };
      save(assessPoll(record, asked, { settings, newId, planRegularPoll }));
      look(poll.at);
    },
    close: (connectionId: string | null, at: Instant) => {
      save({
        incidents: record.incidents
          .filter(isOpenAbout(connectionId))
          .map((open) => closeIncident(open, 'by_command', at)),
      });
    },
  };
}

function nextDueAt({ incidents, notifications }: TenantRecord): Instant {
  const reminders = incidents.map(({ remindAt }) => remindAt ?? Number.POSITIVE_INFINITY);
  const mail = notifications.filter(isPending).map(({ dueAt }) => dueAt);
  return Math.min(Number.POSITIVE_INFINITY, ...reminders, ...mail);
}

function isPending({ state }: Notification): boolean {
  return state === 'pending';
}

function isOpenAbout(connectionId: string | null): (incident: Incident) => boolean {
  return (incident) => incident.connectionId === connectionId && incident.state !== 'closed';
}

/** Nothing is open, on its way or in doubt. */
function isCalm({ incidents, notifications, connections }: TenantRecord): boolean {
  if (incidents.length > 0 || notifications.some(isPending)) return false;
  return connections.every(
    ({ absentPolls, removedAt, rateLimitedSince, checkFailedSince }) =>
      rateLimitedSince === null && checkFailedSince === null && (absentPolls === 0 || removedAt !== null),
  );
}
