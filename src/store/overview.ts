import type { TenantOverview } from '../monitoring/ports.ts';
import type { Session } from './database.ts';
import { readRows } from './read-rows.ts';
import { connectionsFromRows, connectionTable } from './rows/connection-row.ts';
import { type ContactRow, contactsFromRows, contactTable } from './rows/contact-row.ts';
import { snapshotTable } from './rows/snapshot-row.ts';
import type { Plain } from './rows/table.ts';
import { tenantFromRow, tenantTable } from './rows/tenant-row.ts';

/** What belongs to a tenant wherever it is shown or decided about; also whoever was taken off its list. */
type RowsOfTenant = Readonly<{ overview: TenantOverview; contactRows: readonly Plain<ContactRow>[] }>;

/** By id; unknown and removed tenants are left out. */
export async function readOverviews(
  session: Session,
  tenantIds: readonly string[],
): Promise<ReadonlyMap<string, RowsOfTenant>> {
  const present = { column: 'id', among: tenantIds, where: 'r."removedAt" IS NULL' } as const;
  const tenants = await readRows(session, tenantTable, present);
  const ids = tenants.map(({ id }) => id);
  const contacts = await readRows(session, contactTable, { column: 'tenantId', among: ids });
  const connections = await readRows(session, connectionTable, { column: 'tenantId', among: ids });
  const periods = await readRows(session, snapshotTable, {
    column: 'periodOfId',
    among: connections.map(({ id }) => id),
  });

  const periodOf = new Map(periods.map((period) => [period.connectionId, period]));
  const contactsOf = Map.groupBy(contacts, ({ tenantId }) => tenantId);
  const withPeriods = connections.map((row) => ({ ...row, period: periodOf.get(row.id) ?? null }));
  const connectionsOf = Map.groupBy(withPeriods, ({ tenantId }) => tenantId);
  return new Map(
    tenants.map((row) => {
      const contactRows = contactsOf.get(row.id) ?? [];
      const overview = {
        tenant: tenantFromRow(row),
        contacts: contactsFromRows(contactRows),
        connections: connectionsFromRows(connectionsOf.get(row.id) ?? []),
      };
      return [row.id, { overview, contactRows }];
    }),
  );
}
