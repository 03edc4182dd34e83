import { type Tenant, UNKNOWN_TIMEZONE } from '../../domain/model/tenant.ts';
import { newContact } from '../../domain/tenants/contact-list.ts';
import { newTenant } from '../../domain/tenants/new-tenant.ts';
import { takenExternalIds } from '../../domain/tenants/taken-external-ids.ts';
import { takenTokens } from '../../domain/tenants/taken-tokens.ts';
import type { AddedTenants } from '../application.ts';
import type { Clock, NewId, Stores } from '../ports.ts';
import type { NewTenant } from './tenant-input.ts';

export type AddTenantsPorts = Pick<Stores, 'tenants'> &
  Readonly<{
    clock: Clock;
    newId: NewId;
    /** How far apart a tenant's polls are planned before its first. */
    intervalOf: (tenant: Pick<Tenant, 'schedule' | 'timezone'>) => number;
  }>;

/**
 * Stores new tenants, all of them or none; those with a grant are due for their first poll at once. Whoever may have to
 * ask again names their ids.
 */
export async function addTenants(
  newTenants: readonly NewTenant[],
  { clock, newId, tenants, intervalOf }: AddTenantsPorts,
  ids = newTenants.map(() => newId()),
): Promise<AddedTenants> {
  const refreshTokens = newTenants.map(({ grant }) => grant?.refreshToken ?? null);
  const tokenHolders = await tenants.tokenHolders(refreshTokens.filter((token) => token !== null));
  const taken = takenTokens(refreshTokens, tokenHolders);
  const externalIds = newTenants.map(({ externalId = null }) => externalId);
  const holders = await tenants.externalIdHolders(externalIds.filter((externalId) => externalId !== null));
  const takenIds = takenExternalIds(externalIds, holders);
  if (taken.length + takenIds.length > 0) return { ok: false, taken, takenExternalIds: takenIds };
  const now = clock.now();
  const stored = newTenants.map(({ contacts, grant, ...given }, index) => {
    const fields = { ...given, timezone: given.timezone ?? UNKNOWN_TIMEZONE };
    const state = grant === null ? 'unconnected' : 'active';
    const tenant = newTenant({ ...fields, id: ids[index] ?? newId(), intervalMs: intervalOf(fields) }, state, now);
    return { tenant, contacts: contacts.map((contact) => newContact(contact, tenant.id, newId)), grant };
  });
  await tenants.add(stored);
  return { ok: true, ids: stored.map(({ tenant }) => tenant.id) };
}
