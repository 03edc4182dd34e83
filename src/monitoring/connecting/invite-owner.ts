import { DEFAULT_LOCALE } from '../../domain/model/language.ts';
import { UNKNOWN_TIMEZONE } from '../../domain/model/tenant.ts';
import { isSameAddress, newContact } from '../../domain/tenants/contact-list.ts';
import { decideInvitation } from '../../domain/tenants/invite.ts';
import { newTenant } from '../../domain/tenants/new-tenant.ts';
import type { InvitationRequest, InviteOutcome } from '../application.ts';
import { findApplication } from '../find-application.ts';
import type { Clock, Log, NewId, Stores, Upstreams } from '../ports.ts';
import type { SettlePorts } from './settle-permission.ts';

export type InviteOwnerPorts = Pick<Stores, 'tenants' | 'records'> &
  Pick<SettlePorts, 'intervalOf'> &
  Readonly<{ upstreams: Pick<Upstreams, 'applications'>; clock: Clock; newId: NewId; log: Log }>;

/**
 * Mails the owner of an account a link to connect it. 1. Find the tenant: the one that was named, or one that waits for
 * the same address, and for the same name where one is given: an owner may have several accounts. 2. Without one, make
 * a tenant that waits to be connected. 3. Write the mail, as a row like any other. Whoever asks again after a crash
 * between 2 and 3 invites to the tenant that 2 has made.
 */
export async function inviteOwner(request: InvitationRequest, ports: InviteOwnerPorts): Promise<InviteOutcome> {
  const { application } = request;
  const asked = await findApplication(application ?? null, ports);
  if (asked === undefined) return { outcome: 'unknown_application' };
  const waiting = request.tenantId ?? (await waitingTenant(request, ports));
  const tenantId = waiting ?? (await addTenant(request, asked.id, ports));
  const context = { now: ports.clock.now(), newId: ports.newId };
  const outcome = await ports.records.change<InviteOutcome>([tenantId], ([record]) => {
    if (record === undefined) return { updates: [], result: { outcome: 'gone' } };
    if (application !== undefined && asked.id !== record.tenant.applicationId) {
      return { updates: [], result: { outcome: 'of_another_application' } };
    }
    const { update, result } = decideInvitation(record, request.email, context);
    const { id, name } = record.tenant;
    return { updates: [update], result: { ...result, tenant: { id, name } } };
  });
  ports.log.info({ tenantId, outcome: outcome.outcome }, 'an owner is to be invited');
  return outcome;
}

async function waitingTenant(
  { email, name }: InvitationRequest,
  { tenants, records }: InviteOwnerPorts,
): Promise<string | null> {
  const { similar } = await tenants.ofAccount({ accountId: null, name: null, contactEmail: email });
  const waiting = (await records.read(similar)).find(
    ({ tenant, contacts }) =>
      tenant.state === 'unconnected' &&
      (name === undefined || name === tenant.name) &&
      contacts.some((contact) => isSameAddress(contact.email, email)),
  );
  return waiting?.tenant.id ?? null;
}

/** Until the account says its own name, the tenant goes by the address. */
async function addTenant(
  { email, name = email, locale = DEFAULT_LOCALE }: InvitationRequest,
  applicationId: string | null,
  { tenants, clock, newId, intervalOf }: InviteOwnerPorts,
): Promise<string> {
  const own = { name, timezone: UNKNOWN_TIMEZONE, locale, schedule: null, applicationId };
  const tenant = newTenant({ ...own, id: newId(), intervalMs: intervalOf(own) }, 'unconnected', clock.now());
  const contacts = [newContact({ email, role: 'owner' }, tenant.id, newId)];
  await tenants.add([{ tenant, contacts, grant: null }]);
  return tenant.id;
}
