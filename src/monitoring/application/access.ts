import type { KeyRole } from '../../domain/model/api-key.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { AuditFilter, Page, PageRequest } from '../ports.ts';
import type { Viewer } from '../viewer.ts';
import type { ApiKeyView, AuditView, NewApiKeyView } from '../views.ts';

/** For the operator, and for an `admin` key of all tenants. */
export type ApiKeys = Readonly<{
  create(viewer: Viewer, key: NewApiKey): Promise<CreatedApiKey>;
  /** Newest first. */
  list(viewer: Viewer, page: PageRequest): Promise<Page<ApiKeyView>>;
  /** The code for a link that signs in to the dashboard, once, within a minute unless given. For the operator alone. */
  signInLink(viewer: Viewer, lifetimeMs?: number): Promise<string>;
  /** In force at once, everywhere. False: there is no such key. */
  revoke(viewer: Viewer, id: string): Promise<boolean>;
}>;

export type NewApiKey = Readonly<{
  name?: string | undefined;
  /** `read` unless it is given. */
  role?: KeyRole | undefined;
  /** The one tenant that it is to see; all unless it is given. */
  tenantId?: string | undefined;
  /** Never, unless it is given. */
  expiresAt?: Instant | undefined;
}>;

export type CreatedApiKey =
  | Readonly<{ outcome: 'created'; key: NewApiKeyView }>
  | Readonly<{ outcome: 'unknown_tenant' | 'expires_in_the_past' }>;

/** Who did what to whom. For the operator, and for an `admin` key of all tenants. */
export type Audit = Readonly<{
  /** Newest first. */
  list(viewer: Viewer, query: AuditQuery): Promise<Page<AuditView>>;
}>;

export type AuditQuery = AuditFilter & PageRequest;
