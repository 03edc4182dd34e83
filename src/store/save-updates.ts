import type { Snapshot } from '../domain/model/connection.ts';
import type { Incident } from '../domain/model/incident.ts';
import type { Notification } from '../domain/model/notification.ts';
import type { TenantUpdate } from '../domain/model/tenant-record.ts';
import type { Instant } from '../domain/model/time.ts';
import type { Session } from './database.ts';
import type { Encryption } from './encryption.ts';
import { storeGrant } from './grant-store.ts';
import { insertEvents } from './insert-events.ts';
import { leaseTable } from './poll-store.ts';
import { changeTable, changeToRow } from './rows/change-row.ts';
import { connectionTable, connectionToRow } from './rows/connection-row.ts';
import { contactTable, contactToRow, formerContactToRow } from './rows/contact-row.ts';
import { incidentTable, incidentToRow } from './rows/incident-row.ts';
import { notificationTable, notificationToRow, topicsToRows, topicTable } from './rows/notification-row.ts';
import { pollTable, pollToRow } from './rows/poll-row.ts';
import { restTable, restToRow } from './rows/rest-row.ts';
import {
  correctionTable,
  correctionToRow,
  extensionTable,
  extensionToRow,
  snapshotTable,
  snapshotToRow,
} from './rows/snapshot-row.ts';
import { tenantTable, tenantToRow } from './rows/tenant-row.ts';
import { dateOf } from './rows/values.ts';
import { saveHealth } from './tenant-health.ts';
import { executeForIds, insertRows, updateRows, upsertRows } from './write-rows.ts';

/** The updates of a whole batch, table by table: the statements are as many as there are tables, not rows. */
export async function saveUpdates(
  session: Session,
  updates: readonly TenantUpdate[],
  encryption: Encryption,
): Promise<void> {
  const all = <Item>(itemsOf: (update: TenantUpdate) => readonly Item[]) => updates.flatMap(itemsOf);
  const polls = all(({ poll }) => (poll === null ? [] : [poll]));
  await insertRows(session, pollTable, polls.map(pollToRow));
  await endClaimsAndRests(session, updates);
  const tenants = all(({ tenant }) => (tenant === null ? [] : [tenant]));
  await updateRows(session, tenantTable, tenants.map(tenantToRow));
  const contacts = all((update) => update.contacts).map(contactToRow);
  await upsertRows(session, contactTable, [
    ...contacts,
    ...all((update) => update.formerContacts).map(formerContactToRow),
  ]);
  await upsertRows(session, connectionTable, all(({ connections }) => connections).map(connectionToRow));
  const corrections = all(({ clockCorrection }) => clockCorrection?.snapshots ?? []);
  await updateRows(session, correctionTable, corrections.map(correctionToRow));
  await insertSnapshots(
    session,
    all(({ newSnapshots }) => newSnapshots),
  );
  const extensions = all(({ extendedSnapshots }) => extendedSnapshots);
  await updateRows(session, extensionTable, extensions.map(extensionToRow), 'polls');
  await insertRows(session, changeTable, all(({ changes }) => changes).map(changeToRow));
  await saveIncidents(
    session,
    all(({ incidents }) => incidents),
  );
  await saveNotifications(
    session,
    all(({ notifications, operatorMail }) => [...notifications, ...operatorMail]),
  );
  await saveHealth(
    session,
    updates.filter(changesConnections).map(({ tenantId }) => tenantId),
  );
  for (const update of updates) await saveGrantAndRemoval(session, update, encryption);
  await insertEvents(
    session,
    all(({ events }) => events),
  );
}

/** A mail that was sent, say, leaves what the connections show as it was. */
function changesConnections(update: TenantUpdate): boolean {
  const { tenant, connections, newSnapshots, extendedSnapshots, clockCorrection } = update;
  const periods = newSnapshots.length + extendedSnapshots.length + (clockCorrection?.snapshots.length ?? 0);
  return tenant !== null || connections.length + periods > 0;
}

const polledTable = { ...restTable, columns: { ...restTable.columns, ...leaseTable.columns } };

/** Every update writes its tenant's rest: none can forget to end one. A poll also ends the claim, whoever has it. */
async function endClaimsAndRests(session: Session, updates: readonly TenantUpdate[]): Promise<void> {
  const [polled, others] = [updates.filter(({ poll }) => poll !== null), updates.filter(({ poll }) => poll === null)];
  const ended = { pollLeaseUntil: null, pollLeaseBy: null };
  await updateRows(
    session,
    polledTable,
    polled.map((update) => ({ ...restToRow(update), ...ended })),
  );
  await updateRows(session, restTable, others.map(restToRow));
}

async function saveGrantAndRemoval(
  session: Session,
  { tenantId, grant, removedAt }: TenantUpdate,
  encryption: Encryption,
): Promise<void> {
  if (grant !== null) await storeGrant(session, { tenantId, grant, encryption });
  if (removedAt !== null) await hideTenant(session, tenantId, removedAt);
}

/** Hides the tenant and erases its grant. Its other rows stay until the tenant is erased. */
async function hideTenant({ db }: Session, id: string, removedAt: Instant): Promise<void> {
  // Its account may become another tenant's.
  await db.tenant.update({ where: { id }, data: { removedAt: dateOf(removedAt), accountId: null } });
  await db.credential.deleteMany({ where: { tenantId: id } });
}

/** Each becomes its connection's latest period; two of one connection come oldest first. */
async function insertSnapshots(session: Session, snapshots: readonly Snapshot[]): Promise<void> {
  const latest = new Map(snapshots.map(({ connectionId, id }) => [connectionId, id]));
  const given = session.dialect.rowsFromJson({ id: 'text' });
  const sql = `UPDATE "Snapshot" SET "periodOfId" = NULL WHERE "periodOfId" IN (SELECT "id" FROM ${given} AS given)`;
  await executeForIds(session, sql, [...latest.keys()]);
  const rows = snapshots.map((snapshot) => snapshotToRow(snapshot, latest.get(snapshot.connectionId) === snapshot.id));
  await insertRows(session, snapshotTable, rows);
}

/** Closed ones first: an incident may take the place of one that the same update closes. */
async function saveIncidents(session: Session, incidents: readonly Incident[]): Promise<void> {
  const [closed, open] = [incidents.filter(isClosed), incidents.filter((incident) => !isClosed(incident))];
  await upsertRows(session, incidentTable, closed.map(incidentToRow));
  await upsertRows(session, incidentTable, open.map(incidentToRow));
}

function isClosed({ state }: Incident): boolean {
  return state === 'closed';
}

/** Their topics are written anew, all old ones gone first: a step may move from a cancelled mail to a new one. */
export async function saveNotifications(session: Session, notifications: readonly Notification[]): Promise<void> {
  await upsertRows(session, notificationTable, notifications.map(notificationToRow));
  const given = session.dialect.rowsFromJson({ id: 'text' });
  const sql = `DELETE FROM "NotificationTopic" WHERE "notificationId" IN (SELECT "id" FROM ${given} AS given)`;
  await executeForIds(
    session,
    sql,
    notifications.map(({ id }) => id),
  );
  await insertRows(session, topicTable, notifications.flatMap(topicsToRows));
}
