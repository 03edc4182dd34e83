import { type Tenant, UNKNOWN_TIMEZONE } from '../../domain/model/tenant.ts';
import { newContact } from '../../domain/tenants/contact-list.ts';
import { newTenant } from '../../domain/tenants/new-tenant.ts';
import { takenValues } from '../../domain/tenants/taken-values.ts';
import type { AddedTenants } from '../application.ts';
import type { Clock, NewId, Stores, Upstreams } from '../ports.ts';
import { type AssignedApplication, assignedApplication } from './application-problem.ts';
import type { NewTenant } from './tenant-input.ts';

export type AddTenantsPorts = Pick<Stores, 'tenants'> &
  Readonly<{
    upstreams: Pick<Upstreams, 'applications'>;
    clock: Clock;
    newId: NewId;
    /** How far apart a tenant's polls are planned before its first. */
    intervalOf: (tenant: Pick<Tenant, 'schedule' | 'timezone'>) => number;
  }>;

/** A new tenant whose application is known by its id. */
export type AssignedTenant = Omit<NewTenant, 'application'> & AssignedApplication;

type Refused = Extract<AddedTenants, { ok: false }>;

/** Stores new tenants, all of them or none; those with a grant are due for their first poll at once. */
export async function addTenants(newTenants: readonly NewTenant[], ports: AddTenantsPorts): Promise<AddedTenants> {
  const assigned: AssignedTenant[] = [];
  const unknown: Refused['unknownApplications'][number][] = [];
  for (const [index, { application, ...tenant }] of newTenants.entries()) {
    const found = await assignedApplication({ application }, null, ports);
    assigned.push({ ...tenant, ...('outcome' in found ? {} : found) });
    if ('outcome' in found) unknown.push({ index, application: application ?? '' });
  }
  return await storeTenants(assigned, ports, { unknownApplications: unknown });
}

export type StoreTenantsOptions = Readonly<{
  unknownApplications?: Refused['unknownApplications'];
  /** For whoever may have to ask again. */
  ids?: readonly string[];
}>;

/** Nothing is stored when some of them name an application that is not there. */
export async function storeTenants(
  newTenants: readonly AssignedTenant[],
  { clock, newId, tenants, intervalOf }: AddTenantsPorts,
  { unknownApplications = [], ids = newTenants.map(() => newId()) }: StoreTenantsOptions = {},
): Promise<AddedTenants> {
  const refreshTokens = newTenants.map(({ grant }) => grant?.refreshToken ?? null);
  const tokenHolders = await tenants.tokenHolders(refreshTokens.filter((token) => token !== null));
  const taken = takenValues(refreshTokens, tokenHolders).map(({ index, holder }) => ({ index, holder }));
  const externalIds = newTenants.map(({ externalId = null }) => externalId);
  const holders = await tenants.externalIdHolders(externalIds.filter((externalId) => externalId !== null));
  const takenExternalIds = takenValues(externalIds, holders).map(({ value, ...taken }) => ({
    ...taken,
    externalId: value,
  }));
  if (taken.length + takenExternalIds.length + unknownApplications.length > 0) {
    return { ok: false, taken, takenExternalIds, unknownApplications };
  }
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
