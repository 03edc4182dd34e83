import type { Tenant } from '../domain/model/tenant.ts';
import type { Instant } from '../domain/model/time.ts';
import type { TenantChange, TenantStore } from '../monitoring/ports.ts';
import { replaceContacts } from './contact-list.ts';
import type { Database, Session } from './database.ts';
import type { Encryption } from './encryption.ts';
import { storeGrant } from './grant-store.ts';
import type { Prisma } from './model.ts';
import { overviewFromRow, overviewRelations } from './overview.ts';
import { contactsFromRows, contactTable, contactToRow } from './rows/contact-row.ts';
import { credentialTable, grantToRow } from './rows/credential-row.ts';
import { tenantFromRow, tenantTable, tenantToRow } from './rows/tenant-row.ts';
import { dateOf, dateOrNull } from './rows/values.ts';
import { inTransaction } from './transaction.ts';
import { insertRows } from './write-rows.ts';

type NewTenants = Parameters<TenantStore['add']>[0];

type Options = Readonly<{ database: Database; encryption: Encryption; now: () => Instant }>;

export function createTenantStore({ database, encryption, now }: Options): TenantStore {
  const { db } = database;
  return {
    add: (tenants) => inTransaction(database, (session) => addTenants(session, tenants, encryption)),

    find: async (id) => {
      const { contacts } = overviewRelations;
      const row = await db.tenant.findUnique({ where: { id, removedAt: null }, include: { contacts } });
      return row === null ? null : { tenant: tenantFromRow(row), contacts: contactsFromRows(row.contacts) };
    },

    list: async ({ after, limit }) => {
      const rows = await db.tenant.findMany({
        where: { removedAt: null, ...(after === null ? {} : { id: { gt: after } }) },
        include: overviewRelations,
        orderBy: { id: 'asc' },
        take: limit,
      });
      return rows.map(overviewFromRow);
    },

    update: (change) =>
      inTransaction(database, (session) => updateTenant(session, change, { encryption, at: dateOf(now()) })),

    remove: (id, purge) =>
      inTransaction(database, (session) => (purge ? purgeTenant(session, id) : hideTenant(session, id, dateOf(now())))),
  };
}

async function addTenants(session: Session, added: NewTenants, encryption: Encryption): Promise<void> {
  const tenants = added.map(({ tenant }) => tenantToRow(tenant));
  const contacts = added.flatMap((one) => one.contacts.map(contactToRow));
  const grants = added.flatMap(({ tenant, grant }) =>
    grant === null ? [] : [grantToRow({ ...grant, tenantId: tenant.id, revision: 1 }, encryption)],
  );
  await insertRows(session, tenantTable, tenants);
  await insertRows(session, contactTable, contacts);
  await insertRows(session, credentialTable, grants);
}

async function updateTenant(
  session: Session,
  change: TenantChange,
  { encryption, at }: Readonly<{ encryption: Encryption; at: Date }>,
): Promise<boolean> {
  const { id, contacts, grant } = change;
  const { count } = await session.db.tenant.updateMany({ where: { id, removedAt: null }, data: columnsOf(change) });
  if (count === 0) return false;
  if (contacts !== undefined) await replaceContacts(session, { tenantId: id, wanted: contacts, at });
  if (grant !== undefined) await storeGrant(session, { tenantId: id, grant, encryption });
  return true;
}

/** The id is among them so that the statement locks the tenant even when only its contacts or its grant change. */
function columnsOf({ id, nextPollAt, ...change }: TenantChange): Prisma.TenantUpdateManyMutationInput {
  const { name, timezone, locale, schedule, senderName, replyTo, reconnectUrl, state }: Partial<Tenant> = change;
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(locale === undefined ? {} : { locale }),
    ...(schedule === undefined ? {} : { schedule }),
    ...(senderName === undefined ? {} : { senderName }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(reconnectUrl === undefined ? {} : { reconnectUrl }),
    ...(state === undefined ? {} : { state }),
    ...(nextPollAt === undefined ? {} : { nextPollAt: dateOrNull(nextPollAt) }),
  };
}

async function purgeTenant({ db }: Session, id: string): Promise<boolean> {
  const { count } = await db.tenant.deleteMany({ where: { id } });
  return count === 1;
}

async function hideTenant({ db }: Session, id: string, removedAt: Date): Promise<boolean> {
  const { count } = await db.tenant.updateMany({
    where: { id, removedAt: null },
    data: { removedAt, nextPollAt: null },
  });
  if (count === 0) return false;
  await db.credential.deleteMany({ where: { tenantId: id } });
  await db.notification.updateMany({
    where: { tenantId: id, state: { in: ['pending', 'held'] } },
    data: { state: 'cancelled', reason: 'tenant_removed' },
  });
  await db.notificationTopic.updateMany({
    where: { notification: { tenantId: id, state: 'cancelled' } },
    data: { liveKey: null },
  });
  return true;
}
