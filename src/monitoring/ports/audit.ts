import type { Actor, AuditAction, AuditEntry } from '../../domain/model/audit.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Page, PageRequest } from './pages.ts';

export interface AuditStore {
  /** Rejects when the store does not take it; the caller logs that and goes on. */
  add(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(query: AuditFilter & PageRequest): Promise<Page<AuditEntry>>;
}

/** A filter that is left out lets everything through. */
export type AuditFilter = Readonly<{
  tenantId?: string | undefined;
  /** The kind of actor, or the id of one. */
  actor?: Actor['kind'] | string | undefined;
  action?: AuditAction | undefined;
  /** Inclusive. */
  from?: Instant | undefined;
  /** Exclusive. */
  to?: Instant | undefined;
}>;
