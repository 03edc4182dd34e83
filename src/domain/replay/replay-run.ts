import { claimMail } from '../delivery/claim-mail.ts';
import { recordAttempt, resultOfAttempt } from '../delivery/record-attempt.ts';
import { applyUpdate } from '../model/apply-update.ts';
import { identityKey } from '../model/connection.ts';
import { closeIncident } from '../model/incident.ts';
import type { DeliveryOutcome, MessageContent } from '../model/message-content.ts';
import type { TenantNotification } from '../model/notification.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { RecordedPoll, TenantPast } from '../model/tenant-past.ts';
import { noUpdate, openIncidentOf, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '../model/time.ts';
import { planReminders } from '../notification/reminders.ts';
import { type AssessmentContext, assessPoll } from '../polling/assess-poll.ts';
import { intervalAt, listedInPoll, type Observations, observationsReader, resultOf } from './observations-at.ts';
import { rebuildRecord } from './rebuild-record.ts';

/** A mail that the policy sends, with the letter that says all about it. */
export type ReplayedMail = Readonly<{ at: Instant; content: MessageContent }>;

/** A hold is about the whole fleet, which one tenant's past does not show: a replay has no holds. */
export type ReplayRules = Readonly<{ settings: AlertSettings; operatorEmail: string | null }>;

/** One tenant under the policy, on a clock that jumps from one thing that happens to the next. */
export type ReplayRun = {
  record: TenantRecord;
  /** When something was last due. */
  lookedAt: Instant;
  /** What the latest poll showed, if all that it showed is known. */
  seen: Observations | null;
  readonly sent: ReplayedMail[];
  readonly past: TenantPast;
  readonly observationsAt: (at: Instant) => Observations;
  readonly settings: AlertSettings;
  readonly operatorEmail: string | null;
  /** What is put off is looked at once a minute at most, or some settings would make a month last for ever. */
  readonly unhurried: AlertSettings;
  readonly newId: () => string;
};

/** Mail is taken at once, and its server never fails. */
const ACCEPTED: DeliveryOutcome = { outcome: 'accepted', response: '' };

export function beginReplay(past: TenantPast, from: Instant, { settings, operatorEmail }: ReplayRules): ReplayRun {
  let ids = 0;
  return {
    record: rebuildRecord(past, from, settings),
    lookedAt: from - SECOND_MS,
    seen: null,
    sent: [],
    past,
    observationsAt: observationsReader(past),
    settings,
    operatorEmail,
    unhurried: { ...settings, recheckAfterMs: Math.max(settings.recheckAfterMs, MINUTE_MS) },
    newId: () => {
      ids += 1;
      return `replayed-${ids}`;
    },
  };
}

/** Reminders and mail that come due before the end, each in its time; the daemon looks once a second. */
export function passUntil(run: ReplayRun, end: Instant): void {
  for (;;) {
    const at = Math.max(nextDueAt(run.record), run.lookedAt + SECOND_MS);
    if (at >= end) return;
    doWhatIsDue(run, at);
  }
}

export function doWhatIsDue(run: ReplayRun, now: Instant): void {
  if (nextDueAt(run.record) > now) return;
  run.lookedAt = now;
  if (run.record.incidents.some(({ reminders: { nextAt } }) => nextAt !== null && nextAt <= now)) {
    save(run, planReminders(run.record, { now, settings: run.unhurried, newId: run.newId }));
  }
  const due = run.record.notifications.filter((mail) => isPending(mail) && mail.dueAt <= now);
  for (const { id } of due) deliver(run, id, now);
}

/** @param nextAt when the next thing happened after this poll */
export function pollAgain(run: ReplayRun, poll: RecordedPoll, nextAt: Instant): void {
  const { past, record } = run;
  const observed = run.observationsAt(poll.at);
  const listed = listedInPoll(poll, observed, past);
  const isWhole = poll.outcome === 'observed' && listed.length === observed.snapshots.length;
  // An unchanged poll of a healthy tenant makes no difference to any policy.
  if (isWhole && observed === run.seen && observed.isHealthy && isCalm(record)) return;
  run.seen = isWhole ? observed : null;
  const asked = { tenantId: past.tenant.id, at: poll.at, durationMs: 0, result: resultOf(poll, listed, past) };
  const intervalMs = intervalAt({ at: poll.at, nextAt }, observed.snapshots, past.tenant.intervalMs);
  save(run, assessPoll(record, asked, contextOf(run, { now: poll.at, intervalMs })));
  doWhatIsDue(run, poll.at);
}

type PastPoll = Readonly<{ now: Instant; intervalMs: number }>;

function contextOf({ settings, operatorEmail, newId }: ReplayRun, { now, intervalMs }: PastPoll): AssessmentContext {
  const planRegularPoll: AssessmentContext['planRegularPoll'] = (_, at) => ({
    nextPollAt: at + intervalMs,
    intervalMs,
  });
  return { settings, operatorEmail, holds: [], faults: [], newId, now, planRegularPoll };
}

/** A command closed the open incident of a connection, or of our access. */
export function closeByCommand(run: ReplayRun, connectionId: string | null, at: Instant): void {
  const aboutId = connectionId === null ? null : idInReplay(run, connectionId);
  const open = aboutId === undefined ? null : openIncidentOf(aboutId, run.record);
  if (open !== null) save(run, { incidents: [closeIncident(open, 'by_command', at)] });
}

/** A connection that appeared since the beginning has another id here. */
function idInReplay({ past, record }: ReplayRun, connectionId: string): string | undefined {
  const known = past.connections.find(({ id }) => id === connectionId);
  return record.connections.find((other) => known !== undefined && identityKey(other) === identityKey(known))?.id;
}

function deliver(run: ReplayRun, id: string, now: Instant): void {
  const claim = claimMail(run.record, id, {
    now,
    settings: run.unhurried,
    holds: [],
    isBraked: false,
    messageId: id,
    leaseNow: now,
    newId: run.newId,
  });
  save(run, claim.update);
  if (claim.content === null || claim.notification === null) return;
  run.sent.push({ at: now, content: claim.content });
  const mail = { messageId: id, subject: claim.content.kind };
  const attempt = { now, mail, outcome: ACCEPTED, mayHaveArrived: false, chance: 0 };
  const after = { ...claim.notification, ...resultOfAttempt(claim.notification, attempt, run.settings) };
  save(run, recordAttempt(run.record, { after, outcome: ACCEPTED }, { ...run, now }));
}

function save(run: ReplayRun, update: Partial<TenantUpdate>): void {
  run.record = applyUpdate(run.record, { ...noUpdate(run.record.tenant.id), ...update });
}

function nextDueAt({ incidents, notifications }: TenantRecord): Instant {
  const reminders = incidents.map(({ reminders: { nextAt } }) => nextAt ?? Number.POSITIVE_INFINITY);
  const mail = notifications.filter(isPending).map(({ dueAt }) => dueAt);
  return Math.min(Number.POSITIVE_INFINITY, ...reminders, ...mail);
}

function isPending({ state }: TenantNotification): boolean {
  return state === 'pending';
}

/** Nothing is open, on its way or in doubt. */
function isCalm({ incidents, notifications, connections }: TenantRecord): boolean {
  if (incidents.length > 0 || notifications.some(isPending)) return false;
  return connections.every(
    ({ absentPolls, removedAt, rateLimitedSince, checkFailedSince }) =>
      rateLimitedSince === null && checkFailedSince === null && (absentPolls === 0 || removedAt !== null),
  );
}
