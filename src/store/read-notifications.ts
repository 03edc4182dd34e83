import type { Notification } from '../domain/model/notification.ts';
import type { Session } from './database.ts';
import type { Notification as NotificationRow, NotificationTopic as TopicRow } from './model.ts';
import { readTables, rowsBy, type Step, step } from './read-rows.ts';
import { notificationFromRow, notificationTable, topicTable } from './rows/notification-row.ts';
import type { Plain } from './rows/table.ts';

type WantedMail = Readonly<{
  /** A column of the mail that has an index. */
  column: keyof NotificationRow & string;
  where?: string;
  through?: readonly Step[];
}>;

/** What `notificationsOf` needs of such mail. */
export function mailTables({ column, where = 'TRUE', through = [] }: WantedMail) {
  return {
    mail: rowsBy(notificationTable, column, { where, through }),
    topics: rowsBy(topicTable, 'notificationId', {
      through: [...through, step(notificationTable, column, { gives: 'id', where })],
    }),
  };
}

/** Mail with what it is about, in no order. */
export async function readNotifications(
  session: Session,
  values: readonly string[],
  wanted: WantedMail,
): Promise<readonly Notification[]> {
  const { mail, topics } = await readTables(session, values, mailTables(wanted));
  return notificationsOf(mail, topics);
}

export function notificationsOf(
  mail: readonly Plain<NotificationRow>[],
  topics: readonly TopicRow[],
): readonly Notification[] {
  const topicsOf = Map.groupBy(topics, ({ notificationId }) => notificationId);
  return mail.map((row) => notificationFromRow({ ...row, topics: topicsOf.get(row.id) ?? [] }));
}
