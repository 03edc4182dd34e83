import { lastAlertOf } from '../delivery/record-attempt.ts';
import { actionOf, isCheckFailed } from '../model/condition.ts';
import type { Connection, Snapshot } from '../model/connection.ts';
import { type Incident, withReminders } from '../model/incident.ts';
import type { TenantNotification } from '../model/notification.ts';
import type { UnreachablePages } from '../model/pages.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { Tenant } from '../model/tenant.ts';
import type { TenantPast } from '../model/tenant-past.ts';
import { recordMembers, type TenantRecord } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { afterReminder, nextReminderAt } from '../notification/reminders.ts';

/**
 * What was remembered of a tenant at a moment, as far as it can be told today. Certain trouble is there with what had
 * been told of it; a suspicion, and good polls towards a repair, begin anew.
 */
export function rebuildRecord(past: TenantPast, at: Instant, settings: AlertSettings): TenantRecord {
  const connections = past.connections
    .filter(({ firstSeenAt }) => firstSeenAt < at)
    .map((connection) => rebuildConnection(connection, past.snapshots, at));
  const open = past.incidents.filter((incident) => wasCertain(incident, at));
  const access = open.find(({ connectionId }) => connectionId === null);
  const tenant = rebuildTenant(past.tenant, at, access);
  return {
    tenant,
    contacts: past.contacts,
    formerContacts: [],
    connections,
    ...recordMembers({
      incidents: open.map((incident) =>
        rebuildIncident(incident, { tenant, connections, sent: past.sent, at, settings }),
      ),
      notifications: writtenBefore(past.sent, at),
    }),
  };
}

/** Mail that was on its way at that moment had been decided before it. */
function writtenBefore(sent: readonly TenantNotification[], at: Instant): readonly TenantNotification[] {
  return sent.filter(({ createdAt }) => createdAt < at);
}

function wasCertain({ confirmedAt, closedAt }: Incident, at: Instant): boolean {
  return confirmedAt !== null && confirmedAt < at && (closedAt === null || closedAt >= at);
}

function rebuildTenant(tenant: Tenant, at: Instant, access: Incident | undefined): Tenant {
  const isBaselined = tenant.baselinedAt !== null && tenant.baselinedAt < at;
  const asked = { ...tenant, lastPolledAt: null, lastGoodPollAt: null, nextPollAt: null, failing: null };
  const known: Tenant = { ...asked, state: 'active', baselinedAt: isBaselined ? tenant.baselinedAt : null };
  if (access === undefined) return known;
  if (access.action === 'reauthorize') return { ...known, state: 'reauthorize' };
  return {
    ...known,
    state: 'access_denied',
    failing: { kind: 'forbidden', since: access.openedAt },
    lastPolledAt: at - 1,
  };
}

function rebuildConnection(connection: Connection, snapshots: readonly Snapshot[], at: Instant): Connection {
  const latest = snapshots.findLast(({ connectionId, from }) => connectionId === connection.id && from < at) ?? null;
  const period = latest === null ? null : { ...latest, to: Math.min(latest.to, at - 1) };
  const isUnanswered = period !== null && isCheckFailed(period.status);
  const wasRemoved = connection.removedAt !== null && connection.removedAt < at;
  return {
    ...connection,
    absentPolls: wasRemoved ? connection.absentPolls : 0,
    removedAt: wasRemoved ? connection.removedAt : null,
    rateLimitedSince: period?.status.rateLimited === true ? period.from : null,
    checkFailedSince: isUnanswered ? period.from : null,
    checkFailedInvalidSince: isUnanswered && period.status.tokenIsValid === false ? period.from : null,
    unreachablePages: unreachableThen(period),
    transitions: connection.transitions.filter((transition) => transition.at < at),
    period,
  };
}

/** Which pages it was is not kept by the period. */
function unreachableThen(period: Snapshot | null): UnreachablePages | null {
  if (period === null || !period.conditions.includes('page_unreachable')) return null;
  return { named: [], more: 1, seenAt: period.to, isCause: true };
}

type Then = Pick<TenantRecord, 'tenant' | 'connections'> &
  Readonly<{ sent: readonly TenantNotification[]; at: Instant; settings: AlertSettings }>;

function rebuildIncident(incident: Incident, { tenant, connections, sent, at, settings }: Then): Incident {
  const about = writtenBefore(sent, at).filter(({ topics }) =>
    topics.some((topic) => topic.incidentId === incident.id),
  );
  const { lastAlert, alertsSent } = alertsBefore(incident, about);
  const period = connections.find(({ id }) => id === incident.connectionId)?.period ?? null;
  const shown = period !== null && period.conditions.length > 0 ? period.conditions : incident.conditions;
  const action = incident.connectionId === null ? incident.action : actionOf(shown);
  const then: Incident = {
    ...incident,
    state: 'open',
    action,
    conditions: shown,
    closedAt: null,
    closeReason: null,
    acknowledgedAt: null,
    confirmation: { bad: null, sameAction: null, good: null, certainAction: lastAlert?.action ?? action },
    alerting: { ...incident.alerting, lastAlert, alertsSent, heldBy: null },
    reminders: { used: 0, nextAt: null, snoozedUntil: null },
    flapping: null,
  };
  const reminded = withReminders(then, { nextAt: nextReminderAt(then, tenant, settings) });
  return afterReminders(reminded, about, { tenant, settings });
}

function alertsBefore(
  { id }: Incident,
  about: readonly TenantNotification[],
): Pick<Incident['alerting'], 'lastAlert' | 'alertsSent'> {
  const steps = about.flatMap((mail) =>
    mail.topics.flatMap((topic) =>
      topic.incidentId === id && topic.step.kind === 'alert' ? [{ mail, topic, number: topic.step.number }] : [],
    ),
  );
  const alertsSent = Math.max(0, ...steps.map(({ number }) => number));
  const first = steps.find(({ number }) => number === alertsSent);
  return { alertsSent, lastAlert: first === undefined ? null : lastAlertOf(first.mail, first.topic) };
}

/** Every reminder that was written has used up its slot. */
function afterReminders(
  incident: Incident,
  about: readonly TenantNotification[],
  context: Parameters<typeof afterReminder>[2],
): Incident {
  return about
    .flatMap(({ topics }) => topics)
    .filter(({ incidentId, step }) => incidentId === incident.id && step.kind === 'reminder')
    .reduce((before, { step }) => afterReminder(before, step, context), incident);
}
