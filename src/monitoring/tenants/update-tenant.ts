import type { Contact, ContactRole, Tenant } from '../../domain/model/tenant.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Clock, NewId, TenantStore } from '../ports.ts';
import { newContact } from './add-tenants.ts';
import type { TenantPatch } from './tenant-input.ts';

export type UpdateTenantPorts = Readonly<{ clock: Clock; newId: NewId; tenants: TenantStore }>;

/** Changes what is given. A new grant or schedule is tried at once. False when there is no such tenant. */
export async function updateTenant(id: string, patch: TenantPatch, ports: UpdateTenantPorts): Promise<boolean> {
  const found = await ports.tenants.find(id);
  if (found === null) return false;
  const { owner, cc, ...fields } = patch;
  const hasNewContacts = owner !== undefined || cc !== undefined;
  const contacts = hasNewContacts ? contactsAfter(found.contacts, { owner, cc }, id, ports.newId) : null;
  return await ports.tenants.update({
    id,
    ...fields,
    ...(contacts !== null && { contacts }),
    ...replanned(found.tenant, patch, ports.clock.now()),
  });
}

/** The slot planned by an old schedule may lie weeks ahead. */
function replanned({ state }: Tenant, { grant, schedule }: TenantPatch, now: Instant) {
  if (state === 'paused') return {};
  if (grant !== undefined) return activeFrom(now);
  return schedule !== undefined && state !== 'reauthorize' ? { nextPollAt: now } : {};
}

/** No poll and no mail until it is resumed. */
export async function pauseTenant(id: string, { tenants }: UpdateTenantPorts): Promise<boolean> {
  return await tenants.update({ id, state: 'paused', nextPollAt: null });
}

/** Whether our access still works shows at the first poll. */
export async function resumeTenant(id: string, { tenants, clock }: UpdateTenantPorts): Promise<boolean> {
  const found = await tenants.find(id);
  if (found === null) return false;
  if (found.tenant.state !== 'paused') return true;
  return await tenants.update({ id, ...activeFrom(clock.now()) });
}

function activeFrom(now: Instant) {
  return { state: 'active', nextPollAt: now } as const;
}

type Addresses = Readonly<{ owner: string | undefined; cc: readonly string[] | undefined }>;

/** The whole new list; a role that was not named stays as it is. Who stays keeps their contact in the directory. */
function contactsAfter(
  before: readonly Contact[],
  { owner, cc }: Addresses,
  tenantId: string,
  newId: NewId,
): readonly Contact[] {
  const emailsOf = (role: ContactRole) => before.filter((contact) => contact.role === role).map(({ email }) => email);
  const owners = owner === undefined ? emailsOf('owner') : [owner];
  const copies = (cc ?? emailsOf('cc')).filter((email) => !owners.some((other) => isSameAddress(other, email)));
  return [
    ...owners.map((email) => newContact({ email, role: 'owner' }, tenantId, newId)),
    ...copies.map((email) => newContact({ email, role: 'cc' }, tenantId, newId)),
  ];
}

function isSameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
