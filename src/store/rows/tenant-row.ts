import type { PollFailureKind } from '../../domain/model/poll.ts';
import type { Tenant, TenantState } from '../../domain/model/tenant.ts';
import type { Tenant as Row } from '../model.ts';
import type { Plain, Table } from './table.ts';

/**
 * `removedAt`, the lease, the rest and what the connections show together are written by themselves: no decision sees a
 * removed tenant, who is polling, whether the record need be looked at, or what only lists go by.
 */
export type TenantRow = Omit<
  Row,
  'removedAt' | 'pollLeaseUntil' | 'pollLeaseBy' | 'rest' | 'brokenUntil' | 'waitingUntil' | 'observedUntil'
>;

export const tenantTable: Table<TenantRow> = {
  name: 'Tenant',
  columns: {
    id: 'text',
    externalId: 'text',
    name: 'text',
    state: 'text',
    accountId: 'text',
    timezone: 'text',
    locale: 'text',
    schedule: 'text',
    createdAt: 'time',
    baselinedAt: 'time',
    lastPolledAt: 'time',
    lastGoodPollAt: 'time',
    nextPollAt: 'time',
    intervalMs: 'bigint',
    recheckWanted: 'boolean',
    applicationId: 'text',
    pagesAskedAt: 'time',
    pagesWanted: 'boolean',
    privilegesAskedAt: 'time',
    failingKind: 'text',
    failingSince: 'time',
    senderName: 'text',
    replyTo: 'text',
    reconnectUrl: 'text',
    linksSpentAt: 'time',
    unreachableSince: 'time',
  },
};

export function tenantToRow({ failing, ...tenant }: Tenant): Plain<TenantRow> {
  return { ...tenant, failingKind: failing?.kind ?? null, failingSince: failing?.since ?? null };
}

export function tenantFromRow(row: Plain<TenantRow>): Tenant {
  const { failingKind, failingSince, ...tenant } = row;
  const isFailing = failingKind !== null && failingSince !== null;
  return {
    ...tenant,
    state: tenant.state as TenantState,
    failing: isFailing ? { kind: failingKind as PollFailureKind, since: failingSince } : null,
  };
}
