import { waitingStates } from '../domain/model/notification.ts';
import type { TenantRecord } from '../domain/model/tenant-record.ts';
import type { Session } from './database.ts';
import { idsToJson } from './id-lists.ts';
import { overviewsOf, overviewTables } from './overview.ts';
import { mailTables, notificationsOf, readNotifications } from './read-notifications.ts';
import { readTables, rowsBy, step } from './read-rows.ts';
import { formerContactsFromRows } from './rows/contact-row.ts';
import { incidentFromRow, incidentTable } from './rows/incident-row.ts';
import { ofTenants, topicTable } from './rows/notification-row.ts';
import { ascending, sqlList } from './rows/values.ts';

const waitingMail = mailTables({ column: 'tenantId', where: `r."state" IN (${sqlList(waitingStates)})` });

const ofTenantIds = {
  ...overviewTables,
  waiting: waitingMail.mail,
  waitingTopics: waitingMail.topics,
  open: rowsBy(incidentTable, 'tenantId', { where: 'r."openKey" IS NOT NULL' }),
};

/** Looks by the topics first: otherwise SQLite would look through all mail there is. */
const mailAbout = mailTables({
  column: 'id',
  through: [step(topicTable, 'incidentId', { gives: 'notificationId' })],
});

const ofIncidentIds = {
  ...mailAbout,
  closed: rowsBy(incidentTable, 'id', { where: 'r."openKey" IS NULL' }),
};

/**
 * The tenants' records by id, with the incidents and the mail that `recordMembers` names. Unknown and removed tenants
 * are left out.
 */
export async function loadRecords(
  session: Session,
  tenantIds: readonly string[],
  alsoMail?: string,
): Promise<readonly TenantRecord[]> {
  const { waiting, waitingTopics, open, ...overviewRows } = await readTables(session, tenantIds, ofTenantIds);
  const incidentIds = [...open.map(({ id }) => id), ...waitingTopics.map(({ incidentId }) => incidentId)];
  const { closed, mail, topics } = await readTables(session, incidentIds, ofIncidentIds);
  const asked = alsoMail === undefined ? [] : await readNotifications(session, [alsoMail], { column: 'id' });

  const incidents = [...open, ...closed].map(incidentFromRow);
  const notifications = [...notificationsOf(waiting, waitingTopics), ...notificationsOf(mail, topics), ...asked];
  const incidentsOf = Map.groupBy(incidents, ({ tenantId }) => tenantId);
  const mailOf = Map.groupBy(uniqueById(ofTenants(notifications)), ({ tenantId }) => tenantId);
  return [...overviewsOf(overviewRows)]
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

function uniqueById<Item extends Readonly<{ id: string }>>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function byTime<Field extends string>(field: Field) {
  type Item = Readonly<{ id: string } & Record<Field, number>>;
  return (a: Item, b: Item) => ascending(a[field], b[field]) || ascending(a.id, b.id);
}
