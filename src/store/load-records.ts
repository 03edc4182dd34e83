import type { Incident } from '../domain/model/incident.ts';
import { type TenantNotification, waitingStates } from '../domain/model/notification.ts';
import type { TenantRecord } from '../domain/model/tenant-record.ts';
import type { Session } from './database.ts';
import { idsToJson } from './id-lists.ts';
import { readOverviews } from './overview.ts';
import { readNotifications } from './read-notifications.ts';
import { readRows } from './read-rows.ts';
import { formerContactsFromRows } from './rows/contact-row.ts';
import { incidentFromRow, incidentTable } from './rows/incident-row.ts';
import { ofTenants, topicTable } from './rows/notification-row.ts';
import { ascending, sqlList } from './rows/values.ts';

/** The tenants' records by id. Unknown and removed tenants are left out. */
export async function loadRecords(
  session: Session,
  tenantIds: readonly string[],
  alsoMail?: string,
): Promise<readonly TenantRecord[]> {
  const ids = [...new Set(tenantIds)];
  const tenants = await readOverviews(session, ids);
  const waiting = await waitingMail(session, ids);
  const incidents = await incidentsToDecide(session, ids, waiting);
  const asked = alsoMail === undefined ? [] : await oneMail(session, alsoMail);
  const mail = uniqueById([...waiting, ...(await mailAbout(session, incidents)), ...asked]);

  const incidentsOf = Map.groupBy(incidents, ({ tenantId }) => tenantId);
  const mailOf = Map.groupBy(mail, ({ tenantId }) => tenantId);
  return [...tenants]
    .toSorted(([a], [b]) => ascending(a, b))
    .map(([id, { overview, contactRows }]) => ({
      ...overview,
      // Those that were taken off the list are put back with their address.
      formerContacts: formerContactsFromRows(contactRows),
      incidents: (incidentsOf.get(id) ?? []).toSorted(byTime('openedAt')),
      notifications: (mailOf.get(id) ?? []).toSorted(byTime('createdAt')),
    }));
}

/** In the order of the ids: two batches that share tenants wait for each other, but never in a circle. */
export async function lockTenants({ db, dialect }: Session, ids: readonly string[]): Promise<void> {
  if (dialect.forUpdate === '') return;
  const given = dialect.rowsFromJson({ id: 'text' });
  await db.$queryRawUnsafe(
    `SELECT "id" FROM "Tenant" WHERE "id" IN (SELECT "id" FROM ${given} AS given) ORDER BY "id" ${dialect.forUpdate}`,
    idsToJson(ids),
  );
}

async function waitingMail(session: Session, tenantIds: readonly string[]): Promise<readonly TenantNotification[]> {
  const where = `r."state" IN (${sqlList(waitingStates)})`;
  return ofTenants(await readNotifications(session, { column: 'tenantId', among: tenantIds, where }));
}

/** The incidents that `recordMembers` names, by index. */
async function incidentsToDecide(
  session: Session,
  tenantIds: readonly string[],
  waiting: readonly TenantNotification[],
): Promise<readonly Incident[]> {
  const open = await readRows(session, incidentTable, {
    column: 'tenantId',
    among: tenantIds,
    where: 'r."openKey" IS NOT NULL',
  });
  const topics = waiting.flatMap((mail) => mail.topics);
  const known = new Set(open.map(({ id }) => id));
  const missing = topics.map(({ incidentId }) => incidentId).filter((id) => !known.has(id));
  const closed = await readRows(session, incidentTable, { column: 'id', among: missing });
  return [...open, ...closed].map(incidentFromRow);
}

/** By the topics first: asked at once, SQLite would look through all mail there is. */
async function mailAbout(session: Session, incidents: readonly Incident[]): Promise<readonly TenantNotification[]> {
  const topics = await readRows(session, topicTable, { column: 'incidentId', among: incidents.map(({ id }) => id) });
  const among = topics.map(({ notificationId }) => notificationId);
  return ofTenants(await readNotifications(session, { column: 'id', among }));
}

async function oneMail(session: Session, id: string): Promise<readonly TenantNotification[]> {
  return ofTenants(await readNotifications(session, { column: 'id', among: [id] }));
}

function uniqueById<Item extends Readonly<{ id: string }>>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function byTime<Field extends string>(field: Field) {
  type Item = Readonly<{ id: string } & Record<Field, number>>;
  return (a: Item, b: Item) => ascending(a[field], b[field]) || ascending(a.id, b.id);
}
