import type { GivenGrant } from '../model/grant.ts';
import { isUnseen, isWaiting, type TenantNotification } from '../model/notification.ts';
import { activeFrom, type Contact, dueBy, isPolled, type Tenant } from '../model/tenant.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { type ContactListContext, changeContacts, type NamedContacts } from './contact-list.ts';

type EditableFields =
  | 'externalId'
  | 'name'
  | 'timezone'
  | 'locale'
  | 'schedule'
  | 'applicationId'
  | 'accountId'
  | 'senderName'
  | 'replyTo'
  | 'reconnectUrl';

/** What the operator wants to be changed; a missing field stays. `cc` is the whole new list. */
export type TenantPatch = Partial<Pick<Tenant, EditableFields>> & NamedContacts & Readonly<{ grant?: GivenGrant }>;

/** A new grant, or a new schedule, is tried at once. */
export function decideUpdate(record: TenantRecord, patch: TenantPatch, context: ContactListContext): TenantUpdate {
  const { owner, cc, grant = null, ...fields } = patch;
  const nothing = noUpdate(record.tenant.id);
  const { contacts, formerContacts } =
    owner === undefined && cc === undefined ? nothing : changeContacts(record, patch, context);
  const tenant = { ...record.tenant, ...fields, ...replanned(record.tenant, patch, context.now) };
  const isReachable = contacts.some(({ state }) => state === 'active');
  return {
    ...nothing,
    contacts,
    formerContacts,
    grant,
    notifications: forNewOwner(record, contacts),
    tenant: isReachable ? { ...tenant, unreachableSince: null } : tenant,
  };
}

/**
 * That an account is gone is told once, and no poll writes it anew: while it waits, it becomes the new owner's, unless
 * somebody may be reading it already.
 */
function forNewOwner({ notifications }: TenantRecord, contacts: readonly Contact[]): readonly TenantNotification[] {
  const owner = contacts.find(({ role, state }) => role === 'owner' && state === 'active');
  if (owner === undefined) return [];
  return notifications
    .filter((mail) => mail.kind === 'removed' && isWaiting(mail) && isUnseen(mail))
    .filter(({ contactId }) => !contacts.some(({ id }) => id === contactId))
    .map((mail) => ({ ...mail, contactId: owner.id, to: owner.email }));
}

/** The next slot of the old schedule may lie weeks ahead. */
function replanned({ state }: Tenant, { grant, schedule }: TenantPatch, now: Instant): Partial<Tenant> {
  if (state === 'paused') return {};
  if (grant !== undefined) return activeFrom(now);
  return schedule !== undefined && isPolled(state) ? { nextPollAt: now } : {};
}

/**
 * A paused tenant is not polled, and its contacts get no mail, until it is resumed. One that nobody has connected is
 * not polled anyway, and is not to be taken for connected when it is resumed.
 */
export function decidePause({ tenant }: TenantRecord): TenantUpdate {
  if (tenant.state === 'unconnected' || tenant.state === 'paused') return noUpdate(tenant.id);
  return { ...noUpdate(tenant.id), tenant: { ...tenant, state: 'paused', nextPollAt: null } };
}

/** The first poll shows whether our access still works. A tenant that is not paused stays as it is. */
export function decideResume({ tenant }: TenantRecord, now: Instant): TenantUpdate {
  const nothing = noUpdate(tenant.id);
  return tenant.state === 'paused' ? { ...nothing, tenant: { ...tenant, ...activeFrom(now) } } : nothing;
}

/** Due at once, unless it is not polled at all. */
export function decidePollSoon({ tenant }: TenantRecord, now: Instant): TenantUpdate {
  if (!isPolled(tenant.state)) return noUpdate(tenant.id);
  const due = tenant.nextPollAt === null ? { ...tenant, nextPollAt: now } : dueBy(tenant, now);
  return { ...noUpdate(tenant.id), tenant: due };
}

/** A refresh succeeded after another process saw the old grant refused: no person needs to authorise again. */
export function decideGrantFound({ tenant }: TenantRecord, now: Instant): TenantUpdate {
  const nothing = noUpdate(tenant.id);
  return tenant.state === 'reauthorize' ? { ...nothing, tenant: { ...tenant, ...activeFrom(now) } } : nothing;
}

/**
 * A removed tenant is hidden and polled no more, its tokens are erased, and mail that waits is not sent. Another tenant
 * may take its external id.
 */
export function decideRemoval({ tenant, notifications }: TenantRecord, now: Instant): TenantUpdate {
  return {
    ...noUpdate(tenant.id),
    tenant: { ...tenant, externalId: null, nextPollAt: null },
    notifications: notifications
      .filter(isWaiting)
      .map((mail) => ({ ...mail, state: 'cancelled', reason: 'tenant_removed' })),
    removedAt: now,
  };
}
