import type { TenantOverview } from '../monitoring/ports.ts';
import type { Prisma } from './model.ts';
import { connectionsFromRows } from './rows/connection-row.ts';
import { contactsFromRows } from './rows/contact-row.ts';
import { tenantFromRow } from './rows/tenant-row.ts';

/** What belongs to a tenant wherever it is shown or decided about. */
export const overviewRelations = {
  contacts: { where: { removedAt: null } },
  connections: { include: { period: true } },
} satisfies Prisma.TenantInclude;

type OverviewRow = Prisma.TenantGetPayload<{ include: typeof overviewRelations }>;

export function overviewFromRow(row: OverviewRow): TenantOverview {
  return {
    tenant: tenantFromRow(row),
    contacts: contactsFromRows(row.contacts),
    connections: connectionsFromRows(row.connections),
  };
}
