import { periodsOf, type TimeRange, uptimeOf } from '../../domain/history.ts';
import { actionOf, type Health, healths, worstHealth } from '../../domain/model/condition.ts';
import { type Connection, type ConnectionIdentity, hasGap, identityKey } from '../../domain/model/connection.ts';
import { UNKNOWN_STATUS } from '../../domain/model/connection-status.ts';
import type { Notification } from '../../domain/model/notification.ts';
import type { ContactRole, Tenant } from '../../domain/model/tenant.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { HistoryStore, TenantOverview } from '../ports.ts';
import type {
  ConnectionCounts,
  ConnectionView,
  ExportedTenant,
  MailView,
  TenantDetail,
  TenantHistory,
  TenantStatus,
  TenantSummary,
} from '../views.ts';

/** The answers that the command line, the API and the pages all give, from what is remembered. */
export function tenantStatus(overview: TenantOverview, now: Instant): TenantStatus {
  const connections = overview.connections.map((connection) => connectionView(connection, now));
  return { tenant: summaryOf(overview.tenant, connections), connections };
}

export function tenantDetail(overview: TenantOverview, now: Instant): TenantDetail {
  const { tenant, contacts } = overview;
  return {
    ...tenantStatus(overview, now).tenant,
    timezone: tenant.timezone,
    locale: tenant.locale,
    schedule: tenant.schedule,
    senderName: tenant.senderName,
    replyTo: tenant.replyTo,
    reconnectUrl: tenant.reconnectUrl,
    createdAt: tenant.createdAt,
    intervalMs: tenant.intervalMs,
    contacts: contacts.map(({ email, role, state }) => ({ email, role, state })),
  };
}

/** A connection as it is known to be now: what nobody has observed for too long is `unobserved`. */
export function connectionView(connection: Connection, now: Instant): ConnectionView {
  const { id, network, accountId, displayName, period } = connection;
  const identity = { id, network, accountId, displayName };
  if (period === null || hasGap(period, now)) {
    const since = period === null ? null : period.to + period.speaksForMs;
    const observedAt = period?.to ?? null;
    return {
      ...identity,
      health: 'unobserved',
      conditions: [],
      action: 'none',
      since,
      observedAt,
      status: UNKNOWN_STATUS,
    };
  }
  const { health, conditions, status, from, to } = period;
  return { ...identity, health, conditions, action: actionOf(conditions), since: from, observedAt: to, status };
}

function summaryOf(tenant: Tenant, connections: readonly ConnectionView[]): TenantSummary {
  const { id, name, state, lastPolledAt, nextPollAt, failing } = tenant;
  const all = connections.map(({ health }) => health);
  // Before the first good poll nobody knows whether it has connections.
  const health = worstHealth(all) ?? (tenant.baselinedAt === null ? 'unobserved' : null);
  return { id, name, state, health, connections: countsOf(all), lastPolledAt, nextPollAt, failing };
}

function countsOf(all: readonly Health[]): ConnectionCounts {
  const counts = Object.fromEntries(healths.map((health) => [health, all.filter((one) => one === health).length]));
  return { total: all.length, ...(counts as Record<Health, number>) };
}

export type HistoryRequest = TimeRange &
  Readonly<{
    tenantId: string;
    /** Null: all of the tenant's connections. */
    connection: ConnectionIdentity | null;
  }>;

/** Null when there is no such tenant. */
export async function readHistory(
  { tenantId, connection: wanted, from, to }: HistoryRequest,
  history: HistoryStore,
): Promise<TenantHistory | null> {
  const overview = await history.tenant(tenantId);
  if (overview === null) return null;
  const snapshots = await history.periods({ tenantId, from, to });
  const asked = overview.connections.filter(
    (connection) => wanted === null || identityKey(connection) === identityKey(wanted),
  );
  const connections = asked.map(({ id, network, accountId, displayName }) => {
    const own = snapshots.filter(({ connectionId }) => connectionId === id);
    const periods = periodsOf(own, { from, to });
    return { id, network, accountId, displayName, ...uptimeOf(periods, { from, to }), periods };
  });
  return { tenant: { id: overview.tenant.id, name: overview.tenant.name }, from, to, connections };
}

/** As it can be imported again; secrets are never exported. */
export function exportedTenant({ tenant, contacts }: TenantOverview): ExportedTenant {
  const { id, name, state, timezone, locale, schedule } = tenant;
  const emails = (role: ContactRole) => contacts.filter((contact) => contact.role === role).map(({ email }) => email);
  const mail = { sender_name: tenant.senderName, reply_to: tenant.replyTo, reconnect_url: tenant.reconnectUrl };
  return { id, name, state, timezone, locale, schedule, owner: emails('owner')[0] ?? '', cc: emails('cc'), ...mail };
}

export function mailView(mail: Notification): MailView {
  const { id, tenantId, kind, subject, state, reason, attempts, outcomeUnknown, response, messageId } = mail;
  const { createdAt, dueAt, firstAttemptAt, lastAttemptAt, sentAt } = mail;
  return {
    ...{ id, tenantId, kind, to: [mail.to], subject, state, reason },
    ...{ attempts, firstAttemptAt, lastAttemptAt, outcomeUnknown, response, messageId },
    ...{ createdAt, dueAt, sentAt },
  };
}
