import type { Incident } from '../model/incident.ts';
import { isFlapping } from '../model/incident-table.ts';
import { isAboutIncident, isWaiting, type TenantNotification } from '../model/notification.ts';
import type { IncidentDecision } from '../model/reasons.ts';
import type { AlertSettings } from '../model/settings.ts';
import { isPolled, type Tenant } from '../model/tenant.ts';
import type { TenantRecord } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { alertRecipients, reminderRecipients, whyNobodyReminded } from './recipients.ts';
import { nextAllowedTime } from './reminder-time.ts';
import { isSnoozed } from './reminders.ts';

export const nextKinds = ['poll', 'no_poll', 'mail', 'held', 'alert', 'reminder', 'repair', 'silence'] as const;

/** What would keep a step from being taken. */
export const hindrances = ['good_poll', 'bad_poll', 'pause', 'hold', 'snooze', 'reminders_off', 'close'] as const;
export type Hindrance = (typeof hindrances)[number];

/** What happens next, as far as it can be known now. */
export type NextStep = Readonly<{
  kind: (typeof nextKinds)[number];
  /** At the earliest; null when no time is known. */
  at: Instant | null;
  /** Null when the step is about no single incident. */
  incidentId: string | null;
  /** The id of a mail that is written already. */
  mailId: string | null;
  /** The addresses of those who get a mail by it. */
  to: readonly string[];
  /** Why it is so; null when nothing is to be said. */
  reason: IncidentDecision | TenantNotification['reason'] | Tenant['state'] | null;
  unless: readonly Hindrance[];
}>;

type Context = Readonly<{ now: Instant; settings: AlertSettings }>;

/** The next poll; then the mail that waits; then, of each incident that is not over, its alert, reminder or repair. */
export function whatNext(record: TenantRecord, context: Context): readonly NextStep[] {
  const open = record.incidents.filter(({ state }) => state !== 'closed');
  return [
    nextPoll(record.tenant),
    ...record.notifications.flatMap(waitingMail),
    ...open.flatMap((incident) => nextOf(incident, record, context) ?? []),
  ];
}

function step(kind: NextStep['kind'], given: Partial<NextStep>): NextStep {
  return { kind, at: null, incidentId: null, mailId: null, to: [], reason: null, unless: [], ...given };
}

function nextPoll({ nextPollAt, state }: Tenant): NextStep {
  return nextPollAt === null || !isPolled(state)
    ? step('no_poll', { reason: state })
    : step('poll', { at: nextPollAt, unless: ['pause'] });
}

function waitingMail({ id, state, reason, to, dueAt, topics, kind }: TenantNotification): readonly NextStep[] {
  const about = { mailId: id, incidentId: topics[0]?.incidentId ?? null, to: [to], reason };
  if (state === 'held') return [step('held', about)];
  if (state !== 'pending') return [];
  const ownHindrances: readonly Hindrance[] =
    kind === 'reminder' ? ['good_poll', 'snooze', 'reminders_off'] : ['good_poll'];
  const isAboutTrouble = kind !== 'recovered' && kind !== 'removed' && kind !== 'invitation';
  return [step('mail', { ...about, at: dueAt, unless: [...(isAboutTrouble ? ownHindrances : []), 'pause', 'hold'] })];
}

function nextOf(incident: Incident, record: TenantRecord, context: Context): NextStep | null {
  const about = { incidentId: incident.id, at: record.tenant.nextPollAt };
  const { lastAlert, decision } = incident.alerting;
  if (incident.state === 'suspected') {
    const to = alertRecipients(record.contacts, incident).map(({ email }) => email);
    return step('alert', { ...about, to, reason: decision, unless: ['good_poll', 'pause', 'hold', 'close'] });
  }
  if (incident.state === 'recovering' && !isFlapping(incident)) {
    return step('repair', { ...about, reason: decision, unless: ['bad_poll', 'pause', 'close'] });
  }
  // The mail that waits has told already what happens next.
  const isOnItsWay = record.notifications.some((mail) => isWaiting(mail) && isAboutIncident(mail, incident.id));
  if (isOnItsWay) return null;
  if (lastAlert === null) return step('silence', { incidentId: incident.id, reason: decision });
  return nextReminder(incident, record, context);
}

function nextReminder(incident: Incident, record: TenantRecord, { now, settings }: Context): NextStep {
  const { nextAt, used, snoozedUntil } = incident.reminders;
  const none = (reason: IncidentDecision) => step('silence', { incidentId: incident.id, reason });
  if (nextAt === null)
    return none(used >= settings.remindAfterMs.length ? 'reminders_used_up' : incident.alerting.decision);
  if (isFlapping(incident)) return none('flapping');
  if (record.tenant.state === 'paused') return none('tenant_paused');
  if (incident.action === 'wait') return none('nothing_to_do');
  const due = isSnoozed(incident, now) ? Math.max(nextAt, snoozedUntil ?? nextAt) : nextAt;
  // It was planned by the hours and the time zone of that time; it is sent within those of now.
  const at = nextAllowedTime(Math.max(due, now), settings.reminderHours, record.tenant.timezone);
  const isLast = used + 1 === settings.remindAfterMs.length;
  const to = reminderRecipients(record.contacts, incident, { isLast, now: at }).map(({ email }) => email);
  if (to.length === 0) return none(whyNobodyReminded(record.contacts, incident, { isLast, now: at }));
  const unless: readonly Hindrance[] = ['good_poll', 'snooze', 'pause', 'hold', 'reminders_off', 'close'];
  const reason = isLast ? 'last_reminder_due' : 'reminder_due';
  return step('reminder', { incidentId: incident.id, at, to, reason, unless });
}
