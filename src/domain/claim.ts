import { type DeliveryDecision, decideDelivery } from './delivery.ts';
import type { Incident } from './incident.ts';
import type { Letter } from './letter.ts';
import { isLeased, type Notification } from './notification.ts';
import { nextReminderAt } from './reminders.ts';
import type { AlertSettings } from './settings.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from './tenant-record.ts';
import type { Instant } from './time.ts';
import { writeLetter } from './write-letter.ts';

/** Longer than one attempt may take, so that a mail is sent by one worker at a time; a crash frees it after this. */
export const LEASE_MS = 30_000;

export type Claim = Readonly<{
  update: TenantUpdate;
  decision: DeliveryDecision | null;
  /** To be sent now, by whoever claimed it; null when it is not to be sent, or somebody else has it. */
  letter: Letter | null;
}>;

/** Takes a due mail, and decides again what becomes of it, in one step that no other worker can take too. */
export function claimMail(record: TenantRecord, id: string, now: Instant, settings: AlertSettings): Claim {
  const mail = record.notifications.find((notification) => notification.id === id);
  const nothing: Claim = { update: noUpdate(record.tenant.id), decision: null, letter: null };
  if (mail === undefined || mail.state !== 'pending' || mail.dueAt > now || isLeased(mail, now)) return nothing;

  const decision = decideDelivery(mail, record, now, settings);
  switch (decision.kind) {
    case 'send': {
      const claimed = lease({ ...mail, topics: decision.topics, reason: decision.reason }, now);
      const update = { ...nothing.update, notifications: [claimed] };
      return { update, decision, letter: writeLetter(claimed, record, now) };
    }
    case 'postpone': {
      const postponed = { ...mail, reason: decision.reason, dueAt: decision.until };
      const tenant = decision.reason === 'awaiting_fresh_poll' ? pollSoon(record, now) : null;
      return { update: { ...nothing.update, tenant, notifications: [postponed] }, decision, letter: null };
    }
    case 'cancel': {
      const cancelled: Notification = { ...mail, state: 'cancelled', reason: decision.reason };
      const incidents = mail.kind === 'reminder' ? withReminderDueAgain(mail, record, settings) : [];
      return { update: { ...nothing.update, incidents, notifications: [cancelled] }, decision, letter: null };
    }
  }
}

/** From here on the outcome is unknown until an answer is recorded: a crash in between may repeat the mail. */
export function lease(mail: Notification, now: Instant): Notification {
  return { ...mail, leaseUntil: now + LEASE_MS, attempts: mail.attempts + 1, outcomeUnknown: true };
}

function pollSoon({ tenant }: TenantRecord, now: Instant) {
  return tenant.nextPollAt === null ? null : { ...tenant, nextPollAt: Math.min(tenant.nextPollAt, now) };
}

/** Its slot is not used up: should the trouble go on, it comes due again on the same clock. */
function withReminderDueAgain(
  { topics }: Notification,
  { incidents, tenant }: TenantRecord,
  settings: AlertSettings,
): readonly Incident[] {
  return incidents
    .filter(({ id }) => topics.some(({ incidentId }) => incidentId === id))
    .map((incident) => ({ ...incident, remindAt: nextReminderAt(incident, tenant, settings) }));
}
