import type { NewGrant, Permission } from '../../domain/model/grant.ts';
import { DEFAULT_LOCALE } from '../../domain/model/language.ts';
import { isLinkGood, type Tenant, UNKNOWN_TIMEZONE } from '../../domain/model/tenant.ts';
import { givenNameOf } from '../../domain/model/tenant-record.ts';
import { type ConnectDecision, decideConnected } from '../../domain/tenants/connect-account.ts';
import { newContact } from '../../domain/tenants/contact-list.ts';
import { newTenant } from '../../domain/tenants/new-tenant.ts';
import type { ConnectOutcome } from '../application.ts';
import type { Clock, NewId, Stores } from '../ports.ts';
import type { Agreed } from './open-questions.ts';

export type StorePermissionPorts = Pick<Stores, 'tenants' | 'records'> &
  Readonly<{
    clock: Clock;
    newId: NewId;
    /** How far apart a tenant's polls are planned before its first. */
    intervalOf: (tenant: Pick<Tenant, 'schedule' | 'timezone'>) => number;
  }>;

export type Stored = Readonly<{ id: string; name: string; givenName: string | null }>;

export function storedAs(record: Parameters<typeof givenNameOf>[0]): Stored {
  const { id, name } = record.tenant;
  return { id, name, givenName: givenNameOf(record) };
}

type AddedTenant = Parameters<Stores['tenants']['add']>[0][number];

/** The tenant to be added when none has the account; null when nobody knows a name and an address for it. */
export function newTenantFor(
  { account, permission, applicationId, wish }: Agreed,
  { clock, newId, intervalOf }: Pick<StorePermissionPorts, 'clock' | 'newId' | 'intervalOf'>,
): AddedTenant | null {
  const [name, owner] = [wish.name ?? account.name, wish.owner ?? account.contactEmail];
  if (name === null || owner === null) return null;
  const own = {
    name,
    timezone: account.timezone ?? UNKNOWN_TIMEZONE,
    locale: wish.locale ?? DEFAULT_LOCALE,
    schedule: null,
  };
  const { accountId } = account;
  const given = { ...own, id: newId(), accountId, applicationId, intervalMs: intervalOf(own) };
  const tenant = newTenant(given, 'active', clock.now());
  return {
    tenant,
    contacts: [newContact({ email: owner, role: 'owner' }, tenant.id, newId)],
    grant: grantOf(permission),
  };
}

export async function addAccount(
  added: AddedTenant | null,
  { tenants }: Pick<StorePermissionPorts, 'tenants'>,
): Promise<Stored | ConnectOutcome> {
  if (added === null) return { outcome: 'unnamed' };
  await tenants.add([added]);
  return storedAs({ ...added, formerContacts: [] });
}

/** `changed`: while the tenant's lock was waited for, it was removed, or became another account's. */
export async function updateAccount(
  { tenantId, accountId }: Exclude<ConnectDecision, { kind: 'add' }>,
  { account, permission, applicationId, viewer }: Agreed,
  { records, clock }: Pick<StorePermissionPorts, 'records' | 'clock'>,
): Promise<Stored | ConnectOutcome | 'changed'> {
  const linkSignedAt = viewer.kind === 'invited' && viewer.tenantId === tenantId ? viewer.signedAt : null;
  const now = clock.now();
  return await records.change<Stored | ConnectOutcome | 'changed'>([tenantId], ([record]) => {
    if (record === undefined) return { updates: [], result: 'changed' };
    // Two browsers may have followed the same link: the first one to come here has used it up.
    if (linkSignedAt !== null && !isLinkGood(record.tenant, linkSignedAt)) {
      return { updates: [], result: { outcome: 'link_used' } };
    }
    if (record.tenant.accountId !== accountId) return { updates: [], result: 'changed' };
    const connected = { account, grant: grantOf(permission), applicationId, linkSignedAt, now };
    const change = decideConnected(record, connected);
    return { updates: [change], result: storedAs({ ...record, tenant: change.tenant ?? record.tenant }) };
  });
}

/** Asked only of a permission that will do. */
function grantOf({ accessToken, refreshToken, expiresAt, lifetimeMs, scopes }: Permission): NewGrant {
  if (refreshToken === null) throw new Error('a permission without a refresh token is no grant');
  return { accessToken, refreshToken, expiresAt, lifetimeMs, scopes };
}
