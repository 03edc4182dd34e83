import { connectionNow, healthNow, tenantHealth } from '../../domain/connection-now.ts';
import { knownSince } from '../../domain/connection-then.ts';
import { periodsOf, uptimeOf } from '../../domain/history.ts';
import { type Health, healths } from '../../domain/model/condition.ts';
import { identityKey } from '../../domain/model/connection.ts';
import type { ContactRole } from '../../domain/model/tenant.ts';
import type { TenantRecord } from '../../domain/model/tenant-record.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { HistoryRequest } from '../application.ts';
import type { HistoryStore, HistorySubject, TenantOverview } from '../ports.ts';
import type { ExportedTenant, TenantDetail, TenantHistory, TenantStatus, TenantSummary } from '../views.ts';

/** The answers that the command line, the API and the pages all give, from what is remembered. */
export function tenantStatus(record: TenantRecord, now: Instant, application: string | null): TenantStatus {
  const connections = record.connections.map((connection) => {
    const { id, network, accountId, displayName } = connection;
    return { id, network, accountId, displayName, ...connectionNow(connection, record, now) };
  });
  return { tenant: tenantSummary(record, now, application), connections };
}

/** `application`: by its name; null for that of the configuration. */
export function tenantSummary(
  { tenant, contacts, connections }: TenantOverview,
  now: Instant,
  application: string | null,
): TenantSummary {
  const { id, externalId, name, state, lastPolledAt, nextPollAt, baselinedAt, failing, timezone, schedule } = tenant;
  const owner = contacts.find((contact) => contact.role === 'owner' && contact.state === 'active')?.email ?? null;
  const all = connections.map((connection) => healthNow(connection, tenant, now));
  return {
    id,
    externalId,
    name,
    owner,
    state,
    health: tenantHealth(all, tenant),
    connections: countsOf(all),
    lastPolledAt,
    nextPollAt,
    firstGoodPollAt: baselinedAt,
    failing,
    timezone,
    schedule,
    application,
  };
}

export function tenantDetail(
  overview: TenantOverview,
  now: Instant,
  application: string | null,
): Omit<TenantDetail, 'invitation'> {
  const { tenant, contacts } = overview;
  return {
    ...tenantSummary(overview, now, application),
    locale: tenant.locale,
    senderName: tenant.senderName,
    replyTo: tenant.replyTo,
    reconnectUrl: tenant.reconnectUrl,
    createdAt: tenant.createdAt,
    intervalMs: tenant.intervalMs,
    contacts: contacts.map(({ email, role, state }) => ({ email, role, state })),
  };
}

export function countsOf(all: readonly Health[]): TenantSummary['connections'] {
  const counts = Object.fromEntries(healths.map((health) => [health, all.filter((one) => one === health).length]));
  return { total: all.length, ...(counts as Record<Health, number>) };
}

/** Null when there is no such tenant. */
export async function readHistory(
  { tenantId, connection: wanted, from, to }: HistoryRequest,
  { history }: Readonly<{ history: Pick<HistoryStore, 'subject' | 'periods'> }>,
): Promise<TenantHistory | null> {
  const subject = await history.subject(tenantId);
  if (subject === null) return null;
  const asked = subject.connections.filter((connection) => wanted === null || isWanted(connection, wanted));
  const named = wanted === null ? {} : { connectionIds: asked.map(({ id }) => id) };
  const snapshots = await history.periods({ tenantId, from, to, ...named });
  const connections = asked.map((connection) => {
    const { id, network, accountId, displayName } = connection;
    const own = snapshots.filter(({ connectionId }) => connectionId === id);
    const range = { from: Math.max(from, knownSince(connection, subject.tenant)), to };
    const periods = periodsOf(own, range);
    return { id, network, accountId, displayName, ...uptimeOf(periods, range), periods };
  });
  return { tenant: { id: subject.tenant.id, name: subject.tenant.name }, from, to, connections };
}

function isWanted(
  connection: HistorySubject['connections'][number],
  wanted: NonNullable<HistoryRequest['connection']>,
): boolean {
  return 'id' in wanted ? connection.id === wanted.id : identityKey(connection) === identityKey(wanted);
}

/** The tenant as it can be imported again; secrets are never exported. */
export function exportedTenant({ tenant, contacts }: TenantOverview, application: string | null): ExportedTenant {
  const { id, externalId: external_id, name, state, timezone, locale, schedule } = tenant;
  const emails = (role: ContactRole) => contacts.filter((contact) => contact.role === role).map(({ email }) => email);
  const mail = { sender_name: tenant.senderName, reply_to: tenant.replyTo, reconnect_url: tenant.reconnectUrl };
  const addresses = { owner: emails('owner')[0] ?? '', cc: emails('cc') };
  return { id, external_id, name, state, timezone, locale, schedule, application, ...addresses, ...mail };
}
