import type { Connection } from '../../domain/model/connection.ts';
import type { Contact, ContactRole, Tenant } from '../../domain/model/tenant.ts';
import type { TenantRecord, TenantUpdate } from '../../domain/model/tenant-record.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { NewGrant } from './constant-contact.ts';

/** The one way to change what is remembered of a tenant. */
export interface RecordStore {
  /**
   * Locks the tenants (unknown ids are left out), loads their records, asks `decide`, which is pure and may be asked
   * again, and saves what changes: one transaction, so that two processes decide about a tenant one after the other.
   * The mail with `alsoMail` is in its tenant's record even when all that it is about has long been closed.
   */
  change<R>(
    tenantIds: readonly string[],
    decide: (records: readonly TenantRecord[]) => Readonly<{ updates: readonly TenantUpdate[]; result: R }>,
    alsoMail?: string,
  ): Promise<R>;
}

export interface TenantStore {
  /** Stores the tenant with its contacts and, when given, its grant, all or nothing. */
  add(
    tenants: readonly Readonly<{ tenant: Tenant; contacts: readonly Contact[]; grant: NewGrant | null }>[],
  ): Promise<void>;
  find(id: string): Promise<Readonly<{ tenant: Tenant; contacts: readonly Contact[] }> | null>;
  /** In pages ordered by id; `after` is the last id of the page before. */
  list(page: Readonly<{ after: string | null; limit: number }>): Promise<readonly TenantOverview[]>;
  update(change: TenantChange): Promise<boolean>;
  /** `purge` erases every row; without it the tenant is no longer shown or polled, and its tokens are erased. */
  remove(id: string, purge: boolean): Promise<boolean>;
}

export type TenantOverview = Readonly<{
  tenant: Tenant;
  contacts: readonly Contact[];
  connections: readonly Connection[];
}>;

export type TenantChange = Readonly<{
  id: string;
  name?: string;
  timezone?: string;
  locale?: string;
  schedule?: string | null;
  senderName?: string | null;
  replyTo?: string | null;
  reconnectUrl?: string | null;
  state?: Tenant['state'];
  nextPollAt?: Instant | null;
  /** The whole new list; addresses that stay keep their contact. */
  contacts?: readonly Contact[];
  grant?: NewGrant;
}>;

export type NewContact = Readonly<{ email: string; role: ContactRole }>;
