import type { Notification } from '../domain/model/notification.ts';
import type { Session } from './database.ts';
import type { Notification as NotificationRow } from './model.ts';
import { readRows, type Wanted } from './read-rows.ts';
import { notificationFromRow, notificationTable, topicTable } from './rows/notification-row.ts';

/** Mail with what it is about, in no order. */
export async function readNotifications(
  session: Session,
  wanted: Wanted<NotificationRow>,
): Promise<readonly Notification[]> {
  const rows = await readRows(session, notificationTable, wanted);
  const among = rows.map(({ id }) => id);
  const topics = await readRows(session, topicTable, { column: 'notificationId', among });
  const topicsOf = Map.groupBy(topics, ({ notificationId }) => notificationId);
  return rows.map((row) => notificationFromRow({ ...row, topics: topicsOf.get(row.id) ?? [] }));
}
