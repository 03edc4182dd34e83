import type { AddedTenant, TenantStore } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import type { Encryption } from './encryption.ts';
import { eraseTenant } from './erase-tenant.ts';
import { findForIds } from './id-lists.ts';
import { insertEvents } from './insert-events.ts';
import { countTenants, listTenants } from './list-tenants.ts';
import { contactTable, contactToRow } from './rows/contact-row.ts';
import { credentialTable, grantToRow } from './rows/credential-row.ts';
import { tenantTable, tenantToRow } from './rows/tenant-row.ts';
import { tenantsOfAccount } from './tenants-of-account.ts';
import { tokenHolders } from './token-holders.ts';
import { inTransaction } from './transaction.ts';
import { insertRows } from './write-rows.ts';

export function createTenantStore(database: Database, encryption: Encryption): TenantStore {
  const { db } = database;
  return {
    add: (tenants) => inTransaction(database, (session) => addTenants(session, tenants, encryption)),

    list: (query) => listTenants(database, query),

    counts: (query) => countTenants(database, query),

    tokenHolders: (refreshTokens) => tokenHolders(database, refreshTokens, encryption),

    ofAccount: (account) => tenantsOfAccount(database, account),

    withoutAccount: async (limit) => {
      const rows = await db.tenant.findMany({
        where: { accountId: null, state: 'active', removedAt: null },
        orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
        take: limit,
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },

    names: async (ids) => {
      const rows = await findForIds(ids, (list) =>
        db.tenant.findMany({ where: { id: { in: list }, removedAt: null }, select: { id: true, name: true } }),
      );
      return new Map(rows.map(({ id, name }) => [id, name]));
    },

    externalIdHolders: async (externalIds) => {
      const rows = await findForIds(externalIds, (list) =>
        db.tenant.findMany({ where: { externalId: { in: list } }, select: { id: true, name: true, externalId: true } }),
      );
      return new Map(rows.map(({ externalId, ...tenant }) => [externalId ?? '', tenant]));
    },

    erase: (id, events = []) => eraseTenant(database, id, events),
  };
}

async function addTenants(session: Session, added: readonly AddedTenant[], encryption: Encryption): Promise<void> {
  const tenants = added.map(({ tenant }) => tenantToRow(tenant));
  const contacts = added.flatMap((one) => one.contacts.map(contactToRow));
  const grants = added.flatMap(({ tenant, grant }) =>
    grant === null ? [] : [grantToRow(tenant.id, grant, encryption)],
  );
  await insertRows(session, tenantTable, tenants);
  await insertRows(session, contactTable, contacts);
  await insertRows(session, credentialTable, grants);
  await insertEvents(
    session,
    added.flatMap(({ events = [] }) => events),
  );
}
