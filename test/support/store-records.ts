import type { Connection, Snapshot } from '../../src/domain/model/connection.ts';
import type { OperatorNotification } from '../../src/domain/model/notification.ts';
import { failureOf } from '../../src/domain/model/poll.ts';
import type { Tenant } from '../../src/domain/model/tenant.ts';
import type { TenantRecord, TenantUpdate } from '../../src/domain/model/tenant-record.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/model/time.ts';
import { decideRemoval, type TenantPatch } from '../../src/domain/tenants/change-tenant.ts';
import type { Tenants } from '../../src/monitoring/application.ts';
import type { Clock, ConstantContact, NewId, Stores } from '../../src/monitoring/ports.ts';
import { createTenants } from '../../src/monitoring/tenants/create-tenants.ts';
import type { NewTenant } from '../../src/monitoring/tenants/tenant-input.ts';
import { operator } from '../../src/monitoring/viewer.ts';
import { aConnection, aContact, aGrant, anUpdate, aTenant, NOW } from './builders.ts';
import { countedIds } from './domain-settings.ts';
import type { FreshStore } from './store-fixtures.ts';
import { manualClock } from './use-case-clock.ts';
import { collectingLog } from './use-case-log.ts';
import { theConfigured, upstreamsOver } from './use-case-upstreams.ts';

/** The first page of a list, of everybody's. */
export const firstPage = { tenantId: null, cursor: null, limit: 100 } as const;
export const emptyPage = { items: [], nextCursor: null };

/** With an owner and a cc. */
export async function storeWithTenant(fresh: FreshStore): Promise<Stores> {
  const store = await fresh();
  const contacts = [aContact(), aContact({ id: 'contact-2', email: 'cc@bakery.example', role: 'cc' })];
  await store.tenants.add([{ tenant: aTenant(), contacts, grant: null }]);
  return store;
}

export async function storeWithConnection(fresh: FreshStore): Promise<Stores> {
  const store = await storeWithTenant(fresh);
  await save(store, anUpdate({ connections: [aConnection()], newSnapshots: periodsOf(aConnection()) }));
  return store;
}

export async function save(store: Stores, ...updates: readonly TenantUpdate[]): Promise<void> {
  const ids = updates.map(({ tenantId }) => tenantId);
  await store.records.change(ids, () => ({ updates, result: undefined }));
}

/** The tenant and its contacts; null when there is no such tenant. */
export async function findTenant({ records }: Pick<Stores, 'records'>, id: string) {
  const [record] = await records.read([id]);
  return record === undefined ? null : { tenant: record.tenant, contacts: record.contacts };
}

export async function recordOf(store: Stores): Promise<TenantRecord> {
  const [record] = await store.records.read(['tenant-1']);
  if (record === undefined) throw new Error('tenant-1 is unknown');
  return record;
}

type Records = Pick<Stores, 'records'>;

/** As the operator does it, at NOW. False: there is no such tenant. */
export async function removeTenant({ records }: Records, id: string): Promise<boolean> {
  return await records.change([id], (found) => ({
    updates: found.map((record) => decideRemoval(record, NOW)),
    result: found.length === 1,
  }));
}

/** As a report to the operator is written, beside whatever it reports. */
export async function storeOperatorMail({ records }: Records, mail: OperatorNotification): Promise<void> {
  const updates = [anUpdate({ tenantId: 'nobody', operatorMail: [mail] })];
  await records.change([], () => ({ updates, result: undefined }));
}

export function aNewTenant(given: Partial<NewTenant> = {}): NewTenant {
  return {
    name: "Jane's Bakery",
    timezone: 'America/New_York',
    locale: 'en',
    schedule: null,
    contacts: [{ email: 'jane@bakery.example', role: 'owner' }],
    grant: aGrant(),
    ...given,
  };
}

/** What the operator can ask of the tenants in a store, at NOW. */
export function tenantsOver(
  store: Stores,
  { newId = countedIds(), clock = manualClock(NOW), ...endpoint }: Partial<Asking> = {},
): Tenants {
  const intervalOf = ({ schedule }: Pick<Tenant, 'schedule'>) => (schedule === null ? HOUR_MS : DAY_MS);
  const configured = theConfigured({ clientId: endpoint.refresh === undefined ? '' : 'key' });
  const asked = { constantContact: { ...unreachable, ...endpoint } };
  const upstreams = upstreamsOver(asked, { applications: store.applications, configured });
  const surroundings = { clock, newId, log: collectingLog(), endIdleBrake: async () => undefined };
  return createTenants({ ...store, ...surroundings, intervalOf, upstreams });
}

type Asking = Readonly<{ newId: NewId; clock: Clock }> &
  Pick<ConstantContact, 'refresh' | 'fetchAccount' | 'fetchContactEmail'>;

const notThere = async () => ({ ok: false, failure: failureOf('connection', 'there is no server') }) as const;
const unreachable = { refresh: notThere, fetchAccount: notThere, fetchContactEmail: notThere };

/** As the operator does it, at NOW. */
export async function patchTenant(store: Stores, id: string, patch: TenantPatch): Promise<boolean> {
  return (await tenantsOver(store).update(operator, id, patch)).outcome === 'updated';
}

/** Whatever the rules say. */
export async function setTenant({ records }: Records, id: string, fields: Partial<Tenant>): Promise<void> {
  await records.change([id], (found) => ({
    updates: found.map(({ tenant }) => anUpdate({ tenantId: id, tenant: { ...tenant, ...fields } })),
    result: undefined,
  }));
}

export function periodsOf({ period }: Connection): readonly Snapshot[] {
  return period === null ? [] : [period];
}
