import { type ChangedField, changedFields, type EventContent, type TenantEventType } from '../model/event.ts';
import { type Contact, isAccessLost, type Tenant, type TenantState } from '../model/tenant.ts';
import { openIncidentOf, type TenantRecord, type TenantUpdate } from '../model/tenant-record.ts';
import type { Instant } from '../model/time.ts';
import { eventTenant } from './parts.ts';

/** What the update changes in the tenant itself: where it stands, then its settings. */
export function tenantEvents(
  before: TenantRecord,
  after: TenantRecord,
  { update, at }: Readonly<{ update: TenantUpdate; at: Instant }>,
): readonly EventContent[] {
  const types = stateEvents(before.tenant.state, after.tenant.state);
  const changed = fieldsChanged(before, after, update);
  return [
    ...types.map((type) => contentOf(type, after, { at, changed: [] })),
    ...(changed.length === 0 ? [] : [contentOf('tenant.updated', after, { at, changed })]),
  ];
}

export function tenantAddedContent(tenant: Tenant): EventContent {
  return bare('tenant.added', eventTenant(tenant), tenant.createdAt);
}

export function tenantRemovedContent(tenant: Tenant, at: Instant): EventContent {
  return bare('tenant.removed', { ...eventTenant(tenant), state: 'removed' }, at);
}

/** Nothing but the id may outlive a purge. */
export function tenantPurgedContent(id: string, at: Instant): EventContent {
  return bare('tenant.removed', { id, externalId: null, name: null, state: 'removed' }, at);
}

function bare(type: TenantEventType, tenant: EventContent['data']['tenant'], since: Instant): EventContent {
  const nothing = { connection: null, changed: [], reason: null, conditions: [], action: 'none' } as const;
  return { type, data: { tenant, ...nothing, since } };
}

function stateEvents(from: TenantState, to: TenantState): readonly TenantEventType[] {
  if (from === to) return [];
  switch (to) {
    case 'paused':
      return ['tenant.paused'];
    case 'reauthorize':
      return ['tenant.reauthorize'];
    case 'access_denied':
      return ['tenant.access_denied'];
    case 'active':
    case 'unconnected':
      if (from === 'paused') return ['tenant.resumed'];
      return isAccessLost({ state: from }) ? ['tenant.access_recovered'] : ['tenant.connected'];
  }
}

type Context = Readonly<{ at: Instant; changed: readonly ChangedField[] }>;

function contentOf(type: TenantEventType, after: TenantRecord, { at, changed }: Context): EventContent {
  const isLost = type === 'tenant.reauthorize' || type === 'tenant.access_denied';
  const { tenant } = after;
  const incident = isLost ? openIncidentOf(null, after) : null;
  return {
    type,
    data: {
      tenant: eventTenant(tenant),
      connection: null,
      changed,
      reason: isLost ? (tenant.failing?.kind ?? null) : null,
      conditions: [],
      action: incident?.action ?? 'none',
      since: incident?.openedAt ?? at,
    },
  };
}

function fieldsChanged(before: TenantRecord, after: TenantRecord, update: TenantUpdate): readonly ChangedField[] {
  return changedFields.filter((field) =>
    field === 'contacts' ? areContactsChanged(before, update) : before.tenant[field] !== after.tenant[field],
  );
}

/** Who gets mail, and in which language; how often an address was refused, and a person's snoozes, are no news. */
function areContactsChanged({ contacts }: TenantRecord, update: TenantUpdate): boolean {
  if (update.formerContacts.length > 0) return true;
  return update.contacts.some(
    (contact) =>
      !isSameContact(
        contacts.find(({ id }) => id === contact.id),
        contact,
      ),
  );
}

const contactFields = [
  'email',
  'role',
  'state',
  'locale',
  'wantsReminders',
] as const satisfies readonly (keyof Contact)[];

function isSameContact(before: Contact | undefined, after: Contact): boolean {
  return before !== undefined && contactFields.every((field) => before[field] === after[field]);
}
