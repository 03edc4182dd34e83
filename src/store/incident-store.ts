import type { TimeRange } from '../domain/history.ts';
import type { TenantMailKind } from '../domain/model/mail-kind.ts';
import type { NotificationState } from '../domain/model/notification.ts';
import type { MailOfIncident } from '../domain/notification/last-told-at.ts';
import { pageAt } from '../monitoring/pages.ts';
import type { IncidentEntry, IncidentQuery, IncidentStore } from '../monitoring/ports.ts';
import type { Database, Session } from './database.ts';
import type { Connection, Notification, NotificationTopic, Prisma, Tenant } from './model.ts';
import { olderThan } from './older-than.ts';
import { inOrderOf, readTables, rowsBy, step } from './read-rows.ts';
import { brokeAfter, repairedAfter, untold } from './report-store.ts';
import { incidentFromRow, incidentTable } from './rows/incident-row.ts';
import { topicTable } from './rows/notification-row.ts';
import type { Plain, Table } from './rows/table.ts';
import { ascending, dateOf } from './rows/values.ts';

export function createIncidentStore(database: Database): IncidentStore {
  const { db } = database;
  return {
    list: async (query) => {
      const rows = await db.incident.findMany({
        where: { ...filterOf(query), ...olderThan(query.cursor, 'openedAt') },
        select: { id: true, openedAt: true },
        orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
        take: query.limit + 1,
      });
      const places = rows.map(({ id, openedAt }) => ({ id, at: openedAt.getTime() }));
      return await pageAt(places, query.limit, (ids) => readEntries(database, ids));
    },

    find: async (id) => {
      const [entry] = await readEntries(database, [id]);
      return entry ?? null;
    },
  };
}

function filterOf({
  tenantId,
  state = 'all',
  action,
  network,
  untold: onlyUntold,
  brokeSince,
  during,
  repairedSince,
}: IncidentQuery): Prisma.IncidentWhereInput {
  return {
    tenant: { removedAt: null },
    ...(tenantId === null ? {} : { tenantId }),
    ...(state === 'all' ? {} : { openKey: state === 'closed' ? null : { not: null } }),
    ...(action === undefined ? {} : { action }),
    ...(network === undefined ? {} : { connection: { network } }),
    AND: [
      ...(onlyUntold === true ? [untold] : []),
      ...(brokeSince === undefined ? [] : [brokeAfter(dateOf(brokeSince))]),
      ...(during === undefined ? [] : [lastedDuring(during)]),
      ...(repairedSince === undefined ? [] : [repairedAfter(dateOf(repairedSince))]),
    ],
  };
}

function lastedDuring({ from, to }: TimeRange): Prisma.IncidentWhereInput {
  const isOver = { OR: [{ closedAt: null }, { closedAt: { gte: dateOf(from) } }] };
  return { confirmedAt: { not: null }, openedAt: { lte: dateOf(to) }, ...isOver };
}

const tenantNames: Table<Pick<Tenant, 'id' | 'name'>> = { name: 'Tenant', columns: { id: 'text', name: 'text' } };

const connectionNames: Table<Pick<Connection, 'id' | 'network' | 'accountId' | 'displayName'>> = {
  name: 'Connection',
  columns: { id: 'text', network: 'text', accountId: 'text', displayName: 'text' },
};

type MailRow = Pick<Notification, 'id' | 'kind' | 'state' | 'contactId' | 'createdAt' | 'sentAt'>;

const mailTable: Table<MailRow> = {
  name: 'Notification',
  columns: { id: 'text', kind: 'text', state: 'text', contactId: 'text', createdAt: 'time', sentAt: 'time' },
};

const ofIncidentIds = {
  incidents: rowsBy(incidentTable, 'id'),
  tenants: rowsBy(tenantNames, 'id', {
    where: 'r."removedAt" IS NULL',
    through: [step(incidentTable, 'id', { gives: 'tenantId' })],
  }),
  connections: rowsBy(connectionNames, 'id', { through: [step(incidentTable, 'id', { gives: 'connectionId' })] }),
  topics: rowsBy(topicTable, 'incidentId'),
  mail: rowsBy(mailTable, 'id', { through: [step(topicTable, 'incidentId', { gives: 'notificationId' })] }),
};

/** In the order of the ids; without those of tenants that were removed. */
async function readEntries(session: Session, ids: readonly string[]): Promise<readonly IncidentEntry[]> {
  const { incidents, tenants, connections, topics, mail } = await readTables(session, ids, ofIncidentIds);
  const mailOf = mailByIncident(topics, mail);
  const nameOf = new Map(tenants.map(({ id, name }) => [id, name]));
  const connectionOf = new Map(connections.map(({ id, ...names }) => [id, names]));
  return inOrderOf(ids, incidents).flatMap((row) => {
    const tenantName = nameOf.get(row.tenantId);
    if (tenantName === undefined) return [];
    const connection = row.connectionId === null ? null : (connectionOf.get(row.connectionId) ?? null);
    return [{ incident: incidentFromRow(row), tenantName, connection, mail: mailOf.get(row.id) ?? [] }];
  });
}

/** Mail in the order in which it was written; several steps of an incident in one mail are one mail. */
function mailByIncident(
  topics: readonly NotificationTopic[],
  mail: readonly Plain<MailRow>[],
): ReadonlyMap<string, readonly MailOfIncident[]> {
  const ordered = mail.toSorted((a, b) => ascending(a.createdAt, b.createdAt) || ascending(a.id, b.id));
  const topicsOf = Map.groupBy(topics, ({ incidentId }) => incidentId);
  return new Map(
    [...topicsOf].map(([incidentId, own]) => {
      const ids = new Set(own.map(({ notificationId }) => notificationId));
      return [incidentId, ordered.filter(({ id }) => ids.has(id)).map(mailOfIncident)];
    }),
  );
}

function mailOfIncident({ id, kind, state, contactId, sentAt }: Plain<MailRow>): MailOfIncident {
  return { id, kind: kind as TenantMailKind, state: state as NotificationState, contactId, sentAt };
}
