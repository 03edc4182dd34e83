import type { Incident } from '../domain/model/incident.ts';
import { type TenantNotification, waitingStates } from '../domain/model/notification.ts';
import type { TenantRecord } from '../domain/model/tenant-record.ts';
import type { Session } from './database.ts';
import { findForIds } from './id-lists.ts';
import { overviewFromRow, overviewRelations } from './overview.ts';
import { formerContactsFromRows } from './rows/contact-row.ts';
import { incidentFromRow } from './rows/incident-row.ts';
import { tenantNotificationsFromRows } from './rows/notification-row.ts';
import { ascending } from './rows/values.ts';

/** Those that were taken off the list are put back with their address. */
const relations = { ...overviewRelations, contacts: true } as const;

/** The tenants' records by id. Unknown and removed tenants are left out. */
export async function loadRecords(
  session: Session,
  tenantIds: readonly string[],
  alsoMail?: string,
): Promise<readonly TenantRecord[]> {
  const ids = [...new Set(tenantIds)];
  const tenants = await findForIds(ids, (list) =>
    session.db.tenant.findMany({ where: { id: { in: list }, removedAt: null }, include: relations }),
  );
  const waiting = await waitingMail(session, ids);
  const incidents = await incidentsToDecide(session, ids, waiting);
  const asked = alsoMail === undefined ? [] : await oneMail(session, alsoMail);
  const mail = uniqueById([...waiting, ...(await mailAbout(session, incidents)), ...asked]);

  const incidentsOf = Map.groupBy(incidents, ({ tenantId }) => tenantId);
  const mailOf = Map.groupBy(mail, ({ tenantId }) => tenantId);
  return tenants
    .toSorted((a, b) => ascending(a.id, b.id))
    .map((row) => ({
      ...overviewFromRow(row),
      formerContacts: formerContactsFromRows(row.contacts),
      incidents: (incidentsOf.get(row.id) ?? []).toSorted(byTime('openedAt')),
      notifications: (mailOf.get(row.id) ?? []).toSorted(byTime('createdAt')),
    }));
}

/** In the order of the ids: two batches that share tenants wait for each other, but never in a circle. */
export async function lockTenants({ db, dialect }: Session, ids: readonly string[]): Promise<void> {
  if (dialect.forUpdate === '') return;
  const given = dialect.rowsFromJson({ id: 'text' });
  await db.$queryRawUnsafe(
    `SELECT "id" FROM "Tenant" WHERE "id" IN (SELECT "id" FROM ${given} AS given) ORDER BY "id" ${dialect.forUpdate}`,
    JSON.stringify(ids.map((id) => ({ id }))),
  );
}

async function waitingMail({ db }: Session, tenantIds: readonly string[]): Promise<readonly TenantNotification[]> {
  const rows = await findForIds(tenantIds, (list) =>
    db.notification.findMany({
      where: { tenantId: { in: list }, state: { in: [...waitingStates] } },
      include: { topics: true },
    }),
  );
  return tenantNotificationsFromRows(rows);
}

/** The incidents that `recordMembers` names, by index. */
async function incidentsToDecide(
  { db }: Session,
  tenantIds: readonly string[],
  waiting: readonly TenantNotification[],
): Promise<readonly Incident[]> {
  const open = await findForIds(tenantIds, (list) =>
    db.incident.findMany({ where: { tenantId: { in: list }, openKey: { not: null } } }),
  );
  const topics = waiting.flatMap((mail) => mail.topics);
  const known = new Set(open.map(({ id }) => id));
  const missing = new Set(topics.map(({ incidentId }) => incidentId).filter((id) => !known.has(id)));
  const closed = await findForIds([...missing], (list) => db.incident.findMany({ where: { id: { in: list } } }));
  return [...open, ...closed].map(incidentFromRow);
}

/** By the topics first: asked at once, SQLite would look through all mail there is. */
async function mailAbout({ db }: Session, incidents: readonly Incident[]): Promise<readonly TenantNotification[]> {
  const topics = await findForIds(
    incidents.map(({ id }) => id),
    (list) => db.notificationTopic.findMany({ where: { incidentId: { in: list } }, select: { notificationId: true } }),
  );
  const ids = [...new Set(topics.map(({ notificationId }) => notificationId))];
  const rows = await findForIds(ids, (list) =>
    db.notification.findMany({ where: { id: { in: list } }, include: { topics: true } }),
  );
  return tenantNotificationsFromRows(rows);
}

async function oneMail({ db }: Session, id: string): Promise<readonly TenantNotification[]> {
  const row = await db.notification.findUnique({ where: { id }, include: { topics: true } });
  return tenantNotificationsFromRows(row === null ? [] : [row]);
}

function uniqueById<Item extends Readonly<{ id: string }>>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

function byTime<Field extends string>(field: Field) {
  type Item = Readonly<{ id: string } & Record<Field, number>>;
  return (a: Item, b: Item) => ascending(a[field], b[field]) || ascending(a.id, b.id);
}
