import type { Connection, Snapshot } from '../model/connection.ts';
import type { Count, Flapping, Incident } from '../model/incident.ts';
import type { TenantNotification } from '../model/notification.ts';
import type { Tenant } from '../model/tenant.ts';
import type { ClockCorrection, TenantRecord } from '../model/tenant-record.ts';
import { type Instant, MINUTE_MS } from '../model/time.ts';

/** The clocks of two processes are seconds apart; a time further ahead was written by a wrong clock. */
export const TOLERATED_AHEAD_MS = 10 * MINUTE_MS;

/** The clock ran ahead when the tenant was last polled (or added), and has been set back since. */
export function wasClockAhead({ lastPolledAt, createdAt }: Tenant, now: Instant): boolean {
  return (lastPolledAt ?? createdAt) > now + TOLERATED_AHEAD_MS;
}

/**
 * What happened cannot lie in the future: every such moment of the record becomes `now`, the latest that it can have
 * been. What people asked for (a snooze) stays. What needed no correction stays the same object.
 */
export function correctClock(record: TenantRecord, now: Instant): CorrectedRecord {
  const { tenant } = record;
  const corrected: TenantRecord = {
    ...record,
    tenant: correctTenant(tenant, now),
    connections: record.connections.map((connection) => correctConnection(connection, now)),
    incidents: record.incidents.map((incident) => correctIncident(incident, now)),
    notifications: record.notifications.map((notification) => correctNotification(notification, now)),
  };
  const snapshots = corrected.connections.flatMap(({ period }, index) =>
    period === null || period === record.connections[index]?.period ? [] : [period],
  );
  return { record: corrected, correction: { aheadMs: (tenant.lastPolledAt ?? tenant.createdAt) - now, snapshots } };
}

export type CorrectedRecord = Readonly<{ record: TenantRecord; correction: ClockCorrection }>;

function correctTenant(tenant: Tenant, now: Instant): Tenant {
  const failing = tenant.failing && clamp(tenant.failing, now, ['since']);
  const moments = [
    'createdAt',
    'baselinedAt',
    'lastPolledAt',
    'lastGoodPollAt',
    'unreachableSince',
    'pagesAskedAt',
    'privilegesAskedAt',
  ] as const;
  return { ...clamp(tenant, now, [...moments, 'nextPollAt']), failing };
}

function correctConnection(connection: Connection, now: Instant): Connection {
  const doubts = ['rateLimitedSince', 'checkFailedInvalidSince', 'checkFailedSince'] as const;
  return unlessSame(connection, {
    ...clamp(connection, now, ['firstSeenAt', 'removedAt', ...doubts]),
    unreachablePages: connection.unreachablePages && clamp(connection.unreachablePages, now, ['seenAt']),
    transitions: unlessSame(
      connection.transitions,
      connection.transitions.map((transition) => clamp(transition, now, ['at'])),
    ),
    period: connection.period && clamp<Snapshot>(connection.period, now, ['from', 'to']),
  });
}

function correctIncident(incident: Incident, now: Instant): Incident {
  const { confirmation, alerting, reminders, flapping } = incident;
  const count = (counted: Count | null) => counted && clamp(counted, now, ['lastCountedAt']);
  return unlessSame(incident, {
    ...clamp(incident, now, ['openedAt', 'confirmedAt', 'closedAt', 'acknowledgedAt']),
    confirmation: unlessSame(confirmation, {
      ...confirmation,
      bad: count(confirmation.bad),
      sameAction: count(confirmation.sameAction),
      good: count(confirmation.good),
    }),
    alerting: unlessSame(alerting, {
      ...alerting,
      lastAlert: alerting.lastAlert && clamp(alerting.lastAlert, now, ['at']),
    }),
    // A reminder that comes due too soon by this is planned again by the time of the alert.
    reminders: clamp(reminders, now, ['nextAt']),
    flapping: flapping && clamp<Flapping>(flapping, now, ['since', 'steadySince', 'settledAt']),
  });
}

function correctNotification(notification: TenantNotification, now: Instant): TenantNotification {
  const attempts = ['sentAt', 'firstAttemptAt', 'lastAttemptAt'] as const;
  return clamp(notification, now, ['createdAt', 'dueAt', 'requirePollAfter', ...attempts]);
}

type InstantField<T> = { [Name in keyof T]: T[Name] extends Instant | null ? Name : never }[keyof T];

/** The value, its fields ahead of `now` moved back to it; the same object when none lies ahead. */
function clamp<T extends object>(value: T, now: Instant, fields: readonly InstantField<T>[]): T {
  const ahead = fields.filter((field) => ((value[field] as Instant | null) ?? now) > now);
  return ahead.length === 0 ? value : { ...value, ...Object.fromEntries(ahead.map((field) => [field, now])) };
}

function unlessSame<T extends object>(before: T, after: T): T {
  const names = Object.keys(after) as (keyof T)[];
  return names.every((name) => before[name] === after[name]) ? before : after;
}
