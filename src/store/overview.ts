import type { TenantOverview } from '../monitoring/ports.ts';
import type { Session } from './database.ts';
import { readTables, rowsBy, step } from './read-rows.ts';
import { connectionsFromRows, connectionTable } from './rows/connection-row.ts';
import { type ContactRow, contactsFromRows, contactTable } from './rows/contact-row.ts';
import { snapshotTable } from './rows/snapshot-row.ts';
import type { Plain } from './rows/table.ts';
import { tenantFromRow, tenantTable } from './rows/tenant-row.ts';

/** What belongs to a tenant wherever it is shown or decided about; also whoever was taken off its list. */
type RowsOfTenant = Readonly<{ overview: TenantOverview; contactRows: readonly Plain<ContactRow>[] }>;

/** What `overviewsOf` needs of the tenants. */
export const overviewTables = {
  tenants: rowsBy(tenantTable, 'id', { where: 'r."removedAt" IS NULL' }),
  contacts: rowsBy(contactTable, 'tenantId'),
  connections: rowsBy(connectionTable, 'tenantId'),
  periods: rowsBy(snapshotTable, 'periodOfId', { through: [step(connectionTable, 'tenantId', { gives: 'id' })] }),
};

type OverviewRows = Awaited<ReturnType<typeof readOverviewRows>>;

/** By id; unknown and removed tenants are left out. */
export async function readOverviews(
  session: Session,
  tenantIds: readonly string[],
): Promise<ReadonlyMap<string, RowsOfTenant>> {
  return overviewsOf(await readOverviewRows(session, tenantIds));
}

const readOverviewRows = (session: Session, tenantIds: readonly string[]) =>
  readTables(session, tenantIds, overviewTables);

/** By tenant. */
export function overviewsOf({
  tenants,
  contacts,
  connections,
  periods,
}: OverviewRows): ReadonlyMap<string, RowsOfTenant> {
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
