import type { PollFailureKind } from '../../domain/model/poll.ts';
import type { Tenant, TenantState } from '../../domain/model/tenant.ts';
import type { Tenant as Row } from '../model.ts';
import type { Table } from './table.ts';
import { bigMs, dateOf, dateOrNull, instantOrNull } from './values.ts';

/** `removedAt` is written by itself: no decision sees a removed tenant. */
export type TenantRow = Omit<Row, 'removedAt'>;

export const tenantTable: Table<TenantRow> = {
  name: 'Tenant',
  columns: {
    id: 'text',
    name: 'text',
    state: 'text',
    timezone: 'text',
    locale: 'text',
    schedule: 'text',
    createdAt: 'time',
    baselinedAt: 'time',
    lastPolledAt: 'time',
    lastGoodPollAt: 'time',
    nextPollAt: 'time',
    intervalMs: 'bigint',
    failingKind: 'text',
    failingSince: 'time',
    senderName: 'text',
    replyTo: 'text',
    reconnectUrl: 'text',
    unreachableSince: 'time',
  },
};

export function tenantToRow(tenant: Tenant): TenantRow {
  return {
    id: tenant.id,
    name: tenant.name,
    state: tenant.state,
    timezone: tenant.timezone,
    locale: tenant.locale,
    schedule: tenant.schedule,
    createdAt: dateOf(tenant.createdAt),
    baselinedAt: dateOrNull(tenant.baselinedAt),
    lastPolledAt: dateOrNull(tenant.lastPolledAt),
    lastGoodPollAt: dateOrNull(tenant.lastGoodPollAt),
    nextPollAt: dateOrNull(tenant.nextPollAt),
    intervalMs: bigMs(tenant.intervalMs),
    failingKind: tenant.failing?.kind ?? null,
    failingSince: dateOrNull(tenant.failing?.since ?? null),
    senderName: tenant.senderName,
    replyTo: tenant.replyTo,
    reconnectUrl: tenant.reconnectUrl,
    unreachableSince: dateOrNull(tenant.unreachableSince),
  };
}

export function tenantFromRow(row: TenantRow): Tenant {
  return {
    id: row.id,
    name: row.name,
    state: row.state as TenantState,
    timezone: row.timezone,
    locale: row.locale,
    schedule: row.schedule,
    createdAt: row.createdAt.getTime(),
    baselinedAt: instantOrNull(row.baselinedAt),
    lastPolledAt: instantOrNull(row.lastPolledAt),
    lastGoodPollAt: instantOrNull(row.lastGoodPollAt),
    nextPollAt: instantOrNull(row.nextPollAt),
    intervalMs: Number(row.intervalMs),
    failing: failingFromRow(row),
    senderName: row.senderName,
    replyTo: row.replyTo,
    reconnectUrl: row.reconnectUrl,
    unreachableSince: instantOrNull(row.unreachableSince),
  };
}

function failingFromRow({ failingKind, failingSince }: TenantRow): Tenant['failing'] {
  if (failingKind === null || failingSince === null) return null;
  return { kind: failingKind as PollFailureKind, since: failingSince.getTime() };
}
