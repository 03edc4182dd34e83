import type { RememberedConnection } from '../../domain/connection-then.ts';
import type { Connection } from '../../domain/model/connection.ts';
import type { PastOrder, Tenant } from '../../domain/model/tenant.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { ConnectionCount } from './monitor.ts';
import type { Page, PageRequest } from './pages.ts';
import type { TenantCounts, TenantFilter } from './tenants.ts';

/**
 * The fleet at past moments, from the periods of its connections. A tenant that has been removed since was there then,
 * as long as its rows are kept.
 */
export interface PastStore {
  list(query: PastQuery): Promise<Page<RememberedTenant>>;
  /**
   * How many of the tenants that the filter lets through had each health, and their connections by network and health.
   */
  count(query: PastSelection): Promise<PastCounts>;
}

/** What is not remembered of the past is no filter: which state a tenant was in, and who its contacts were. */
export type PastFilter = Pick<TenantFilter, 'health' | 'network' | 'condition' | 'search' | 'externalId'>;

/** `tenantId` null: all tenants. Name and external id are those of today. */
export type PastSelection = PastFilter & Readonly<{ tenantId: string | null; at: Instant }>;

/** By id, unless the worst are to come first. */
export type PastQuery = PastSelection & PageRequest & Readonly<{ order?: PastOrder | undefined }>;

export type RememberedTenant = Readonly<{
  /** The tenant as it is today. */
  tenant: Pick<Tenant, 'id' | 'externalId' | 'name' | 'baselinedAt'>;
  /** Those that were known then; by network and account. */
  connections: readonly (RememberedConnection &
    Readonly<{ connection: Pick<Connection, 'id' | 'network' | 'accountId' | 'displayName'> }>)[];
}>;

export type PastCounts = Readonly<{ tenants: TenantCounts; connections: readonly ConnectionCount[] }>;
