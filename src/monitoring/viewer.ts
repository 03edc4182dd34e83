import { type KeyRole, roleIncludes } from '../domain/model/api-key.ts';
import type { LinkHolder } from '../domain/model/link.ts';
import type { TenantRecord } from '../domain/model/tenant-record.ts';
import type { Instant } from '../domain/model/time.ts';
import type { Page, RecordStore } from './ports.ts';

/** The party that asks. Every call of the application takes a viewer first, and shows or changes its tenants alone. */
export type Viewer = Party &
  Readonly<{
    /** The address that a request came from, for the audit. */
    from?: string;
  }>;

type Party =
  /** Whoever works on the machine itself, at the command line. */
  | Readonly<{ kind: 'operator' }>
  /** A program with an API key, of all tenants or of one alone. */
  | Readonly<{ kind: 'key'; keyId: string; role: KeyRole; tenantId: string | null }>
  /** The holder of a link to connect one tenant's account, which may do that and nothing else. */
  | Readonly<{ kind: 'invited'; tenantId: string; contactId: string; signedAt: Instant }>
  /** A contact on its own page: `owner` answers a contact, and the other groups show it nothing. */
  | Readonly<{ kind: 'contact'; tenantId: string; contactId: string }>
  /** Somebody to whom a contact passed its page on: may look at the page and have the account checked, nothing else. */
  | Readonly<{ kind: 'guest'; tenantId: string; contactId: string }>
  /** Whoever has the signed address of a tenant's badge: is shown that tenant's banner, and nothing else. */
  | Readonly<{ kind: 'badge'; tenantId: string }>;

export const operator = { kind: 'operator' } as const satisfies Viewer;

/** The viewer may make this call for no tenant at all. The error depends on no id, so that it betrays none. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
}

export type Scope = Readonly<{ tenantId: string | null }>;

/**
 * Narrows a query to the tenants that the viewer sees; a null id stands for all tenants. Null when the viewer sees
 * none of them: the answer is then the same as for an id that does not exist.
 */
export function scopeOf(viewer: Viewer, tenantId: string | null): Scope | null {
  switch (viewer.kind) {
    case 'operator':
      return { tenantId };
    case 'key': {
      const own = viewer.tenantId;
      if (own === null) return { tenantId };
      return tenantId === null || tenantId === own ? { tenantId: own } : null;
    }
    case 'contact':
    case 'guest':
    case 'invited':
    case 'badge':
      return null;
  }
}

/** What is counted for a viewer who sees no tenant. */
export const NO_TENANTS = { broken: 0, waiting: 0, unobserved: 0, healthy: 0, none: 0 } as const;

/** A page of what the viewer sees. */
export async function pageSeen<Item>(
  viewer: Viewer,
  tenantId: string | null,
  readPage: (scope: Scope) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  const scope = scopeOf(viewer, tenantId);
  return scope === null ? { items: [], nextCursor: null } : await readPage(scope);
}

/** The tenant as the viewer sees it; null when the viewer sees no such tenant. */
export async function tenantSeen(
  viewer: Viewer,
  id: string,
  { records }: Readonly<{ records: Pick<RecordStore, 'read'> }>,
): Promise<TenantRecord | null> {
  const [record] = sees(viewer, id) ? await records.read([id]) : [];
  return record ?? null;
}

/** Whether the viewer is shown what belongs to this tenant. A null id: it belongs to the operator. */
export function sees(viewer: Viewer, tenantId: string | null): boolean {
  return seesAllTenants(viewer) || (tenantId !== null && scopeOf(viewer, tenantId) !== null);
}

export function seesAllTenants(viewer: Viewer): boolean {
  return viewer.kind === 'operator' || (viewer.kind === 'key' && viewer.tenantId === null);
}

/** The asked tenants that the viewer sees; null stands for all tenants. */
export function tenantsSeen(viewer: Viewer, ids: readonly string[] | null): readonly string[] | null {
  if (ids !== null) return ids.filter((id) => sees(viewer, id));
  const scope = scopeOf(viewer, null);
  if (scope === null) return [];
  return scope.tenantId === null ? null : [scope.tenantId];
}

/** Asked before anything is looked up. */
export function assertMayChange(viewer: Viewer): void {
  assertMay(viewer, 'operate');
}

/** What only the operator and an `admin` key may do, such as to erase a tenant. */
export function assertMayAdminister(viewer: Viewer): void {
  assertMay(viewer, 'admin');
}

function assertMay(viewer: Viewer, role: Exclude<KeyRole, 'read'>): void {
  if (viewer.kind === 'operator' || (viewer.kind === 'key' && roleIncludes(viewer.role, role))) return;
  throw new NotAllowed(
    role === 'admin' ? 'This needs a key with the role "admin".' : 'This viewer may look, and change nothing.',
  );
}

/** A call that concerns all tenants, or Linkwatch itself: other viewers may not make it. */
export function forOperator<Args extends readonly unknown[], Answer>(call: (...args: Args) => Promise<Answer>) {
  return async (viewer: Viewer, ...args: Args): Promise<Answer> => {
    if (viewer.kind !== 'operator') throw new NotAllowed('Only the operator may do this.');
    return await call(...args);
  };
}

/** The same for a call that programs may make as well, with a key of all tenants and of this role. */
export function forFleet<Args extends readonly unknown[], Answer>(
  role: KeyRole,
  call: (...args: Args) => Promise<Answer>,
) {
  return async (viewer: Viewer, ...args: Args): Promise<Answer> => {
    assertOfFleet(viewer, role);
    return await call(...args);
  };
}

/** The operator, or a key of all tenants and of this role. */
export function assertOfFleet(viewer: Viewer, role: KeyRole): void {
  if (!seesAllTenants(viewer)) throw new NotAllowed('This needs a key of all tenants.');
  if (role !== 'read') assertMay(viewer, role);
}

/** A call that serves to connect an account. */
export function forConnecting<Args extends readonly unknown[], Answer>(
  call: (viewer: Connector, ...args: Args) => Promise<Answer>,
) {
  return async (viewer: Viewer, ...args: Args): Promise<Answer> => {
    if (viewer.kind === 'operator' || viewer.kind === 'invited') return await call(viewer, ...args);
    throw new NotAllowed('Only the operator, and whoever was invited to it, may connect an account.');
  };
}

export type Connector = Extract<Viewer, { kind: 'operator' | 'invited' }>;

/** A call that a contact makes on its own page; any other viewer gets null. */
export function forContact<Args extends readonly unknown[], Answer>(
  call: (contact: LinkHolder, ...args: Args) => Promise<Answer | null>,
) {
  return async (viewer: Viewer, ...args: Args): Promise<Answer | null> =>
    viewer.kind === 'contact' ? await call(viewer, ...args) : null;
}

/** The same for what the contact's guests may do as well. */
export function forReader<Args extends readonly unknown[], Answer>(
  call: (contact: LinkHolder, ...args: Args) => Promise<Answer | null>,
) {
  return async (viewer: Viewer, ...args: Args): Promise<Answer | null> =>
    viewer.kind === 'contact' || viewer.kind === 'guest' ? await call(viewer, ...args) : null;
}
