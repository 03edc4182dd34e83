import { applyUpdate } from './apply-update.ts';
import { type AssessmentContext, assessPoll } from './assess-poll.ts';
import { claimMail } from './claim.ts';
import { identityKey } from './connection.ts';
import { recordAttempt } from './delivery-outcome.ts';
import { closeIncident } from './incident.ts';
import type { DeliveryOutcome, Letter } from './letter.ts';
import type { Notification } from './notification.ts';
import { recordThen } from './record-then.ts';
import { planReminders } from './reminders.ts';
import type { AlertSettings } from './settings.ts';
import { intervalThen, listedBy, resultOf, type Showing, showingReader } from './shown-then.ts';
import type { RecordedPoll, TenantPast } from './tenant-past.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from './tenant-record.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from './time.ts';

/** A mail that the policy sends, with the letter that says all about it. */
export type RehearsedMail = Readonly<{ at: Instant; letter: Letter }>;

/** Holds are the fleet's, and none of a single tenant's past: there are none on stage. */
export type RehearsalRules = Readonly<{ settings: AlertSettings; operatorEmail: string | null }>;

/** One tenant under the policy, on a clock that jumps from one thing that happens to the next. */
export type Stage = {
  record: TenantRecord;
  /** When something was last due. */
  lookedAt: Instant;
  /** What the latest poll showed, if all that it showed is known. */
  seen: Showing | null;
  readonly sent: RehearsedMail[];
  readonly past: TenantPast;
  readonly showingAt: (at: Instant) => Showing;
  readonly settings: AlertSettings;
  readonly operatorEmail: string | null;
  /** What is put off is looked at once a minute at most, or some settings would make a month last for ever. */
  readonly unhurried: AlertSettings;
  readonly newId: () => string;
};

/** Mail is taken at once, and its server never fails. */
const ACCEPTED: DeliveryOutcome = { outcome: 'accepted', response: '' };

export function openStage(past: TenantPast, from: Instant, { settings, operatorEmail }: RehearsalRules): Stage {
  let ids = 0;
  return {
    record: recordThen(past, from, settings),
    lookedAt: from - SECOND_MS,
    seen: null,
    sent: [],
    past,
    showingAt: showingReader(past),
    settings,
    operatorEmail,
    unhurried: { ...settings, recheckAfterMs: Math.max(settings.recheckAfterMs, MINUTE_MS) },
    newId: () => {
      ids += 1;
      return `rehearsed-${ids}`;
    },
  };
}

/** Reminders and mail that come due before the end, each in its time; the daemon looks once a second. */
export function passUntil(stage: Stage, end: Instant): void {
  for (;;) {
    const at = Math.max(nextDueAt(stage.record), stage.lookedAt + SECOND_MS);
    if (at >= end) return;
    doWhatIsDue(stage, at);
  }
}

export function doWhatIsDue(stage: Stage, now: Instant): void {
  if (nextDueAt(stage.record) > now) return;
  stage.lookedAt = now;
  if (stage.record.incidents.some(({ remindAt }) => remindAt !== null && remindAt <= now)) {
    save(stage, planReminders(stage.record, { now, settings: stage.unhurried, newId: stage.newId }));
  }
  const due = stage.record.notifications.filter((mail) => isPending(mail) && mail.dueAt <= now);
  for (const { id } of due) deliver(stage, id, now);
}

/** @param nextAt when the next thing happened after this poll */
export function pollAgain(stage: Stage, poll: RecordedPoll, nextAt: Instant): void {
  const { past, record } = stage;
  const showing = stage.showingAt(poll.at);
  const listed = listedBy(poll, showing, past);
  const isWhole = poll.outcome === 'observed' && listed.length === showing.snapshots.length;
  // A poll of a healthy tenant that shows what the one before it showed says nothing to any policy.
  if (isWhole && showing === stage.seen && showing.isHealthy && isCalm(record)) return;
  stage.seen = isWhole ? showing : null;
  const asked = { tenantId: past.tenant.id, at: poll.at, durationMs: 0, result: resultOf(poll, listed, past) };
  const intervalMs = intervalThen({ at: poll.at, nextAt }, showing.snapshots, past.tenant.intervalMs);
  save(stage, assessPoll(record, asked, contextOf(stage, intervalMs)));
  doWhatIsDue(stage, poll.at);
}

function contextOf({ settings, operatorEmail, newId }: Stage, intervalMs: number): AssessmentContext {
  const planRegularPoll: AssessmentContext['planRegularPoll'] = (_, at) => ({
    nextPollAt: at + intervalMs,
    intervalMs,
  });
  return { settings, operatorEmail, holds: [], newId, planRegularPoll };
}

/** Somebody closed what was open about a connection, or about our access. */
export function closeByCommand(stage: Stage, connectionId: string | null, at: Instant): void {
  const aboutId = connectionId === null ? null : idOnStage(stage, connectionId);
  const open = stage.record.incidents.filter(
    (incident) => incident.connectionId === aboutId && incident.state !== 'closed',
  );
  save(stage, { incidents: open.map((incident) => closeIncident(incident, 'by_command', at)) });
}

/** A connection that appeared since the beginning has another id here. */
function idOnStage({ past, record }: Stage, connectionId: string): string | undefined {
  const known = past.connections.find(({ id }) => id === connectionId);
  return record.connections.find((other) => known !== undefined && identityKey(other) === identityKey(known))?.id;
}

function deliver(stage: Stage, id: string, now: Instant): void {
  const claim = claimMail(stage.record, id, { now, settings: stage.unhurried, holds: [], isBraked: false });
  save(stage, claim.update);
  const [claimed] = claim.update.notifications;
  if (claim.letter === null || claimed === undefined) return;
  stage.sent.push({ at: now, letter: claim.letter });
  const mail = { messageId: id, subject: claim.letter.kind };
  const attempt = { now, mail, outcome: ACCEPTED, mayHaveArrived: false, chance: 0 };
  save(stage, recordAttempt(claimed, attempt, stage.record, stage));
}

function save(stage: Stage, update: Partial<TenantUpdate>): void {
  stage.record = applyUpdate(stage.record, { ...noUpdate(stage.record.tenant.id), ...update });
}

function nextDueAt({ incidents, notifications }: TenantRecord): Instant {
  const reminders = incidents.map(({ remindAt }) => remindAt ?? Number.POSITIVE_INFINITY);
  const mail = notifications.filter(isPending).map(({ dueAt }) => dueAt);
  return Math.min(Number.POSITIVE_INFINITY, ...reminders, ...mail);
}

function isPending({ state }: Notification): boolean {
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
