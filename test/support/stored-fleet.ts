import type { Tenant } from '../../src/domain/model/tenant.ts';
import { createApplication } from '../../src/monitoring/create-application.ts';
import type { Stores } from '../../src/monitoring/ports.ts';
import type { Database } from '../../src/store/database.ts';
import { anUpdate } from './builders.ts';
import type { MemoryState } from './memory-state.ts';
import type { World } from './use-case-world.ts';

/** The same world, its rows in a database from now on. Its leases, quota and keys are the database's as well. */
export async function inDatabase(world: World, stores: Stores): Promise<World> {
  const { state } = world.store.memory;
  for (const { tenant, removedAt } of state.tenants.values())
    if (removedAt === null) await copyTenant(state, tenant, stores);
  for (const hold of state.holds.values()) await stores.holds.begin(hold, []);
  for (const fault of state.faults.values()) await stores.faults.save(null, fault, []);
  for (const entry of state.audit.values()) await stores.audit.add(entry);
  for (const { endpoint, secret } of state.webhooks.values()) await stores.webhooks.add(endpoint, secret);
  const ports = { ...world.ports, ...stores };
  return { ...world, ports, app: createApplication(ports) };
}

async function copyTenant(state: MemoryState, tenant: Tenant, stores: Stores): Promise<void> {
  const { id } = tenant;
  const of = <Row extends Readonly<{ tenantId: string | null }>>(rows: Map<string, Row>) =>
    [...rows.values()].filter(({ tenantId }) => tenantId === id);
  const contacts = [...state.contacts.values()].flatMap(({ contact, removedAt }) =>
    contact.tenantId === id && removedAt === null ? [contact] : [],
  );
  await stores.tenants.add([{ tenant, contacts, grant: null }]);
  const connections = of(state.connections);
  const ids = new Set(connections.map((connection) => connection.id));
  const update = anUpdate({
    tenantId: id,
    tenant,
    connections,
    newSnapshots: [...state.snapshots.values()]
      .filter(({ connectionId }) => ids.has(connectionId))
      .toSorted((a, b) => a.from - b.from),
    changes: of(state.changes),
    incidents: of(state.incidents),
    notifications: of(state.notifications).flatMap((mail) => (mail.tenantId === null ? [] : [mail])),
  });
  await stores.records.change([id], () => ({ updates: [update], result: null }));
}

/** Columns that name a row, or must be no other row's: each copy has its number behind them. */
const numbered: Readonly<Record<string, readonly string[]>> = {
  Tenant: ['id', 'name', 'externalId', 'accountId'],
  Contact: ['id', 'tenantId'],
  Connection: ['id', 'tenantId'],
  Snapshot: ['id', 'connectionId', 'periodOfId'],
  Change: ['id', 'tenantId', 'connectionId'],
  Incident: ['id', 'tenantId', 'connectionId', 'openKey'],
  Notification: ['id', 'tenantId', 'contactId', 'conversationId', 'messageId'],
  NotificationTopic: ['notificationId', 'incidentId', 'liveKey'],
};

/** Copies every tenant with all that is its own, so many times, by one statement a table. */
export async function multiplyTenants({ db }: Pick<Database, 'db'>, copies: number): Promise<void> {
  for (const [table, ids] of Object.entries(numbered)) {
    const [row = {}] = await db.$queryRawUnsafe<readonly object[]>(`SELECT * FROM "${table}" LIMIT 1`);
    const names = Object.keys(row);
    const values = names.map((name) => copied(name, ids));
    const own = names.includes('tenantId') ? 'WHERE o."tenantId" IS NOT NULL' : '';
    await db.$executeRawUnsafe(
      `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')})
       SELECT ${values.join(', ')} FROM "${table}" o CROSS JOIN
         (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${copies}) SELECT n FROM c) copy ${own}`,
    );
  }
}

/** An address stays one. */
function copied(name: string, ids: readonly string[]): string {
  if (name === 'email' || name === 'to') return `replace(o."${name}", '@', '-' || copy.n || '@')`;
  return ids.includes(name) ? `o."${name}" || '-' || copy.n` : `o."${name}"`;
}
